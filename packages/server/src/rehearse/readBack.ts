import { isRecord, show } from './match.ts'
import type { Step } from './session.ts'
import type { Json, Values } from './values.ts'
import type { WireAnswer } from './wire.ts'

/** Reads a resource at a path below the clean base URL, as an onlooker beside the provider. */
export type Read = (path: string) => Promise<WireAnswer>

/** Where membership and groups, read back, are not what the step says they are by now. */
export async function readBack(read: Read, step: Step, values: Values): Promise<string[]> {
  const problems: string[] = []
  for (const [group, members] of Object.entries(step.membership ?? {})) {
    problems.push(...(await membershipProblems(read, group, members, values)))
  }
  if (step.groups) problems.push(...(await groupsProblems(read, step.groups)))
  return problems
}

/** The current version of each group, by its key. */
export async function readVersions(read: Read, groups: readonly string[], values: Values): Promise<Map<string, Json>> {
  const versions = new Map<string, Json>()
  for (const group of groups) {
    const { json } = await read(`/Groups/${idOf(group, values)}?excludedAttributes=members`)
    const version = isRecord(json) && isRecord(json.meta) ? json.meta.version : undefined
    versions.set(group, version ?? null)
  }
  return versions
}

/** Which groups have another version than before, or none at all. */
export function versionProblems(before: ReadonlyMap<string, Json>, after: ReadonlyMap<string, Json>): string[] {
  return [...before].flatMap(([group, version]) => {
    if (version === null) return [`${group}: has no meta.version, so "unchanged" cannot be told`]
    const now = after.get(group)
    return now === version ? [] : [`${group}: expected to stay at version ${show(version)}, is at ${show(now)}`]
  })
}

async function membershipProblems(
  read: Read,
  group: string,
  expected: readonly string[],
  values: Values,
): Promise<string[]> {
  const { status, json } = await read(`/Groups/${idOf(group, values)}`)
  const members = isRecord(json) ? json.members : undefined
  if (!Array.isArray(members)) {
    return [`${group} read back: expected an array of members, got ${show(members)} (status ${status})`]
  }
  const names = new Map(expected.map((key) => [idOf(key, values), key]))
  const found = members.map((member) => (isRecord(member) ? String(member.value) : show(member)))
  return listProblems(`${group} read back: member`, [...names.keys()], found, (id) => nameOf(id, names, values))
}

async function groupsProblems(read: Read, expected: readonly string[]): Promise<string[]> {
  const { status, json } = await read('/Groups?excludedAttributes=members')
  const resources = isRecord(json) ? json.Resources : undefined
  if (!Array.isArray(resources)) return [`Groups read back: expected a list, got status ${status}`]
  const found = resources.map((group) => (isRecord(group) ? String(group.displayName) : show(group)))
  return listProblems('Groups read back: group', expected, found, (name) => `"${name}"`)
}

function listProblems(
  what: string,
  expected: readonly string[],
  found: readonly string[],
  say: (item: string) => string,
): string[] {
  const missing = expected.filter((item) => !found.includes(item))
  const surplus = found.filter((item, i) => !expected.includes(item) || found.indexOf(item) !== i)
  return [
    ...missing.map((item) => `${what} ${say(item)} is missing`),
    ...surplus.map((item) => `${what} ${say(item)} should not be there${expected.includes(item) ? ' twice' : ''}`),
  ]
}

function nameOf(id: string, expected: ReadonlyMap<string, string>, values: Values): string {
  const named = expected.get(id) ?? [...values].find(([, value]) => value === id)?.[0].replace(/\.id$/, '')
  return named === undefined ? id : `${named} (${id})`
}

function idOf(key: string, values: Values): string {
  return String(values.get(`${key}.id`))
}
