import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SECOND } from '../../src/base/clock.ts'
import { ANA, BASE, BEN, type Body, LIST_URN, membersOf, type Service, STORES, startService } from './support.ts'

/** A case with the beginning of its query before it, as title. */
function titled<Rest extends unknown[]>([query, ...rest]: [string, ...Rest]): [string, string, ...Rest] {
  return [query.slice(0, 60), query, ...rest]
}

const NAMES = ['delta', 'Alpha', 'charlie', 'BRAVO', 'écho', 'Echo', '𐐀', '\uffee']

describe.each(STORES)('lists on %s (RFC 7644 §3.4.2)', (store) => {
  let service: Service
  const groups: Body[] = []
  beforeAll(async () => {
    service = await startService(store)
    for (const displayName of NAMES) {
      groups.push(
        await service.acme.group({ displayName, ...(displayName < 'b' && { externalId: `x${displayName}` }) }),
      )
      service.clock.advance(SECOND)
    }
  })
  afterAll(() => service[Symbol.asyncDispose]())
  const list = async (query: string) => (await service.acme.get(`/Groups?${query}`)).body
  const names = ({ Resources }: Body) => Resources.map(({ displayName }) => displayName)

  test('an empty result is a list response with integers and an empty list', async () => {
    const { status, text, headers } = await service.acme.get('/Groups?filter=displayName+eq+%22x%22&foo=1')
    expect(status).toBe(200)
    expect(text).toBe(
      JSON.stringify({ schemas: [LIST_URN], totalResults: 0, startIndex: 1, itemsPerPage: 0, Resources: [] }),
    )
    expect(headers.get('content-location')).toBe(`${BASE}/Groups?filter=displayName+eq+%22x%22&foo=1`)
    expect(headers.get('etag')).toBeNull()
  })

  test('resources are listed as they are read one by one, members and all', async () => {
    const { body } = await service.acme.get('/Groups')
    expect(body.Resources).toEqual(groups)
    expect(body).toMatchObject({ totalResults: 8, startIndex: 1, itemsPerPage: 8 })
  })

  // query, startIndex, which of the eight
  test.each(
    (
      [
        ['', 1, [0, 8]],
        ['startIndex=1&count=3', 1, [0, 3]],
        ['startIndex=4&count=3', 4, [3, 6]],
        ['startIndex=7&count=3', 7, [6, 8]],
        ['startIndex=8&count=1', 8, [7, 8]],
        ['startIndex=9&count=3', 9, [8, 8]],
        ['startIndex=1000000', 1000000, [8, 8]],
        ['startIndex=9007199254740993', Number.MAX_SAFE_INTEGER, [8, 8]],
        [`startIndex=${'9'.repeat(400)}`, Number.MAX_SAFE_INTEGER, [8, 8]],
        ['startIndex=0&count=2', 1, [0, 2]],
        ['startIndex=-5&count=2', 1, [0, 2]],
        [`startIndex=-${'9'.repeat(400)}&count=2`, 1, [0, 2]],
        ['startIndex=&count=', 1, [0, 8]],
        ['startindex=2&COUNT=2', 2, [1, 3]],
        ['count=8', 1, [0, 8]],
        ['count=0', 1, [0, 0]],
        ['count=0&startIndex=5', 5, [0, 0]],
        ['count=-1', 1, [0, 0]],
        ['count=1000', 1, [0, 8]],
        ['count=1001', 1, [0, 8]],
        [`count=${'9'.repeat(400)}`, 1, [0, 8]],
        ['count=%2b2', 1, [0, 2]],
        ['count=02', 1, [0, 2]],
      ] as [string, number, [number, number]][]
    ).map(titled),
  )('?%s', async (_, query, startIndex, [from, to]) => {
    expect(await list(query)).toEqual({
      schemas: [LIST_URN],
      totalResults: 8,
      startIndex,
      itemsPerPage: to - from,
      Resources: groups.slice(from, to),
    })
  })

  test.each([
    ['count=two', 'invalidCount'],
    ['count=1.5', 'invalidCount'],
    ['count=1e3', 'invalidCount'],
    ['count=0x10', 'invalidCount'],
    ['count=NaN', 'invalidCount'],
    ['count=1&count=2', 'invalidValue'],
    ['startIndex=one', 'invalidValue'],
    ['startIndex=1.0', 'invalidValue'],
    ['sortOrder=up', 'invalidValue'],
    ['sortBy=nothing', 'invalidValue'],
    ['sortBy=meta', 'invalidValue'],
    ['sortBy=%00', 'invalidValue'],
    ['sortBy=displayName,id', 'invalidValue'],
    ['sortBy=members%5Bvalue%20pr%5D', 'invalidValue'],
    ['sortBy={long}', 'invalidValue'],
  ])('?%s: 400 %s', async (pattern, scimType) => {
    const query = pattern.replace('{long}', 'x'.repeat(5_000))
    const body = await list(query)
    expect(body).toMatchObject({ status: '400', scimType })
    expect(body.detail).not.toContain('\0')
    expect(body.detail?.length).toBeLessThan(400)
  })

  test('without count a page has 1,000, and no more whatever is asked', async () => {
    await using large = await startService(store)
    const writer = large.acme
    for (let start = 0; start < 1_005; start += 201) {
      await Promise.all(Array.from({ length: 201 }, (_, i) => writer.group({ displayName: `Group ${start + i}` })))
    }
    for (const query of ['', 'count=5000', 'count=1000', 'startIndex=1', 'cursor', 'cursor=&count=5000']) {
      const { body } = await writer.get(`/Groups?${query}`)
      expect([query, body.totalResults, body.itemsPerPage, body.Resources.length]).toEqual([query, 1_005, 1_000, 1_000])
    }
    const rest = await writer.get('/Groups?startIndex=1001')
    expect(rest.body).toMatchObject({ totalResults: 1_005, startIndex: 1_001, itemsPerPage: 5 })
  })

  // By code point of the folded text: é is behind o, U+10400 (folded U+10428) behind U+FFEE.
  const SORTED = ['Alpha', 'BRAVO', 'charlie', 'delta', 'Echo', 'écho', '\uffee', '𐐀']

  test.each([
    ['sortBy=displayName', SORTED],
    ['sortBy=displayName&sortOrder=ascending', SORTED],
    ['sortBy=displayName&sortOrder=descending', SORTED.toReversed()],
    ['sortBy=DISPLAYNAME&sortorder=Descending', SORTED.toReversed()],
    ['sortBy=urn:ietf:params:scim:schemas:core:2.0:Group:displayName', SORTED],
    ['sortBy=id', NAMES],
    ['sortBy=id&sortOrder=descending', NAMES.toReversed()],
    ['sortOrder=descending', NAMES],
    ['sortBy=meta.created&sortOrder=descending', NAMES.toReversed()],
    ['sortBy=meta.lastModified', NAMES],
    [
      'sortBy=externalId',
      ['Alpha', 'BRAVO', 'Echo', ...NAMES.filter((name) => !['Alpha', 'BRAVO', 'Echo'].includes(name))],
    ],
    ['sortBy=displayName&startIndex=3&count=2', SORTED.slice(2, 4)],
  ])('?%s', async (query, expected) => {
    expect(names(await list(query))).toEqual(expected)
  })

  test('.search takes all of it in its body', async () => {
    const search = async (body: unknown) => (await service.acme.post('/Groups/.search', body)).body
    expect(await search({})).toEqual(await list(''))
    const answer = await service.acme.post('/Groups/.search?count=x&filter=((', {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
      filter: 'displayName sw "e" or displayName sw "a"',
      sortBy: 'displayName',
      sortOrder: 'descending',
      startIndex: 1,
      count: 1,
      attributes: ['displayName'],
    })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-location')).toBe(`${BASE}/Groups/.search`)
    expect(answer.body).toMatchObject({ totalResults: 2, itemsPerPage: 1 })
    expect(Object.keys(answer.body.Resources[0] ?? {}).sort()).toEqual(['displayName', 'id', 'schemas'])
    expect((await search({ excludedAttributes: 'members,meta', count: '1' })).Resources[0]).not.toHaveProperty('meta')
    expect((await search({ filter: null, sortBy: null, count: null, unknown: { a: 1 } })).totalResults).toBe(8)
    expect((await search({ Count: 2, STARTINDEX: 3 })).startIndex).toBe(3)
    expect((await search({ cursor: '', count: 2 })).nextCursor).toBeDefined()
  })

  test.each<[unknown, string]>([
    [[], 'invalidSyntax'],
    ['"x"', 'invalidSyntax'],
    [{ count: 1.5 }, 'invalidCount'],
    [{ count: 'x' }, 'invalidCount'],
    [{ count: [1] }, 'invalidValue'],
    [{ count: true }, 'invalidValue'],
    [{ startIndex: {} }, 'invalidValue'],
    [{ filter: 7 }, 'invalidValue'],
    [{ filter: ['id pr'] }, 'invalidValue'],
    [{ attributes: [1] }, 'invalidValue'],
    [{ attributes: { a: 1 } }, 'invalidValue'],
    [{ filter: '((' }, 'invalidFilter'],
    [{ cursor: 'x' }, 'invalidCursor'],
  ])('.search with %j: 400 %s', async (body, scimType) => {
    const answer = await service.acme.post('/Groups/.search', body)
    expect([answer.status, answer.body.scimType]).toEqual([400, scimType])
  })
})

