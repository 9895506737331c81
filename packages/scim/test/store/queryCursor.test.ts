import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseFilter } from '../../src/protocol/filter/parser.ts'
import { GROUP, USER } from '../../src/protocol/schemas/resourceTypes.ts'
import { listGroups, listUsers } from '../../src/store/query/list.ts'
import type { ListQuery } from '../../src/store/query/page.ts'
import type { Store } from '../../src/store/store.ts'
import { addWorkspace, BASE_URL, openStore } from './queryFixture.ts'

let store: Store & AsyncDisposable
let ours: number
let theirs: number

beforeAll(async () => {
  store = await openStore()
  const groups = ['a', 'b', 'c', 'd'].map((name) => ({ id: `grp_${name}`, displayName: name }))
  ours = await addWorkspace(store, { people: [], groups })
  theirs = await addWorkspace(store, { people: [], groups })
})

afterAll(async () => {
  await store[Symbol.asyncDispose]()
})

const QUERY = { filter: parseFilter('displayName pr', GROUP), sortBy: { attribute: 'displayName' } }

const page = (
  workspace: number,
  cursor: string,
  query: Omit<ListQuery, 'page'> = QUERY,
  count: number | undefined = 2,
) => listGroups(store, workspace, { ...query, page: { kind: 'cursor', cursor, count } }, BASE_URL)

async function firstCursor(query: Omit<ListQuery, 'page'> = QUERY): Promise<string> {
  const { nextCursor } = await page(ours, '', query)
  if (nextCursor === undefined) throw new Error('there is one page only')
  return nextCursor
}

type Fields = Record<string, unknown>

function forge(cursor: string, change: (fields: Fields) => unknown): string {
  const fields = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as Fields
  return Buffer.from(JSON.stringify(change(fields))).toString('base64url')
}

describe('RFC 9865: a cursor', () => {
  test('leads on, as often as it is sent, with or without its count', async () => {
    const cursor = await firstCursor()
    for (const count of [2, undefined, 2]) {
      const { rows, nextCursor } = await page(ours, cursor, QUERY, count)
      expect(rows.map(({ id }) => id)).toEqual(['grp_c', 'grp_d'])
      expect(nextCursor).toBeUndefined()
    }
  })

  test('is of characters that need no escape in a URL', async () => {
    expect(await firstCursor()).toMatch(/^[\w-]+$/)
  })

  test('with another count is refused as invalidCount', async () => {
    const cursor = await firstCursor()
    await expect(page(ours, cursor, QUERY, 3)).rejects.toMatchObject({ scimType: 'invalidCount', status: 400 })
    await expect(page(ours, cursor, QUERY, 0)).rejects.toMatchObject({ scimType: 'invalidCount' })
  })

  test('belongs to its workspace, filter and order', async () => {
    const cursor = await firstCursor()
    const others: [number, Omit<ListQuery, 'page'>][] = [
      [theirs, QUERY],
      [ours, { sortBy: QUERY.sortBy }],
      [ours, { ...QUERY, filter: parseFilter('id pr', GROUP) }],
      [ours, { filter: QUERY.filter }],
      [ours, { ...QUERY, sortBy: { attribute: 'externalId' } }],
      [ours, { ...QUERY, descending: true }],
    ]
    for (const [workspace, query] of others)
      await expect(page(workspace, cursor, query)).rejects.toMatchObject({ scimType: 'invalidCursor', status: 400 })
  })

  test('belongs to its resource type', async () => {
    const query = { filter: parseFilter('displayName pr', USER), sortBy: QUERY.sortBy }
    const cursor = await firstCursor()
    const users = listUsers(store, ours, { ...query, page: { kind: 'cursor', cursor, count: 2 } }, BASE_URL)
    await expect(users).rejects.toMatchObject({ scimType: 'invalidCursor' })
  })

  test.each(['%', 'x', 'bnVsbA', 'W10', 'e30', 'MQ', 'A'.repeat(20_000), ' ', 'ü'])('%j is refused', async (cursor) => {
    await expect(page(ours, cursor)).rejects.toMatchObject({ scimType: 'invalidCursor' })
  })

  test.each<[string, (fields: Fields) => unknown]>([
    ['a list of its own', (fields) => [fields]],
    ['no id', ({ i, ...rest }) => rest],
    ['an id that is no text', (fields) => ({ ...fields, i: 1 })],
    ['an id with NUL', (fields) => ({ ...fields, i: 'a\0' })],
    ['an id with half of a character', (fields) => ({ ...fields, i: '\ud800' })],
    ['no key', ({ k, ...rest }) => rest],
    ['a key that is no text', (fields) => ({ ...fields, k: 1 })],
    ['no key where there always is one', (fields) => ({ ...fields, k: null })],
    ['an object for a key', (fields) => ({ ...fields, k: {} })],
    ['no count', ({ n, ...rest }) => rest],
    ['a count beyond the limit', (fields) => ({ ...fields, n: 1_001 })],
    ['a count of 0', (fields) => ({ ...fields, n: 0 })],
    ['half a count', (fields) => ({ ...fields, n: 1.5 })],
    ['no list', ({ l, ...rest }) => rest],
  ])('with %s is refused', async (_, change) => {
    const forged = forge(await firstCursor(), change)
    await expect(page(ours, forged, QUERY, undefined)).rejects.toMatchObject({ scimType: 'invalidCursor' })
  })

  test('with a key where the order is by id is refused', async () => {
    const forged = forge(await firstCursor({}), (fields) => ({ ...fields, k: 'a' }))
    await expect(page(ours, forged, {})).rejects.toMatchObject({ scimType: 'invalidCursor' })
  })

  test('with a text where the order is by time is refused', async () => {
    const query = { sortBy: { attribute: 'meta', sub: 'created' } }
    const forged = forge(await firstCursor(query), (fields) => ({ ...fields, k: 'a' }))
    await expect(page(ours, forged, query)).rejects.toMatchObject({ scimType: 'invalidCursor' })
  })

  test('that is forged moves within its own list only', async () => {
    const query = { filter: parseFilter('displayName ge "c"', GROUP), sortBy: QUERY.sortBy }
    const cursor = (await page(ours, '', query, 1)).nextCursor ?? ''
    const forged = forge(cursor, (fields) => ({ ...fields, i: '', k: '' }))
    const { rows } = await page(ours, forged, query, 1)
    expect(rows.map(({ id }) => id)).toEqual(['grp_c'])
  })
})
