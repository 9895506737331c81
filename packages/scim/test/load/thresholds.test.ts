import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BODY_BYTES } from '../../src/scim-api/limits.ts'
import { STORE } from '../stores.ts'
import { add, remove, replace } from './client.ts'
import { expectSame } from './expectSame.ts'
import { firstPeople, groupOfSize, nameOfSize, PEOPLE, prepareStore, SIZES } from './fixture.ts'
import { type GroupFacts, groupFacts } from './history.ts'
import { personId, type Service, startService } from './service.ts'
import { aboutMembers, Statements } from './statements.ts'

const statements = new Statements()
let service: Service
beforeAll(async () => {
  service = await startService({ prepare: prepareStore, wrap: statements.wrap })
})
afterAll(() => service[Symbol.asyncDispose]())

const stranger = personId(PEOPLE - 1)

/** Statements that small requests ran at the first size; every other has to run the same. */
const expected = new Map<string, string[]>()
function expectAsElsewhere(request: string, texts: string[]): void {
  const first = expected.get(request) ?? texts
  expected.set(request, first)
  expect(texts).toEqual(first)
  expect(texts.length).toBeLessThan(15)
}

/** Without what tokens and activity cost, which is the same for every request and comes once a second. */
async function statementsOf(act: () => Promise<unknown>): Promise<string[]> {
  const texts = await statements.during(act)
  return texts.filter((text) => !/\{(tokens|workspaces|activity)\}/.test(text))
}

const lastChanges = (facts: GroupFacts | undefined, count: number) => facts?.changes.slice(-count)

/** As `GET` answers it, and as a wizard app sends it back. */
const asShown = (id: string, number: number) => ({
  value: id,
  $ref: `${service.client.base}/Users/${id}`,
  display: `Person ${number}`,
  type: 'User',
})

