import { describe, expect, test } from 'vitest'
import { SECOND } from '../../src/base/clock.ts'
import { type Body, LIST_URN, type Service, STORES, startService, type Tenant } from './support.ts'

const NAMES = ['g', 'B', 'f', 'A', 'e', 'C', 'd']

async function start(store: (typeof STORES)[number]): Promise<Service> {
  const service = await startService(store)
  for (const [index, displayName] of NAMES.entries()) {
    await service.acme.group({ displayName, ...(index % 2 === 0 && { externalId: `x${displayName}` }) })
    service.clock.advance(SECOND)
  }
  return service
}

/** All pages from the first, as names. */
async function pages(tenant: Tenant, query: string): Promise<string[][]> {
  const all: string[][] = []
  let cursor: string | undefined = ''
  while (cursor !== undefined && all.length < 20) {
    const { status, body }: { status: number; body: Body } = await tenant.get(`/Groups?${query}&cursor=${cursor}`)
    expect(status).toBe(200)
    expect(body.totalResults).toBe(NAMES.length)
    expect(body.itemsPerPage).toBe(body.Resources.length)
    expect(body).not.toHaveProperty('startIndex')
    all.push(body.Resources.map(({ displayName }) => displayName ?? ''))
    cursor = body.nextCursor
  }
  return all
}

const inThrees = (names: readonly string[]) => [names.slice(0, 3), names.slice(3, 6), names.slice(6)]
const SORTED = ['A', 'B', 'C', 'd', 'e', 'f', 'g']

