import { beforeEach, describe, expect, it } from 'vitest'
import { addWorkspace, type Client, openService } from '../people/support.ts'

/** More than one statement looks through. */
const MANY = 5_200

describe('groups by name', () => {
  let client: Client
  beforeEach(async () => {
    client = await openService()
    for (const displayName of ['Zebra', 'ärzte', 'Alpha Crew', 'beta', 'CREW', 'Crew two'])
      await client.scim.groups.create('acme', { displayName })
    const other = await addWorkspace(client, 'other')
    await other.scim.groups.create('other', { displayName: 'Other crew' })
  })
  const names = (groups: readonly { displayName: string }[]) => groups.map(({ displayName }) => displayName)
  const list = async (query: Parameters<Client['scim']['groups']['list']>[1]) =>
    names(await client.scim.groups.list('acme', query))

  it('in the order of ids, unless names are asked for', async () => {
    expect(await list({})).toEqual(['Zebra', 'ärzte', 'Alpha Crew', 'beta', 'CREW', 'Crew two'])
    expect(await list({ order: 'name' })).toEqual(['Alpha Crew', 'beta', 'CREW', 'Crew two', 'Zebra', 'ärzte'])
    expect(await list({ search: '' })).toEqual(await list({ order: 'name' }))
    await expect(list({ order: 'age' as never })).rejects.toMatchObject({ code: 'invalid_value' })
  })

  it('whose name contains a text, in any case', async () => {
    expect(await list({ search: 'creW' })).toEqual(['Alpha Crew', 'CREW', 'Crew two'])
    expect(await list({ search: 'crew', order: 'id' })).toEqual(['Alpha Crew', 'CREW', 'Crew two'])
    expect(await list({ search: 'ÄRZ' })).toEqual(['ärzte'])
    expect(await list({ search: 'other' })).toEqual([])
    expect(await list({ search: '%' })).toEqual([])
  })

  it('in pages, of which one goes on after a group that has gone', async () => {
    for (const query of [{ order: 'name' }, { search: 'crew' }, { search: 'e', order: 'id' }] as const) {
      const paged: string[] = []
      let after: string | undefined
      do {
        const page = await client.scim.groups.list('acme', { ...query, ...(after && { after }), limit: 2 })
        paged.push(...names(page))
        after = page.at(-1)?.id
      } while (after !== undefined)
      expect([query, paged]).toEqual([query, await list(query)])
    }
    const [, crew] = await client.scim.groups.list('acme', { search: 'crew' })
    await client.scim.groups.delete('acme', crew?.id ?? '')
    expect(await list({ search: 'crew', after: crew?.id ?? '' })).toEqual(['Crew two'])
    await expect(list({ order: 'name', after: 'grp_unknown' })).rejects.toMatchObject({ code: 'invalid_value' })
  })

  it('of the same first 200 characters', async () => {
    const long = '🦓'.repeat(201)
    for (const end of ['c', 'a', 'b']) await client.scim.groups.create('acme', { displayName: long + end })
    const [first, ...rest] = await client.scim.groups.list('acme', { search: '🦓' })
    expect([first, ...rest].map((group) => group?.displayName.slice(-1))).toEqual(['c', 'a', 'b'])
    expect(await client.scim.groups.list('acme', { search: '🦓', after: first?.id ?? '' })).toEqual(rest)
  })

  it('among very many', async () => {
    await client.scim.store.write(async (writer) => {
      const values = Array.from({ length: MANY }, (_, i) => `('${String(i).padStart(5, '0')}')`).join(', ')
      await writer.run(
        {
          text: `insert into {groups} (workspace_id, id, display_name, name, version, managed, member_count, created_at, updated_at)
            select w.key, 'grp_many' || column1, 'Many ' || column1, 'many ' || column1, 1, 0, 0, 0, 0
            from {workspaces} w cross join (values ${values}) as v where w.slug = 'acme'`,
        },
        {},
      )
    })
    expect(await list({ search: 'y 05199' })).toEqual(['Many 05199'])
    expect(await list({ search: 'y 05199', order: 'id' })).toEqual(['Many 05199'])
    expect(await list({ search: 'zebra' })).toEqual(['Zebra'])
    expect(await list({ search: 'many 05', limit: 1_000 })).toHaveLength(200)
  })
})

