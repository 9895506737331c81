import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/base/json.ts'
import type { Filter } from '../../src/protocol/filter/ast.ts'
import { evaluate } from '../../src/protocol/filter/evaluate.ts'
import { parseFilter } from '../../src/protocol/filter/parser.ts'
import { GROUP, USER } from '../../src/protocol/schemas/resourceTypes.ts'
import { AddressKind, PersonState, peopleByIds, replaceAddresses } from '../../src/store/people.ts'
import { listGroups, listUsers } from '../../src/store/query/list.ts'
import type { ListQuery } from '../../src/store/query/page.ts'
import type { Store } from '../../src/store/store.ts'
import { contentWithFilters, namedAttributes } from './queryArbitrary.ts'
import { addWorkspace, BASE_URL, groupResources, openStore, RUN, userResources } from './queryFixture.ts'

let store: Store & AsyncDisposable

beforeAll(async () => {
  store = await openStore()
})

afterAll(async () => {
  await store[Symbol.asyncDispose]()
})

const all = (wanted: Filter): ListQuery => ({ filter: wanted, page: { kind: 'index', startIndex: 1, count: 1000 } })

/** Ids in the order of ids. */
function matchingIds(resources: readonly JsonObject[], wanted: Filter, type: typeof USER): string[] {
  return resources
    .filter((resource) => evaluate(wanted, resource, type))
    .map(({ id }) => String(id))
    .sort()
}

describe('RFC 7644 §3.4.2.2: a filter means in SQL what it means in memory', () => {
  test('for groups', async () => {
    const property = fc.asyncProperty(contentWithFilters(GROUP), async ({ content: held, filters }) => {
      const workspace = await addWorkspace(store, held)
      const resources = groupResources(held)
      for (const wanted of filters) {
        const { rows, total } = await listGroups(store, workspace, all(wanted), BASE_URL)
        expect(rows.map(({ id }) => id)).toEqual(matchingIds(resources, wanted, GROUP))
        expect(total).toBe(rows.length)
      }
    })
    await fc.assert(property, RUN)
  })

  test('for users', async () => {
    const property = fc.asyncProperty(contentWithFilters(USER), async ({ content: held, filters }) => {
      const workspace = await addWorkspace(store, held)
      const resources = userResources(held)
      for (const wanted of filters) {
        const { rows } = await listUsers(store, workspace, all(wanted), BASE_URL)
        expect(rows.map(({ id }) => id)).toEqual(matchingIds(resources, wanted, USER))
      }
    })
    await fc.assert(property, RUN)
  })

  test.each([GROUP, USER])('for every attribute of $name', async (type) => {
    const workspace = await addWorkspace(store, { people: [], groups: [] })
    const list = type === USER ? listUsers : listGroups
    for (const { path } of namedAttributes(type)) {
      const { total } = await list(store, workspace, all({ kind: 'present', path }), BASE_URL)
      expect(total).toBe(0)
    }
  })
})

describe('e-mail addresses, which an index finds', () => {
  test('are those of the view, not those that the host has verified', async () => {
    const view = { userName: 'ana', active: true, emails: [{ value: 'Shown@a.example' }, { value: '' }] }
    const workspace = await addWorkspace(store, {
      people: [{ id: 'usr_1', state: PersonState.account, view }],
      groups: [],
    })
    const [ana] = await peopleByIds(store, workspace, ['usr_1'])
    const verified = [{ kind: AddressKind.verified, address: 'verified@a.example', person: ana?.key ?? 0 }]
    await store.write((writer) => replaceAddresses(writer, workspace, [], verified))

    const total = async (address: string) => {
      const wanted = parseFilter(`emails.value eq ${JSON.stringify(address)}`, USER)
      return (await listUsers(store, workspace, all(wanted), BASE_URL)).total
    }
    expect(await total('shown@A.example')).toBe(1)
    expect(await total('verified@a.example')).toBe(0)
    expect(await total('')).toBe(1)
  })
})
