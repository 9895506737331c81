import { refuse } from '../../base/errors.ts'
import { isObject, type Json, type JsonObject } from '../../base/json.ts'
import { indexNames, withoutKeys } from './keys.ts'
import type { DialectRule } from './rule.ts'

export const scim11PatchBody: DialectRule<JsonObject> = {
  name: 'scim-1.1-patch-body',
  description: {
    en:
      'A PATCH of SCIM 1.1: the changed attributes themselves, list entries with `"operation": "delete"` for removal, ' +
      'and `meta.attributes` for what is cleared first.',
    de:
      'Ein PATCH von SCIM 1.1: die geänderten Attribute selbst, Listeneinträge mit `"operation": "delete"` zum ' +
      'Entfernen und `meta.attributes` für das, was zuerst geleert wird.',
  },
  seen: 'OneLogin 1.1 connectors, Okta in SCIM 1.1 mode',
  read: (body) => (isScim11(body) ? { Operations: toOperations(body) } : undefined),
}

const FRAME = ['schemas', 'id', 'meta']

/** Nothing but the marks of SCIM 1.1 will do: `{"members": […]}` alone could as well mean a replacement. */
function isScim11(body: JsonObject): boolean {
  if (Object.hasOwn(body, 'Operations')) return false
  const { schemas } = body
  if (Array.isArray(schemas) && schemas.some(isScim11Schema)) return true
  return clearedNames(body).length > 0 || Object.values(body).some((value) => listOf(value)?.some(hasOperation))
}

function isScim11Schema(urn: Json): boolean {
  return typeof urn === 'string' && urn.toLowerCase().startsWith('urn:scim:schemas:core:')
}

function toOperations(body: JsonObject): JsonObject[] {
  const cleared = indexNames(clearedNames(body))
  const sent = Object.entries(withoutKeys(body, FRAME))
  const names = new Set(sent.map(([name]) => name.toLowerCase()))
  const isCleared = (name: string) => cleared.has(name.toLowerCase())
  const isMerged = ([name, value]: readonly [string, Json]) => listOf(value) === undefined && !isCleared(name)
  const merged = Object.fromEntries(sent.filter(isMerged))
  return [
    ...[...cleared].filter(([name]) => !names.has(name)).map(([, path]) => ({ op: 'remove', path })),
    // In SCIM 1.1 a PATCH sets single values and adds to lists, as an add without path does.
    ...(Object.keys(merged).length === 0 ? [] : [{ op: 'add', value: merged }]),
    ...sent.flatMap((entry) => (isMerged(entry) ? [] : operationsFor(...entry, isCleared(entry[0])))),
  ]
}

function operationsFor(name: string, value: Json, replaces: boolean): JsonObject[] {
  const list = listOf(value)
  if (list === undefined) return [{ op: 'replace', value: { [name]: value } }]
  const runs = runsOf(list)
  const [first] = runs
  if (replaces && runs.length === 1 && first?.op === 'add') return [{ op: 'replace', value: { [name]: first.entries } }]
  return [
    ...(replaces ? [{ op: 'replace', value: { [name]: [] } }] : []),
    // A key that is not known is passed over in a value; as a path it would be refused, and rightly so on removal.
    ...runs.map(({ op, entries }) =>
      op === 'add' ? { op, value: { [name]: entries } } : { op, path: name, value: entries },
    ),
  ]
}

interface Run {
  readonly op: 'add' | 'remove'
  readonly entries: Json[]
}

/** Runs of additions and removals, in the order sent. */
function runsOf(entries: readonly Json[]): readonly Run[] {
  const runs: Run[] = []
  for (const entry of entries) {
    const op = isDeletion(entry) ? 'remove' : 'add'
    const run = runs.at(-1)
    if (run?.op === op) run.entries.push(withoutOperation(entry))
    else runs.push({ op, entries: [withoutOperation(entry)] })
  }
  return runs
}

function clearedNames({ meta }: JsonObject): readonly string[] {
  const names = isObject(meta) ? meta.attributes : undefined
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : []
}

function listOf(value: Json): readonly Json[] | undefined {
  if (Array.isArray(value)) return value
  return hasOperation(value) ? [value] : undefined
}

function hasOperation(entry: Json): boolean {
  return isObject(entry) && Object.hasOwn(entry, 'operation')
}

function withoutOperation(entry: Json): Json {
  return isObject(entry) ? withoutKeys(entry, ['operation']) : entry
}

function isDeletion(entry: Json): boolean {
  const operation = isObject(entry) && Object.hasOwn(entry, 'operation') ? (entry.operation ?? 'add') : 'add'
  const name = typeof operation === 'string' ? operation.toLowerCase() : ''
  if (name === 'delete') return true
  if (name === 'add') return false
  throw refuse('invalid_value', 'The "operation" of a list entry (SCIM 1.1) is neither "add" nor "delete".')
}