describe('people', () => {
  let client: Client
  beforeEach(async () => {
    client = await openService({ unknownUsers: 'pending' })
    await client.upsert(
      { id: 'usr_a', userName: 'ana@acme.example', displayName: 'Ana Álvarez' },
      { id: 'usr_b', userName: 'ben@acme.example', displayName: 'Ben' },
      { id: 'usr_c', userName: 'cleo@acme.example' },
    )
    await client.patch('/Users/usr_b', [{ op: 'replace', path: 'active', value: false }])
    await client.group('Crew', 'usr_a', 'usr_b', 'usr_x')
  })
  const list = async (query: Parameters<Client['scim']['people']['list']>[1]) =>
    (await client.scim.people.list('acme', query)).map(({ id }) => id)

  it('by state', async () => {
    const pat = await client.pending('pat')
    expect(await list({ state: 'account' })).toEqual(['usr_a', 'usr_b', 'usr_c'])
    expect(await list({ state: 'suspended' })).toEqual(['usr_b'])
    expect(await list({ state: 'pending' })).toEqual([pat])
    expect(await list({})).toEqual([pat, 'usr_a', 'usr_b', 'usr_c'].sort())
    expect(await list({ state: 'pending', after: pat })).toEqual([])
    await expect(list({ state: 'all' as never })).rejects.toMatchObject({ code: 'invalid_value' })
  })

  it('by a part of the userName or of the name that is shown, in any case', async () => {
    expect(await list({ search: 'ÁLV' })).toEqual(['usr_a'])
    expect(await list({ search: 'CLEO@' })).toEqual(['usr_c'])
    expect(await list({ search: 'acme', limit: 2 })).toEqual(['usr_a', 'usr_b'])
    expect(await list({ search: 'acme', after: 'usr_b' })).toEqual(['usr_c'])
    expect(await list({ search: 'ben', state: 'suspended' })).toEqual(['usr_b'])
    expect(await list({ search: 'ana', state: 'suspended' })).toEqual([])
  })

  it('among very many', async () => {
    await client.upsert(
      ...Array.from({ length: MANY }, (_, i) => ({ id: `usr_n${i}`, userName: `n${i}@many.example` })),
    )
    expect(await list({ search: 'n5199@' })).toEqual(['usr_n5199'])
    expect(await list({ search: 'nobody' })).toEqual([])
    expect(await list({ state: 'account', limit: 6_000 })).toHaveLength(MANY + 3)
  })

  it('with all memberships and what each counts for', async () => {
    await client.scim.groups.create('acme', { displayName: 'Admins', members: ['usr_a'] })
    const of = async (person: string) =>
      (await client.scim.people.memberships('acme', person)).map(
        (one) => `${one.displayName} ${one.managed} ${one.state}`,
      )
    expect(await of('usr_a')).toEqual(['Admins false effective', 'Crew true effective'])
    expect(await of('ANA@acme.example')).toEqual(await of('usr_a'))
    expect(await of('usr_b')).toEqual(['Crew true suspended'])
    expect(await of('usr_x')).toEqual(['Crew true unresolved'])
    expect(await of('usr_c')).toEqual([])
    expect(await of('usr_nobody')).toEqual([])
    await client.scim.workspaces.change('acme', { suspended: 'ignore' })
    expect(await of('usr_b')).toEqual(['Crew true effective'])
    const pat = await client.pending('pat@example.com')
    await client.group('Guests', pat)
    expect(await of(pat)).toEqual(['Guests true pending'])
    await client.upsert({ id: 'usr_pat', userName: 'p', emails: [{ value: 'pat@example.com', verified: true }] })
    expect([await of(pat), await of('usr_pat')]).toEqual([['Guests true effective'], ['Guests true effective']])
  })
})

describe('members of a group', () => {
  it('by a part of the userName or of the name that is shown', async () => {
    const client = await openService()
    await client.upsert(
      { id: 'usr_a', userName: 'ana@acme.example', displayName: 'Ana Álvarez' },
      { id: 'usr_b', userName: 'ben@acme.example' },
    )
    const crew = await client.group('Crew', 'usr_a', 'usr_b', 'usr_x')
    const found = async (query: object) => (await client.scim.groups.membersWithStates('acme', crew, query)).members
    expect(await found({})).toEqual([
      { id: 'usr_a', displayName: 'Ana Álvarez', userName: 'ana@acme.example', state: 'effective' },
      { id: 'usr_b', displayName: 'ben@acme.example', userName: 'ben@acme.example', state: 'effective' },
      { id: 'usr_x', displayName: null, userName: null, state: 'unresolved' },
    ])
    expect((await found({ search: 'álv' })).map(({ id }) => id)).toEqual(['usr_a'])
    expect((await found({ search: 'BEN@' })).map(({ id }) => id)).toEqual(['usr_b'])
    expect(await found({ search: 'nobody' })).toEqual([])
  })

  it('in pages, and among very many', async () => {
    const client = await openService()
    const ids = Array.from({ length: MANY }, (_, i) => `usr_n${i}`)
    await client.upsert(...ids.map((id, i) => ({ id, userName: `n${i}@many.example` })))
    const crew = await client.group('Crew', ...ids)
    const { members } = await client.scim.groups.membersWithStates('acme', crew, { search: 'n5199@' })
    expect(members.map(({ id }) => id)).toEqual(['usr_n5199'])
    const paged: string[] = []
    let after: number | undefined
    do {
      const page = await client.scim.groups.membersWithStates('acme', crew, {
        search: '7@',
        limit: 100,
        ...(after !== undefined && { after }),
      })
      paged.push(...page.members.map(({ id }) => id))
      after = page.next
    } while (after !== undefined)
    expect(paged).toEqual(ids.filter((id) => id.endsWith('7')))
  })
})