describe.each(SIZES)('%i members', (size) => {
  const id = groupOfSize(size)
  const path = `/Groups/${id}`
  const members = firstPeople(size)
  const version = async (): Promise<string> => {
    const { headers } = await service.client.send('GET', `${path}?excludedAttributes=members`)
    return String(headers.etag)
  }

  test('GET answers every member once, as JSON', async () => {
    const reply = await service.client.send('GET', path)
    expect(reply.status).toBe(200)
    const group = reply.json()
    expect(group).toMatchObject({ id, displayName: nameOfSize(size) })
    expectSame(group.members, members.map(asShown))
    if (size <= 1_001) expect(reply.headers['content-length']).toBe(String(Buffer.byteLength(reply.text)))
    else expect(reply.headers['transfer-encoding']).toBe('chunked')
  })

  test('GET reads the names of large groups in pieces', async () => {
    const texts = await statementsOf(() => service.client.send('GET', path))
    const names = texts.filter((text) => text.includes('shown_name'))
    expect(names).toHaveLength(Math.ceil(size / 1_000))
    expect(texts).toHaveLength(names.length + 1)
  })

  test.each(['excludedAttributes=members', 'attributes=displayName', 'attributes=id,meta.version'])(
    'GET with %s reads no members',
    async (query) => {
      const texts = await statementsOf(async () => {
        const reply = await service.client.send('GET', `${path}?${query}`)
        expect(reply.status).toBe(200)
        expect(reply.json()).not.toHaveProperty('members')
      })
      expect(aboutMembers(texts)).toEqual([])
      expectAsElsewhere(`GET ${query}`, texts)
    },
  )

  test('GET that asks for values only answers values only', async () => {
    const group = (await service.client.send('GET', `${path}?attributes=members.value`)).json()
    expect(group).not.toHaveProperty('displayName')
    expectSame(
      group.members,
      members.map((value) => ({ value })),
    )
  })

  test('GET with the version it has is 304', async () => {
    const headers = { 'If-None-Match': await version() }
    expect(await service.client.send('GET', path, undefined, headers)).toMatchObject({ status: 304, text: '' })
  })

  test('a list finds it by name, with members and without', async () => {
    const filter = `filter=${encodeURIComponent(`displayName eq "${nameOfSize(size).toUpperCase()}"`)}`
    const list = (await service.client.send('GET', `/Groups?${filter}`)).json()
    expect(list).toMatchObject({ totalResults: 1, itemsPerPage: 1 })
    expectSame(list.Resources[0]?.members, members.map(asShown))
    const texts = await statementsOf(async () => {
      const bare = await service.client.send('GET', `/Groups?${filter}&excludedAttributes=members`)
      expect(bare.json().Resources[0]).toMatchObject({ id })
      expect(bare.json().Resources[0]).not.toHaveProperty('members')
    })
    expect(aboutMembers(texts)).toEqual([])
    expectAsElsewhere('list', texts)
  })

  test.each(['members.value eq', 'members eq', 'members[value eq'])('a filter by member finds it: %s', async (form) => {
    const close = form.includes('[') ? ']' : ''
    const find = async (person: string): Promise<string[]> => {
      const filter = encodeURIComponent(`${form} "${person}"${close} and id eq "${id}"`)
      const reply = await service.client.send('GET', `/Groups?filter=${filter}&attributes=id`)
      return reply.json().Resources.map((group) => group.id)
    }
    expect(await find(String(members.at(-1)))).toEqual([id])
    expect(await find(stranger)).toEqual([])
  })

  test('PATCH adds one and removes one, with the same statements at any size', async () => {
    const adding = await statementsOf(async () => {
      expect((await service.client.patch(id, add(stranger))).status).toBe(204)
    })
    const removing = await statementsOf(async () => {
      expect((await service.client.patch(id, remove(stranger))).status).toBe(204)
    })
    expectAsElsewhere('add', adding)
    expectAsElsewhere('remove', removing)
    const filtering = await statementsOf(async () => {
      const operation = { op: 'remove' as const, path: `members[value eq "${stranger}"]` }
      expect((await service.client.patch(id, operation)).status).toBe(204)
    })
    expectAsElsewhere('remove by filter', filtering)
    const facts = await groupFacts(service.database, id)
    expect(lastChanges(facts, 2)).toEqual([
      { kind: 'members_added', people: [stranger] },
      { kind: 'members_removed', people: [stranger] },
    ])
    expect(facts).toMatchObject({ member_count: size, version: 3, requests: 2 })
  })

  test('PATCH renames without a look at the members', async () => {
    const operation = { op: 'replace' as const, path: 'displayName', value: `Renamed ${size}` }
    const texts = await statementsOf(async () => {
      expect((await service.client.patch(id, operation)).status).toBe(204)
    })
    expect(aboutMembers(texts)).toEqual([])
    expectAsElsewhere('rename', texts)
  })

  /** The whole group, as a wizard app echoes it. */
  const echo = (people: readonly string[]): string => {
    const shown = people.map((person) => asShown(person, Number(person.slice(5))))
    const body = {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      id,
      displayName: `Renamed ${size}`,
      members: shown,
    }
    return JSON.stringify(body)
  }

  test('PUT of the full echo with one change records one added and one removed', async () => {
    const body = echo([...members.slice(1), stranger])
    expect(Buffer.byteLength(body)).toBeLessThan(BODY_BYTES)
    const reply = await service.client.send('PUT', path, body)
    expect(reply.status).toBe(200)
    expect(reply.json().members).toHaveLength(size)
    const facts = await groupFacts(service.database, id)
    expect(lastChanges(facts, 2)).toEqual([
      { kind: 'members_removed', people: [members[0]] },
      { kind: 'members_added', people: [stranger] },
    ])
    expect(facts?.member_count).toBe(size)
    expectSame(facts?.members, [...members.slice(1), stranger])
  })

  test('PUT of the same echo changes nothing', async () => {
    const before = await groupFacts(service.database, id)
    const reply = await service.client.send('PUT', path, echo([...members.slice(1), stranger]))
    expect(reply).toMatchObject({ status: 200, headers: { etag: `W/"${before?.version}"` } })
    const after = await groupFacts(service.database, id)
    expect(after?.changes).toHaveLength(before?.changes.length ?? 0)
    expectSame(after?.members, before?.members ?? [])
  })

  test('PATCH replaces all but one by others', async () => {
    const wanted = [members[3] ?? '', ...firstPeople(size).map((_, number) => `usr_new${number}`)]
    expect((await service.client.patch(id, replace(...wanted))).status).toBe(204)
    const facts = await groupFacts(service.database, id)
    expect(facts?.member_count).toBe(size + 1)
    expectSame(facts?.members, wanted.sort())
    expectSame(facts?.replayed, wanted)
    expect(lastChanges(facts, 2)?.map(({ kind, people }) => [kind, people.length])).toEqual([
      ['members_removed', size - 1],
      ['members_added', size],
    ])
  })

  test('PATCH removes all', async () => {
    expect((await service.client.patch(id, { op: 'remove', path: 'members' })).status).toBe(204)
    expect((await service.client.read(id)).members).toEqual([])
    expect(await groupFacts(service.database, id)).toMatchObject({ member_count: 0, replayed: [] })
  })

  test('POST creates one of that size, and DELETE ends it with all who were in it', async () => {
    const created = await service.client.createGroup(`Posted ${size}`, members)
    expectSame(
      created.members.map(({ value }) => value),
      members,
    )
    const facts = await groupFacts(service.database, created.id)
    expect(facts?.version).toBe(1)
    expectSame(facts?.members, members)
    expectSame(facts?.replayed, members)
    expect((await service.client.send('DELETE', `/Groups/${created.id}`)).status).toBe(204)
    expect((await service.client.send('GET', `/Groups/${created.id}`)).status).toBe(404)
  })
})

test.runIf(STORE === 'postgres')(
  'on PostgreSQL a PATCH has the same statements for one member and for 5,000',
  async () => {
    const { id } = await service.client.createGroup('Numbers')
    const counts: number[][] = []
    for (const number of [1, 1_000, 5_000]) {
      const all = firstPeople(number)
      const adding = await statementsOf(() => service.client.patch(id, add(...all)))
      const removing = await statementsOf(() => service.client.patch(id, remove(...all)))
      expect(await groupFacts(service.database, id)).toMatchObject({ member_count: 0 })
      counts.push([adding.length, removing.length])
    }
    expect(counts).toEqual(counts.map(() => counts[0]))
    expect((await service.client.send('DELETE', `/Groups/${id}`)).status).toBe(204)
  },
)
