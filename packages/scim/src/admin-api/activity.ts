import { GERMAN_PROBLEMS } from '../base/problems.de.ts'
import { PROBLEMS, type ProblemCode } from '../base/problems.ts'
import type { ActivityEntry } from '../library/activity.ts'
import type { ActivityNames } from '../library/activityNames.ts'
import { activityText } from '../library/activityText.ts'
import { DIALECT_RULES } from '../protocol/dialects/index.ts'
import { curlOf, needsBody } from './curl.ts'
import { toEntry as toHistory } from './history.ts'
import { responseOf } from './response.ts'
import type { AdminLibrary } from './surface.ts'
import { timeText } from './times.ts'

/** Entries as they are listed. */
export async function toActivity({ activity }: AdminLibrary, workspace: string, entries: readonly ActivityEntry[]) {
  const names = await activity.names(workspace, entries)
  return entries.map((entry) => toEntry(entry, names))
}

/** One with all that is kept of it. */
export async function toDetail({ activity, baseUrl }: AdminLibrary, workspace: string, entry: ActivityEntry) {
  const names = await activity.names(workspace, [entry])
  const changes = await activity.changes(workspace, entry)
  const { groupId, personId, problem } = entry
  return {
    ...toEntry(entry, names),
    explanation: wordsOf(problem, 'cause'),
    dialectRules: entry.rules.map((name) => ({ name, description: descriptions.get(name) ?? { en: name, de: name } })),
    ...valuesOf(entry),
    attributes: [...(entry.effect?.attributes ?? [])],
    changes: changes.map(toHistory),
    group: groupId === null ? null : { id: groupId, displayName: names.groups.get(groupId) ?? null },
    person: personId === null ? null : { id: personId, displayName: names.people.get(personId) ?? null },
    body: entry.body,
    response: responseOf(entry, baseUrl),
    curl: curlOf(entry, baseUrl),
    curlNeedsBody: needsBody(entry),
  }
}

const descriptions = new Map(DIALECT_RULES.map(({ name, description }) => [name, description]))

function toEntry(entry: ActivityEntry, names: ActivityNames) {
  const { id, count, token, client, address, method, route, status, milliseconds } = entry
  const { problem, detail, groupId, personId, effect, lookup } = entry
  const target = targetOf(entry, names)
  return {
    ...{ id, at: timeText(entry.at), count, lastAt: timeText(entry.lastAt) },
    ...{ token, client, address, method, route, status, milliseconds },
    ...{ problem, detail, fix: wordsOf(problem, 'fix'), groupId, personId },
    effect: effect && { ...effect },
    lookup: lookup && { ...lookup },
    rules: [...entry.rules],
    ignored: [...entry.ignored],
    sentence: {
      en: activityText(entry, target && (groupId === null ? target : `"${target}"`), 'en'),
      de: activityText(entry, target && (groupId === null ? target : `„${target}“`), 'de'),
    },
  }
}

/** Of what was refused: why that happens, or what to do about it. */
function wordsOf(problem: ProblemCode | null, what: 'cause' | 'fix') {
  return problem === null ? null : { en: PROBLEMS[problem][what], de: GERMAN_PROBLEMS[problem][what] }
}

function targetOf({ groupId, personId }: ActivityEntry, { groups, people }: ActivityNames): string | undefined {
  if (groupId !== null) return groups.get(groupId) ?? groupId
  return personId === null ? undefined : (people.get(personId) ?? personId)
}

/** What a write changed, as far as the entry itself knows both ends. */
function valuesOf({ effect }: ActivityEntry) {
  if (!effect) return { before: null, after: null }
  const { renamed, externalId, suspended, members } = effect
  const pair = (index: 0 | 1) => ({
    ...(renamed && { displayName: renamed[index] }),
    ...(externalId && { externalId: externalId[index] }),
    ...(members && { members: members[index] }),
    ...(suspended !== undefined && { suspended: index === 1 ? suspended : !suspended }),
  })
  const [before, after] = [pair(0), pair(1)]
  return Object.keys(after).length === 0 ? { before: null, after: null } : { before, after }
}
