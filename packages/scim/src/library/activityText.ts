import { PROBLEMS_IN_SHORT } from '../base/problemsInShort.ts'
import type { ActivityEntry } from './activity.ts'
import { GERMAN } from './activityWords.de.ts'
import { type ActivityWords, ENGLISH } from './activityWords.en.ts'
import { attemptText } from './attempts.ts'

const WORDS = { en: ENGLISH, de: GERMAN } as const satisfies Record<string, ActivityWords>

/** What of an entry its text tells. */
export type Told = Pick<ActivityEntry, 'token' | 'method' | 'route' | 'status' | 'problem' | 'effect' | 'lookup'>

/**
 * Who did what, in a few words: `Entra: "Sales": 2 members added`; of a refusal, who could not do what, and why not:
 * `Entra could not change "Sales": the group name is taken`. `target` is what people call the group or the person of
 * the entry, a group's name in quotation marks.
 */
export function activityText(entry: Told, target: string | undefined, language: keyof typeof WORDS): string {
  const words = WORDS[language]
  const who = entry.token ?? words.gone
  if (entry.status < 400) return `${who}: ${whatOf(entry, target, words)}`
  const reason = entry.problem === null ? words.answered(entry.status) : PROBLEMS_IN_SHORT[entry.problem][language]
  return words.refused(who, attemptText(entry, target, words), reason)
}

function whatOf(entry: Told, target: string | undefined, words: ActivityWords): string {
  if (entry.lookup) return lookupText(entry.lookup, words)
  const on = target === undefined ? '' : `${target}: `
  const done = entry.effect ? effectTexts(entry.effect, words) : []
  if (done.length > 0) return on + done.join(', ')
  if (entry.effect) return on + words.nothing
  return target === undefined ? words.read : words.readOf(target)
}

function lookupText({ filter, found }: NonNullable<ActivityEntry['lookup']>, words: ActivityWords): string {
  return filter === undefined ? words.listed(counted(found, words)) : words.lookedUp(filter, counted(found, words))
}

function effectTexts(effect: NonNullable<ActivityEntry['effect']>, words: ActivityWords): string[] {
  const texts: string[] = []
  if (effect.created) texts.push(words.created)
  if (effect.renamed) texts.push(words.renamed(...effect.renamed))
  if (effect.externalId) texts.push(words.externalId(effect.externalId[1]))
  if (effect.added) texts.push(words.added(counted(effect.added, words), effect.added === 1))
  if (effect.removed) texts.push(words.removed(counted(effect.removed, words), effect.removed === 1))
  if (effect.suspended !== undefined) texts.push(effect.suspended ? words.suspended : words.resumed)
  if (effect.attributes?.length) texts.push(words.wrote(effect.attributes.join(', ')))
  if (effect.deleted) texts.push(words.deleted)
  return texts
}

function counted(count: number, { locale }: ActivityWords): string {
  return count.toLocaleString(locale)
}