describe.each(STORES)('parameters without end on %s', (store) => {
  test('lists of names of more than 16 KiB are refused, whatever they are for', async () => {
    await using service = await startService(store)
    const names = 'members,'.repeat(2_100)
    for (const name of ['attributes', 'excludedAttributes', 'sortBy']) {
      const answer = await service.acme.post('/Groups/.search', { [name]: names })
      expect(answer.body).toMatchObject({ status: '400', scimType: 'invalidValue' })
      expect(answer.text.length).toBeLessThan(500)
    }
    const written = await service.acme.post(`/Groups?attributes=${names}`, { displayName: 'A' })
    expect(written.status).toBe(400)
    expect(await service.scim.groups.list('acme')).toEqual([])
  })
})

describe.each(STORES)('pages of large groups on %s (DESIGN 3.2)', (store) => {
  test('a page ends at 100,000 members and says so truthfully; without members it does not', async () => {
    await using service = await startService(store)
    const { acme } = service
    const ids: string[] = []
    for (const [index, size] of [60_000, 40_000, 1, 100_001, 2, 3].entries()) {
      const group = await acme.group({ displayName: `G${index}` })
      ids.push(group.id)
      await fill(service, group.id, size)
    }
    const pages: string[][] = []
    for (let startIndex = 1; startIndex <= 6; ) {
      const { body } = await acme.get(`/Groups?startIndex=${startIndex}&count=100`)
      expect(body).toMatchObject({ totalResults: 6, startIndex, itemsPerPage: body.Resources.length })
      pages.push(body.Resources.map(({ id }) => id))
      startIndex += body.itemsPerPage ?? 0
    }
    expect(pages).toEqual([ids.slice(0, 2), ids.slice(2, 3), ids.slice(3, 4), ids.slice(4)])
    const byCursor: string[][] = []
    let cursor: string | undefined = ''
    while (cursor !== undefined) {
      const { body } = await acme.get(`/Groups?count=100&cursor=${cursor}`)
      byCursor.push(body.Resources.map(({ id }) => id))
      cursor = body.nextCursor
    }
    expect(byCursor).toEqual(pages)
    const { body } = await acme.get('/Groups?excludedAttributes=members')
    expect(body.itemsPerPage).toBe(6)
  })

  test('a group of many members is whole, each member once', async () => {
    await using service = await startService(store)
    const group = await service.acme.group({ displayName: 'G', members: membersOf(ANA, BEN) })
    await fill(service, group.id, 12_345)
    for (const path of [`/Groups/${group.id}`, '/Groups']) {
      const { body } = await service.acme.get(path)
      const { members = [] } = path === '/Groups' ? (body.Resources[0] ?? body) : body
      expect(new Set(members.map(({ value }) => value)).size).toBe(12_347)
      expect(members).toHaveLength(12_347)
    }
  })
})

/** Members straight into the store; what a test of pages needs is their number. */
async function fill({ store, rows }: Service, group: string, size: number): Promise<void> {
  const [row] = await rows<{ key: number; workspace: number; count: number }>(
    'select key, workspace_id as workspace, member_count as count from {groups} where id = :id',
    { id: group },
  )
  if (!row) throw new Error('no such group')
  const people = Array.from({ length: size }, (_, i) => ({ id: `usr_f${i}` }))
  await store.write(async (writer) => {
    await writer.run(
      {
        text: `insert into {people} (workspace_id, id, state, created_at, updated_at)
          select :workspace, e.id, 0, 0, 0 from rows(:people id text) as e where true on conflict do nothing`,
      },
      { workspace: row.workspace, people },
    )
    await writer.run(
      {
        text: `insert into {memberships} (workspace_id, group_key, person_key)
          select :workspace, :group, p.key from rows(:people id text) as e
          join {people} p on p.workspace_id = :workspace and p.id = e.id`,
      },
      { workspace: row.workspace, group: row.key, people },
    )
    await writer.run(
      { text: 'update {groups} set member_count = :count where key = :group' },
      { group: row.key, count: row.count + size },
    )
  })
}