describe.each(STORES)('cursors on %s (RFC 9865)', (store) => {
  test.each([
    ['', NAMES],
    ['sortBy=displayName', SORTED],
    ['sortBy=displayName&sortOrder=descending', SORTED.toReversed()],
    ['sortBy=meta.created', NAMES],
    ['sortBy=meta.created&sortOrder=descending', NAMES.toReversed()],
    ['sortBy=externalId', ['d', 'e', 'f', 'g', 'B', 'A', 'C']],
    ['sortBy=externalId&sortOrder=descending', ['C', 'A', 'B', 'g', 'f', 'e', 'd']],
    ['sortBy=meta.version', NAMES],
    ['filter=displayName%20pr', NAMES],
    ['attributes=displayName', NAMES],
  ])('?%s: every page follows the one before', async (query, names) => {
    await using service = await start(store)
    expect(await pages(service.acme, `${query}&count=3`)).toEqual(inThrees(names))
    expect(await pages(service.acme, `${query}&count=7`)).toEqual([names])
    expect(await pages(service.acme, query)).toEqual([names])
  })

  test('the fields of RFC 9865: nextCursor in URL-safe characters, and none on the last page', async () => {
    await using service = await start(store)
    const { text, body } = await service.acme.get('/Groups?cursor&count=2&attributes=id')
    expect(Object.keys(JSON.parse(text))).toEqual([
      'schemas',
      'totalResults',
      'itemsPerPage',
      'nextCursor',
      'Resources',
    ])
    expect(body.schemas).toEqual([LIST_URN])
    expect(body.nextCursor).toMatch(/^[\w-]+$/)
    expect((await service.acme.get('/Groups')).body).not.toHaveProperty('nextCursor')
  })

  test('paging by index is the default', async () => {
    await using service = await start(store)
    expect((await service.acme.get('/Groups?count=2')).body).toMatchObject({ startIndex: 1, itemsPerPage: 2 })
  })

  test('a cursor stands between resources: what is deleted or added meanwhile shifts nothing', async () => {
    await using service = await start(store)
    const { acme } = service
    const first = await acme.get('/Groups?sortBy=displayName&count=3&cursor')
    await acme.remove(`/Groups/${first.body.Resources[2]?.id}`)
    await acme.group({ displayName: 'AA' })
    const second = await acme.get(`/Groups?sortBy=displayName&count=3&cursor=${first.body.nextCursor}`)
    expect(second.body.Resources.map(({ displayName }) => displayName)).toEqual(['d', 'e', 'f'])
    // It never expires.
    service.clock.advance(300 * 24 * 3_600 * SECOND)
    const later = await acme.get(`/Groups?sortBy=displayName&count=3&cursor=${first.body.nextCursor}`)
    expect(later.body.Resources).toEqual(second.body.Resources)
  })

  test('count may be left out with a cursor; another one is a 400 invalidCount', async () => {
    await using service = await start(store)
    const { body } = await service.acme.get('/Groups?cursor&count=3')
    const without = await service.acme.get(`/Groups?cursor=${body.nextCursor}`)
    expect(without.body.itemsPerPage).toBe(3)
    const other = await service.acme.get(`/Groups?count=4&cursor=${body.nextCursor}`)
    expect(other.body).toMatchObject({ status: '400', scimType: 'invalidCount' })
    const none = await service.acme.get('/Groups?cursor&count=0')
    expect(none.body).toMatchObject({ totalResults: 7, itemsPerPage: 0, Resources: [] })
    expect((await service.acme.get('/Groups?cursor&count=x')).body.scimType).toBe('invalidCount')
  })

  test.each([
    'filter=displayName%20co%20%22a%22',
    'sortBy=displayName',
    'sortBy=id&sortOrder=descending',
    'sortOrder=descending&sortBy=meta.created',
  ])('a cursor of another list is a 400 invalidCursor: %s', async (query) => {
    await using service = await start(store)
    const { body } = await service.acme.get('/Groups?cursor&count=3')
    const answer = await service.acme.get(`/Groups?count=3&${query}&cursor=${body.nextCursor}`)
    expect(answer.body).toMatchObject({ status: '400', scimType: 'invalidCursor' })
    const people = await service.acme.get(`/Users?count=3&cursor=${body.nextCursor}`)
    expect(people.body.scimType).toBe('invalidCursor')
  })

  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  type Fields = Record<'l' | 'n' | 'i' | 'k', unknown>

  test.each<[string, (fields: Fields) => string]>([
    ['no base64', () => '%%%'],
    ['blanks', () => '%20x'],
    ['another text', () => 'abcdef'],
    ['no JSON', () => Buffer.from('{"l":').toString('base64url')],
    ['a list', () => encode([])],
    ['null', () => encode(null)],
    ['nothing in it', () => encode({})],
    ['another list', (fields) => encode({ ...fields, l: 'AAAAAAAAAAAAAAAA' })],
    ['no count', ({ l, i }) => encode({ l, i })],
    ['a count of 0', (fields) => encode({ ...fields, n: 0 })],
    ['a count of 1,001', (fields) => encode({ ...fields, n: 1001 })],
    ['a count that is a text', (fields) => encode({ ...fields, n: '3' })],
    ['half a count', (fields) => encode({ ...fields, n: 2.5 })],
    ['an id that is a number', (fields) => encode({ ...fields, i: 7 })],
    ['an id with NUL', (fields) => encode({ ...fields, i: 'a\0' })],
    ['an id of half a character', (fields) => encode({ ...fields, i: '\ud800' })],
    ['no id', ({ l, n }) => encode({ l, n })],
    ['a sort key that nothing is sorted by', (fields) => encode({ ...fields, k: 'x' })],
    ['a sort key that is an object', (fields) => encode({ ...fields, k: {} })],
    ['very long', () => 'A'.repeat(13_000)],
    ['a megabyte of it', (fields) => encode({ ...fields, x: 'y'.repeat(1_000_000) })],
  ])('a forged cursor with %s is a 400 invalidCursor', async (_, forge) => {
    await using service = await start(store)
    const { body } = await service.acme.get('/Groups?cursor&count=3')
    const fields = JSON.parse(Buffer.from(body.nextCursor ?? '', 'base64url').toString()) as Fields
    const cursor = forge(fields)
    const answer = await service.acme.post('/Groups/.search', {
      cursor: decodeURIComponent(cursor.replace(/%%+/, '!!')),
    })
    expect(answer.body).toMatchObject({ status: '400', scimType: 'invalidCursor' })
    if (cursor.length < 10_000)
      expect((await service.acme.get(`/Groups?cursor=${cursor}`)).body.scimType).toBe('invalidCursor')
  })

  test('a cursor forged well only moves within its own list', async () => {
    await using service = await start(store)
    const globex = await service.tenant('globex')
    await globex.group({ displayName: 'theirs' })
    const { body } = await service.acme.get('/Groups?cursor&count=3')
    const fields = JSON.parse(Buffer.from(body.nextCursor ?? '', 'base64url').toString()) as Fields
    const moved = encode({ ...fields, i: `' or 1=1 --`, n: 1000 })
    const answer = await service.acme.get(`/Groups?cursor=${moved}`)
    expect([answer.status, answer.text.includes('theirs')]).toEqual([200, false])
    const start0 = await service.acme.get(`/Groups?cursor=${encode({ ...fields, i: '', n: 1000 })}`)
    expect(start0.body.Resources).toHaveLength(7)
  })

  test('long names page as well as short ones', async () => {
    await using service = await startService(store)
    const names = ['a', 'b', 'c'].map((letter) => `${'😀'.repeat(1_000)}${letter}`)
    for (const displayName of names) await service.acme.group({ displayName })
    const seen: string[] = []
    let cursor: string | undefined = ''
    while (cursor !== undefined) {
      const sent = { sortBy: 'displayName', count: 1, cursor, attributes: 'displayName' }
      const { status, body }: { status: number; body: Body } = await service.acme.post('/Groups/.search', sent)
      expect(status).toBe(200)
      seen.push(body.Resources[0]?.displayName ?? '')
      cursor = body.nextCursor
    }
    expect(seen).toEqual(names)
  })

  test('people page by cursor too', async () => {
    await using service = await startService(store)
    const first = await service.acme.get('/Users?cursor&count=2&sortBy=userName')
    const second = await service.acme.get(`/Users?count=2&sortBy=userName&cursor=${first.body.nextCursor}`)
    expect([...first.body.Resources, ...second.body.Resources].map(({ id }) => id)).toEqual([
      'usr_ana',
      'usr_ben',
      'usr_cleo',
    ])
    expect(second.body).not.toHaveProperty('nextCursor')
  })
})
