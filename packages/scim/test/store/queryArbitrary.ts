import fc from 'fast-check'
import { fold } from '../../src/base/fold.ts'
import type { JsonObject } from '../../src/base/json.ts'
import type { AttributePath, CompareOperator, Filter, FilterValue } from '../../src/protocol/filter/ast.ts'
import type { Attribute, ResourceType } from '../../src/protocol/schemas/attribute.ts'
import { COMMON_ATTRIBUTES } from '../../src/protocol/schemas/common.ts'
import { ENTERPRISE_SCHEMA } from '../../src/protocol/schemas/enterprise.ts'
import { USER_SCHEMA } from '../../src/protocol/schemas/user.ts'
import { PersonState } from '../../src/store/people.ts'
import { BASE_URL, type Content, type Group, type Person } from './queryFixture.ts'

// Case that changes length or depends on context, two normal forms, what stands beyond UTF-16's units, and what SQL or LIKE
// would read otherwise.
const PIECES = [
  'a',
  'A',
  'ab',
  'i',
  'I',
  'İ',
  'i̇',
  'ı',
  'ß',
  'ss',
  'SS',
  'Σ',
  'σ',
  'ς',
  'ΑΣ',
  'é',
  'e\u0301',
  'É',
  '\u212B',
]
const AWKWARD = ['𝒜', '😀', '\uE000', '\uFFFD', "'", '"', '%', '_', '\\', ' ', 'null', ':f1', '{groups}', '?', '$']

const piece = fc.constantFrom(...PIECES, ...AWKWARD)

/** Texts that often are alike, or parts of each other. */
export const text: fc.Arbitrary<string> = fc.oneof(
  { weight: 1, arbitrary: fc.constant('') },
  { weight: 8, arbitrary: piece },
  { weight: 3, arbitrary: fc.tuple(piece, piece).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }).map((value) => value.replaceAll('\0', '')) },
)

const PERSON_IDS = ['usr_1', 'usr_2', 'usr_3', 'usr_a', 'usr_A']
const GROUP_IDS = ['grp_1', 'grp_2', 'grp_3', 'grp_4']
const TIMES = [0, 1, 1_767_225_600_000, 1_767_225_600_001]

const time = fc.constantFrom(...TIMES)
const versions = fc.record({ version: fc.integer({ min: 1, max: 3 }), created: time, updated: time })

function value(attribute: Attribute): fc.Arbitrary<JsonObject[string]> {
  if (attribute.type === 'boolean') return fc.boolean()
  if (attribute.type !== 'complex') return attribute.name === 'type' ? fc.constantFrom('work', 'Home', '') : text
  return record(attribute.subAttributes ?? [])
}

function record(attributes: readonly Attribute[]): fc.Arbitrary<JsonObject> {
  const entries = attributes.map((attribute): [string, fc.Arbitrary<JsonObject[string]>] => {
    const one = value(attribute)
    const arbitrary = attribute.multiValued ? fc.array(one, { maxLength: 3 }) : one
    return [attribute.name, fc.option(arbitrary)]
  })
  return fc.record(Object.fromEntries(entries), { requiredKeys: [] }).map((members) => members as JsonObject)
}

const view = fc
  .tuple(
    record(USER_SCHEMA.attributes.filter(({ name }) => name !== 'groups')),
    fc.option(record(ENTERPRISE_SCHEMA.attributes), { nil: undefined }),
    text,
    fc.boolean(),
  )
  .map(([core, enterprise, userName, active]): JsonObject => {
    const extension = enterprise === undefined ? {} : { [ENTERPRISE_SCHEMA.id]: enterprise }
    return { ...core, ...extension, userName, active }
  })

const states = fc.constantFrom(PersonState.unresolved, PersonState.removed, PersonState.pending, PersonState.account)

const person = fc
  .tuple(fc.constantFrom(...PERSON_IDS), states, view, versions)
  .map(
    ([id, state, shown, rest]): Person =>
      state < PersonState.pending ? { id, state, ...rest } : { id, state, view: shown, ...rest },
  )

const group = fc.tuple(fc.constantFrom(...GROUP_IDS), text, fc.option(text, { nil: undefined }), versions).map(
  ([id, displayName, externalId, rest]): Group => ({
    id,
    displayName,
    ...(externalId === undefined ? {} : { externalId }),
    ...rest,
  }),
)

/** What a small workspace holds. */
export const content: fc.Arbitrary<Content> = fc
  .tuple(
    fc.uniqueArray(person, { selector: ({ id }) => id, minLength: 1, maxLength: 4 }),
    fc.uniqueArray(group, { selector: ({ id }) => id, minLength: 1, maxLength: 4 }),
  )
  .chain(([people, groups]) => {
    const members = fc.subarray(people.map(({ id }) => id))
    const unique = groups.filter(isUniqueAmong)
    return fc
      .tuple(...unique.map(() => members))
      .map((lists) => ({ people, groups: unique.map((each, index) => ({ ...each, members: lists[index] ?? [] })) }))
  })

function isUniqueAmong(group: Group, index: number, groups: readonly Group[]): boolean {
  return groups
    .slice(0, index)
    .every(
      (other) =>
        fold(other.displayName) !== fold(group.displayName) &&
        (other.externalId === undefined || other.externalId !== group.externalId),
    )
}

interface Named {
  readonly path: AttributePath
  readonly attribute: Attribute
}

