import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ScimError } from '../../src/base/errors.ts'
import { compareCodePoints, fold } from '../../src/base/fold.ts'
import { isObject, type Json, type JsonObject } from '../../src/base/json.ts'
import type { AttributePath } from '../../src/protocol/filter/ast.ts'
import type { Attribute, ResourceType } from '../../src/protocol/schemas/attribute.ts'
import { canonicalPath, findAttribute } from '../../src/protocol/schemas/names.ts'
import { GROUP, USER } from '../../src/protocol/schemas/resourceTypes.ts'
import { listGroups, listUsers } from '../../src/store/query/list.ts'
import type { Store } from '../../src/store/store.ts'
import { content, namedAttributes } from './queryArbitrary.ts'
import { addWorkspace, BASE_URL, type Content, groupResources, openStore, RUN, userResources } from './queryFixture.ts'

let store: Store & AsyncDisposable

beforeAll(async () => {
  store = await openStore()
})

afterAll(async () => {
  await store[Symbol.asyncDispose]()
})

/** What a list can be sorted by: attributes with a value, or with values that have one. */
function sortable(type: ResourceType): AttributePath[] {
  return namedAttributes(type)
    .filter(({ attribute }) => attribute.type !== 'complex' || hasValue(attribute))
    .map(({ path }) => path)
}

function hasValue({ multiValued, subAttributes }: Attribute): boolean {
  return multiValued && subAttributes?.some(({ name }) => name === 'value') === true
}

function sorted(resources: readonly JsonObject[], path: AttributePath, type: ResourceType): string[] {
  const keyed = resources.map((resource) => ({ id: String(resource.id), key: keyOf(resource, path, type) }))
  keyed.sort((left, right) => compareKeys(left.key, right.key) || compareCodePoints(left.id, right.id))
  return keyed.map(({ id }) => id)
}

type Key = string | number | undefined

function compareKeys(left: Key, right: Key): number {
  if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined)
  if (typeof left === 'string' && typeof right === 'string') return compareCodePoints(left, right)
  return Number(left) - Number(right)
}

function keyOf(resource: JsonObject, { schema, attribute, sub }: AttributePath, type: ResourceType): Key {
  const path = schema === undefined ? { attribute } : { schema, attribute }
  const container = schema === undefined ? resource : resource[schema]
  const whole = isObject(container) ? container[attribute] : undefined
  const multiValued = findAttribute(type, path)?.multiValued === true
  const name = multiValued && attribute !== 'schemas' ? (sub ?? 'value') : sub
  const one = multiValued && Array.isArray(whole) ? (whole.find(isPrimary) ?? whole[0]) : whole
  const value = name === undefined ? one : isObject(one) ? one[name] : undefined
  return comparable(value, findAttribute(type, name === undefined ? path : { ...path, sub: name }))
}

function isPrimary(value: Json): boolean {
  return isObject(value) && value.primary === true
}

function comparable(value: Json | undefined, attribute: Attribute | undefined): Key {
  if (typeof value === 'boolean') return Number(value)
  if (typeof value !== 'string') return undefined
  if (attribute?.type === 'dateTime') return Date.parse(value)
  return attribute?.caseExact ? value : fold(value)
}

const FIRST = { kind: 'index', startIndex: 1, count: 1000 } as const

describe('RFC 7644 §3.4.2.3: the order in SQL is that in memory, and descending is the other way round', () => {
  test.each([
    ['groups', GROUP, listGroups, groupResources],
    ['users', USER, listUsers, userResources],
  ] as const)('for %s', async (_, type, list, resourcesOf) => {
    const property = fc.asyncProperty(content, async (held) => {
      const workspace = await addWorkspace(store, held)
      const resources = resourcesOf(held as Content)
      for (const sortBy of sortable(type)) {
        const ascending = await list(store, workspace, { sortBy, page: FIRST }, BASE_URL)
        const ids = sorted(resources, sortBy, type)
        expect(ascending.rows.map(({ id }) => id)).toEqual(ids)
        const descending = await list(store, workspace, { sortBy, descending: true, page: FIRST }, BASE_URL)
        expect(descending.rows.map(({ id }) => id)).toEqual(ids.toReversed())
      }
    })
    await fc.assert(property, { ...RUN, numRuns: 100 })
  })

  test('without sortBy it is that of ids', async () => {
    const groups = ['grp_b', 'grp_B', 'grp_a'].map((id) => ({ id, displayName: id === 'grp_B' ? 'x' : id }))
    const workspace = await addWorkspace(store, { people: [], groups })
    const { rows } = await listGroups(store, workspace, { page: FIRST }, BASE_URL)
    expect(rows.map(({ id }) => id)).toEqual(['grp_B', 'grp_a', 'grp_b'])
  })

  test.each(['name', 'addresses', 'meta', 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager'])(
    '%s has no value to sort by',
    async (name) => {
      const sortBy = canonicalPath(USER, name) ?? { attribute: '' }
      const sorting = async () => listUsers(store, 1, { sortBy, page: FIRST }, BASE_URL)
      await expect(sorting).rejects.toThrow(ScimError)
      await expect(sorting).rejects.toMatchObject({ code: 'invalid_value' })
    },
  )
})
