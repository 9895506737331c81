import fc from 'fast-check'
import type { CompareOperator, Filter, FilterValue } from '../../src/protocol/filter/ast.ts'
import type { Attribute, ResourceType } from '../../src/protocol/schemas/attribute.ts'
import { COMMON_ATTRIBUTES } from '../../src/protocol/schemas/common.ts'
import type { NamedAttribute } from '../../src/protocol/schemas/names.ts'

/** How properties run: the same on every machine unless a seed is given. */
export const RUN = { seed: Number(process.env.FC_SEED ?? 42), numRuns: 500 }

const EQUALITY: readonly CompareOperator[] = ['eq', 'ne']
const ORDER: readonly CompareOperator[] = [...EQUALITY, 'gt', 'ge', 'lt', 'le']
const TEXT: readonly CompareOperator[] = [...ORDER, 'co', 'sw', 'ew']

/** Texts that a filter can hold: any well-formed text without NUL, leaning to what is hard to quote. */
export const text = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.string({ unit: fc.constantFrom('a', 'A', 'ß', 'É', '"', "'", '\\', ']', ')', ' ', '%', '_', '😀', '\uFF5A') }),
    fc.constantFrom('', 'true', 'null', 'and', 'not', 'e\u0301', 'work'),
  )
  .map((value) => value.replaceAll('\0', ''))

const dateTime = fc
  .integer({ min: Date.parse('1970-01-01T00:00:00Z'), max: Date.parse('2100-01-01T00:00:00Z') })
  .map((instant) => new Date(instant).toISOString())

/** Any canonical filter on a resource type. */
export function anyFilter(type: ResourceType): fc.Arbitrary<Filter> {
  const core = [...type.schema.attributes, ...COMMON_ATTRIBUTES].map((attribute) => ({
    path: { attribute: attribute.name },
    attribute,
  }))
  const extended = type.extensions.flatMap((schema) =>
    schema.attributes.map((attribute) => ({ path: { schema: schema.id, attribute: attribute.name }, attribute })),
  )
  const named = [...core, ...extended]
  const complex = named.filter(({ attribute }) => attribute.type === 'complex')
  const valuePath = fc
    .constantFrom(...complex)
    .chain(({ path, attribute }) =>
      anyValueFilter(attribute).map((filter): Filter => ({ kind: 'valuePath', path, filter })),
    )
  const leaf = fc.constantFrom(...named, ...complex.flatMap(withSub)).chain(anyLeaf)
  return combined(fc.oneof({ weight: 3, arbitrary: leaf }, { weight: 1, arbitrary: valuePath }))
}

/** Any canonical filter on the values of a complex attribute. */
export function anyValueFilter(attribute: Attribute): fc.Arbitrary<Filter> {
  const subs = (attribute.subAttributes ?? []).map((sub) => ({ path: { attribute: sub.name }, attribute: sub }))
  return combined(fc.constantFrom(...subs).chain(anyLeaf))
}

function withSub({ path, attribute }: NamedAttribute): NamedAttribute[] {
  return (attribute.subAttributes ?? []).map((sub) => ({ path: { ...path, sub: sub.name }, attribute: sub }))
}

function anyLeaf({ path, attribute }: NamedAttribute): fc.Arbitrary<Filter> {
  const present: Filter = { kind: 'present', path }
  if (attribute.type === 'complex') return fc.constant(present)
  const comparison = anyComparison(attribute).map(
    ([operator, value]): Filter => ({ kind: 'compare', path, operator, value }),
  )
  return fc.oneof({ weight: 1, arbitrary: fc.constant(present) }, { weight: 5, arbitrary: comparison })
}

function anyComparison(attribute: Attribute): fc.Arbitrary<readonly [CompareOperator, FilterValue]> {
  const withNull = fc.tuple(fc.constantFrom(...EQUALITY), fc.constant(null))
  return fc.oneof(
    { weight: 1, arbitrary: withNull },
    { weight: 6, arbitrary: fc.tuple(anyOperator(attribute), anyValue(attribute)) },
  )
}

function anyOperator({ type }: Attribute): fc.Arbitrary<CompareOperator> {
  if (type === 'boolean' || type === 'binary') return fc.constantFrom(...EQUALITY)
  return fc.constantFrom(...(type === 'dateTime' ? ORDER : TEXT))
}

function anyValue({ type }: Attribute): fc.Arbitrary<FilterValue> {
  if (type === 'boolean') return fc.boolean()
  return type === 'dateTime' ? dateTime : text
}

function combined(leaf: fc.Arbitrary<Filter>): fc.Arbitrary<Filter> {
  return fc.letrec<{ filter: Filter }>((tie) => ({
    filter: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'filter' },
      leaf,
      joined('and', tie('filter')),
      joined('or', tie('filter')),
      tie('filter').map((operand): Filter => ({ kind: 'not', operand })),
    ),
  })).filter
}

function joined(kind: 'and' | 'or', operand: fc.Arbitrary<Filter>): fc.Arbitrary<Filter> {
  return fc.array(operand, { minLength: 2, maxLength: 3 }).map((operands) => ({
    kind,
    operands: operands.flatMap((part) => (part.kind === kind ? part.operands : [part])),
  }))
}
