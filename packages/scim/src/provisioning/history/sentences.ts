import { fill, fillTime } from '../../base/words.ts'
import type { Cause } from './entries.ts'
import type { Explanation } from './explain.ts'
import { GERMAN } from './sentences.de.ts'
import { ENGLISH, type Sentences } from './sentences.en.ts'

export const LANGUAGES = { en: ENGLISH, de: GERMAN } as const satisfies Record<string, Sentences>
export type Language = keyof typeof LANGUAGES

/** An explanation in words. */
export function sentenceOf(explanation: Explanation, language: Language): string {
  const words = LANGUAGES[language]
  return fill(words[explanation.status], factsOf(explanation, words))
}

type Facts = Readonly<Record<string, string | number>>

function factsOf(explanation: Explanation, words: Sentences): Facts {
  const { since, until, resolved, suspended, accountRemoved, unknownIds, former } = explanation
  const [unknown] = unknownIds
  const [earlier] = former
  return {
    person: explanation.person?.displayName ?? explanation.person?.id ?? quoted(explanation.asked.person, words),
    group: groupText(explanation, words),
    ...causeFacts('since', since, words),
    ...causeFacts('until', until, words),
    ...causeFacts('removed', accountRemoved, words),
    ...(resolved && { resolved: time(resolved.at, words) }),
    ...(suspended && {
      suspended: time(suspended.at, words),
      suspendedBy: actorText(suspended, words),
      request: suspended.request ?? '',
    }),
    ...(until?.details?.restored && { restored: time(Date.parse(until.details.restored), words) }),
    ...(unknown && { unknown: unknown.id, named: time(unknown.at, words), request: unknown.request ?? '' }),
    ...(explanation.status.startsWith('former') && earlier ? earlierFacts(earlier, words) : {}),
  }
}

function earlierFacts(earlier: Explanation['former'][number], words: Sentences): Facts {
  const { group, since, until } = earlier
  const both = earlier.sameName && earlier.sameExternalId
  return {
    former: fill(words.former_group, { name: group.displayName, id: group.id }),
    shared: both ? words.same_both : earlier.sameName ? words.same_name : words.same_external_id,
    ...causeFacts('since', since, words),
    ...causeFacts('until', until, words),
  }
}

function causeFacts(name: string, cause: Cause | null, words: Sentences): Facts {
  return cause ? { [name]: time(cause.at, words), [`${name}By`]: byText(cause, words) } : {}
}

function groupText({ group, asked }: Explanation, words: Sentences): string {
  if (!group) return quoted(asked.group, words)
  if (group.deletedAt === null) return quoted(group.displayName, words)
  return fill(words.deleted_group, { name: group.displayName, at: time(group.deletedAt, words) })
}

function quoted(name: string, words: Sentences): string {
  return fill(words.quoted, { name })
}

function byText(cause: Cause, words: Sentences): string {
  const actor = actorText(cause, words)
  if (cause.request === null) return fill(words.by, { actor })
  const { request, operation } = cause
  if (operation === null) return fill(words.by_request, { actor, request })
  return fill(words.by_operation, { actor, request, operation })
}

function actorText({ actor }: Cause, words: Sentences): string {
  return fill(words[actor.kind], { label: actor.label })
}

function time(at: number, words: Sentences): string {
  return fillTime(words.time, at)
}
