import { isObject, type Json, type JsonObject } from '../base/json.ts'
import type { AttributePath } from './filter/ast.ts'
import { printPath } from './filter/print.ts'
import type { Attribute, ResourceType, Schema } from './schemas/attribute.ts'
import { findAttribute, findExtension, readName } from './schemas/names.ts'

/**
 * Which attributes a response carries (RFC 7644 §3.9). Keys are canonical paths without sub-attribute: `members`, or an
 * extension's URN with or without an attribute.
 */
export interface Projection {
  /** The attributes asked for; undefined if `attributes` was not given. */
  readonly selected: ReadonlySet<string> | undefined
  readonly excluded: ReadonlySet<string>
  /** For attributes of which not all sub-attributes are wanted: those that are. */
  readonly narrowed: ReadonlyMap<string, ReadonlySet<string>>
}

/** The projection of a request without `attributes` and `excludedAttributes`. */
export const WHOLE: Projection = { selected: undefined, excluded: new Set(), narrowed: new Map() }

/**
 * Reads the `attributes` and `excludedAttributes` parameters: comma-separated names in any case, with or without URN.
 * Unknown names are passed over. Where both are given, which RFC 7644 §3.9 does not foresee, what is excluded is taken
 * from what is asked for.
 */
export function parseProjection(
  attributes: string | undefined,
  excludedAttributes: string | undefined,
  type: ResourceType,
): Projection {
  const wanted = readNames(attributes, type)
  const unwanted = readNames(excludedAttributes, type)
  const excluded = new Set<string>()
  const narrowed = new Map<string, ReadonlySet<string>>()
  for (const [key, { subs }] of wanted ?? []) if (subs !== undefined) narrowed.set(key, subs)
  for (const [key, { subs, byDefault }] of unwanted ?? []) {
    const left = subs === undefined ? [] : [...(narrowed.get(key) ?? byDefault)].filter((sub) => !subs.has(sub))
    if (left.length === 0) excluded.add(key)
    else narrowed.set(key, new Set(left))
  }
  return { selected: wanted === undefined ? undefined : new Set(wanted.keys()), excluded, narrowed }
}

/** Whether responses carry an attribute of the core schema at all, so that it has to be read. */
export function wants(projection: Projection, attribute: string): boolean {
  return isWanted(projection, attribute, 'default')
}

/** The sub-attributes of an attribute that responses carry; undefined if that is all of them. */
export function wantedSubAttributes(projection: Projection, attribute: string): ReadonlySet<string> | undefined {
  return projection.narrowed.get(attribute)
}

/** The part of a resource that a response carries; honours the `returned` characteristic (RFC 7643 §7). */
export function project(resource: JsonObject, projection: Projection, type: ResourceType): JsonObject {
  return mapEntries(resource, (name, value) => {
    const extension = type.extensions.find(({ id }) => id === name)
    if (extension !== undefined) return projectExtension(value, extension, projection)
    return projectAttribute(value, name, findAttribute(type, { attribute: name }), projection)
  })
}

/** What a list names of one attribute: all of it (`subs` undefined), or some of those that are returned by default. */
interface Named {
  readonly subs: Set<string> | undefined
  readonly byDefault: readonly string[]
}

function readNames(list: string | undefined, type: ResourceType): Map<string, Named> | undefined {
  const names = (list ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  if (names.length === 0) return undefined
  const read = new Map<string, Named>()
  for (const name of names) addName(read, name, type)
  return read
}

function addName(read: Map<string, Named>, name: string, type: ResourceType): void {
  const extension = findExtension(type, name)
  if (extension !== undefined) read.set(extension.id, { subs: undefined, byDefault: [] })
  const named = readName(type, name)
  if (typeof named === 'string') return
  const { sub, ...whole } = named.path
  const key = printPath(whole)
  const before = read.get(key)
  if (sub === undefined) read.set(key, { subs: undefined, byDefault: [] })
  else if (before === undefined) read.set(key, { subs: new Set([sub]), byDefault: defaultSubAttributes(type, whole) })
  else before.subs?.add(sub)
}

function defaultSubAttributes(type: ResourceType, path: AttributePath): readonly string[] {
  const subAttributes = findAttribute(type, path)?.subAttributes ?? []
  return subAttributes.filter(isReturnedByDefault).map(({ name }) => name)
}

function isReturnedByDefault({ returned }: Attribute): boolean {
  return returned === 'default' || returned === 'always'
}

function isWanted(projection: Projection, key: string, returned: Attribute['returned'], extension?: string): boolean {
  const { selected, excluded } = projection
  if (returned === 'always') return true
  if (returned === 'never' || excluded.has(key)) return false
  if (selected === undefined) return returned === 'default'
  return selected.has(key) || (extension !== undefined && selected.has(extension))
}

function projectExtension(value: Json, extension: Schema, projection: Projection): Json | undefined {
  if (!isObject(value) || projection.excluded.has(extension.id)) return undefined
  const result = mapEntries(value, (name, part) => {
    const key = printPath({ schema: extension.id, attribute: name })
    const attribute = extension.attributes.find((candidate) => candidate.name === name)
    return projectAttribute(part, key, attribute, projection, extension.id)
  })
  return Object.keys(result).length === 0 ? undefined : result
}

function projectAttribute(
  value: Json,
  key: string,
  attribute: Attribute | undefined,
  projection: Projection,
  extension?: string,
): Json | undefined {
  if (!isWanted(projection, key, attribute?.returned ?? 'default', extension)) return undefined
  const subs = projection.narrowed.get(key)
  const isWhole = subs === undefined && (attribute?.subAttributes ?? []).every(isReturnedByDefault)
  if (isWhole || attribute?.returned === 'always') return value
  return narrow(value, (name) => isSubWanted(attribute, name, subs))
}

function isSubWanted(attribute: Attribute | undefined, name: string, subs: ReadonlySet<string> | undefined): boolean {
  const returned = attribute?.subAttributes?.find((sub) => sub.name === name)?.returned ?? 'default'
  if (returned === 'always') return true
  if (returned === 'never') return false
  return subs === undefined ? returned === 'default' : subs.has(name)
}

function narrow(value: Json, keep: (name: string) => boolean): Json | undefined {
  if (Array.isArray(value)) return value.map((item) => narrow(item, keep)).filter((item) => item !== undefined)
  if (!isObject(value)) return value
  const kept = mapEntries(value, (name, part) => (keep(name) ? part : undefined))
  return Object.keys(kept).length === 0 ? undefined : kept
}

function mapEntries(object: JsonObject, map: (name: string, value: Json) => Json | undefined): JsonObject {
  const entries = Object.entries(object).map(([name, value]) => [name, map(name, value)] as const)
  return Object.fromEntries(entries.filter((entry): entry is [string, Json] => entry[1] !== undefined))
}