/** Every attribute of a resource type with its path, sub-attributes too. */
export function namedAttributes({ schema, extensions }: ResourceType): Named[] {
  const core = [...schema.attributes, ...COMMON_ATTRIBUTES].map((attribute) => ({
    path: { attribute: attribute.name },
    attribute,
  }))
  const extended = extensions.flatMap(({ id, attributes }) =>
    attributes.map((attribute) => ({ path: { schema: id, attribute: attribute.name }, attribute })),
  )
  return [...core, ...extended].flatMap((named) => [named, ...subAttributes(named)])
}

function subAttributes({ path, attribute }: Named): Named[] {
  return (attribute.subAttributes ?? []).map((sub) => ({ path: { ...path, sub: sub.name }, attribute: sub }))
}

/** A small workspace with filters on its resources, whose operands are often texts that stand there. */
export function contentWithFilters(type: ResourceType): fc.Arbitrary<{ content: Content; filters: Filter[] }> {
  return content.chain((held) => {
    const there = fc.constantFrom(...textsIn(held))
    const wanted = fc.oneof(there, there.chain(part), text)
    return fc.record({
      content: fc.constant(held),
      filters: fc.array(filter(type, wanted), { minLength: 5, maxLength: 10 }),
    })
  })
}

function part(whole: string): fc.Arbitrary<string> {
  const characters = [...whole]
  const end = fc.nat(characters.length)
  return fc.tuple(end, end).map((ends) => characters.slice(Math.min(...ends), Math.max(...ends)).join(''))
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

/** Filters on a resource type, as the parser makes them. */
function filter(type: ResourceType, wanted: fc.Arbitrary<string>): fc.Arbitrary<Filter> {
  const leaf = (attribute: Named) => leafOf(attribute, wanted)
  const named = namedAttributes(type)
  const complex = named.filter(({ attribute }) => attribute.type === 'complex')
  const valuePath = fc
    .constantFrom(...complex)
    .chain(({ path, attribute }) =>
      combined(fc.constantFrom(...subAttributes({ path, attribute }).map(asInside)).chain(leaf)).map(
        (inner): Filter => ({ kind: 'valuePath', path, filter: inner }),
      ),
    )
  const anyLeaf = fc.constantFrom(...named).chain(leaf)
  // These are answered by indexes, by themselves and with others.
  const indexed = fc
    .constantFrom(...named.filter(({ path, attribute }) => path.sub === 'value' || attribute.uniqueness !== 'none'))
    .chain(({ path, attribute }) => operand(attribute, wanted).map((value) => compare(path, 'eq', value)))
  return combined(
    fc.oneof({ weight: 4, arbitrary: anyLeaf }, { weight: 3, arbitrary: valuePath }, { weight: 2, arbitrary: indexed }),
  )
}

function asInside({ path, attribute }: Named): Named {
  return { path: { attribute: path.sub ?? '' }, attribute }
}

function leafOf({ path, attribute }: Named, wanted: fc.Arbitrary<string>): fc.Arbitrary<Filter> {
  const present: Filter = { kind: 'present', path }
  if (attribute.type === 'complex') return fc.constant(present)
  const comparison = fc
    .tuple(fc.constantFrom(...operators(attribute)), operand(attribute, wanted))
    .map(([operator, value]) => compare(path, operator, value))
  const withNull = fc.constantFrom<CompareOperator>('eq', 'ne').map((operator) => compare(path, operator, null))
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant(present) },
    { weight: 1, arbitrary: withNull },
    { weight: 8, arbitrary: comparison },
  )
}

function compare(path: AttributePath, operator: CompareOperator, value: FilterValue): Filter {
  return { kind: 'compare', path, operator, value }
}

function operators({ type }: Attribute): CompareOperator[] {
  if (type === 'boolean') return ['eq', 'ne']
  if (type === 'dateTime') return ['eq', 'ne', 'gt', 'ge', 'lt', 'le']
  if (type === 'binary') return ['eq', 'ne', 'co', 'sw', 'ew']
  return ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'co', 'sw', 'ew']
}

const WORDS = ['user', 'WORK', 'direct', 'Group', 'W/"2"', 's/', USER_SCHEMA.id, ENTERPRISE_SCHEMA.id]
const LOCATIONS = [`${BASE_URL}/Users/usr_1`, `${BASE_URL}/Groups/grp_1`, `${BASE_URL}/Users/`]

function operand({ type }: Attribute, wanted: fc.Arbitrary<string>): fc.Arbitrary<FilterValue> {
  if (type === 'boolean') return fc.boolean()
  if (type === 'dateTime') return time.map((instant) => new Date(instant).toISOString())
  return fc.oneof({ weight: 4, arbitrary: wanted }, { weight: 1, arbitrary: fc.constantFrom(...WORDS, ...LOCATIONS) })
}

function combined(simple: fc.Arbitrary<Filter>): fc.Arbitrary<Filter> {
  return fc.letrec<{ filter: Filter }>((tie) => ({
    filter: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'filter' },
      { weight: 3, arbitrary: simple },
      { weight: 1, arbitrary: joined('and', tie('filter')) },
      { weight: 1, arbitrary: joined('or', tie('filter')) },
      { weight: 1, arbitrary: tie('filter').map((inner): Filter => ({ kind: 'not', operand: inner })) },
    ),
  })).filter
}

function joined(kind: 'and' | 'or', part: fc.Arbitrary<Filter>): fc.Arbitrary<Filter> {
  return fc.array(part, { minLength: 2, maxLength: 3 }).map((operands) => ({ kind, operands }))
}
