import { describe, expect, it } from 'vitest'
import { addWorkspace, openService } from '../people/support.ts'

describe('the history of a group', () => {
  it('comes in pages, the newest first, with who did it and the people as they are called now', async () => {
    const client = await openService()
    await client.upsert({ id: 'usr_a', userName: 'a', displayName: 'Ana' })
    const crew = await client.group('Crew', 'usr_a', 'usr_x')
    await client.patch(`/Groups/${crew}`, [{ op: 'replace', path: 'displayName', value: 'Team' }])
    await client.removeMembers(crew, 'usr_a')
    await client.upsert({ id: 'usr_a', userName: 'a', displayName: 'Ana Roe' })

    const first = await client.scim.history.ofGroup('acme', 'TEAM', { limit: 3 })
    const rest = await client.scim.history.ofGroup('acme', crew, { limit: 3, after: first.next })
    expect([...first.entries, ...rest.entries].map(({ kind }) => kind)).toEqual([
      'members_removed',
      'group_renamed',
      'members_added',
      'group_created',
    ])
    expect(rest.next).toBeUndefined()
    expect(first.entries[0]).toMatchObject({
      at: client.clock.now,
      actor: { kind: 'token', label: 'Entra' },
      operation: 1,
      people: [{ id: 'usr_a', displayName: 'Ana Roe' }],
      peopleCount: 1,
    })
    expect(first.entries[1]).toMatchObject({ details: { from: 'Crew', to: 'Team' }, people: [], peopleCount: 0 })
    expect(first.entries[2]?.people).toEqual([
      { id: 'usr_a', displayName: 'Ana Roe' },
      { id: 'usr_x', displayName: null },
    ])
    expect((await client.scim.activity.find('acme', first.entries[0]?.request ?? ''))?.method).toBe('PATCH')
  })

  it('names the first of many people, and all of them in pages', async () => {
    const client = await openService()
    const many = Array.from({ length: 25 }, (_, index) => `usr_${String(index).padStart(2, '0')}`)
    await client.group('Crew', ...many)
    const { entries } = await client.scim.history.ofGroup('acme', 'Crew')
    const [{ people, peopleCount, position } = { people: [], peopleCount: 0, position: 0 }] = entries
    expect([people.map(({ id }) => id), peopleCount]).toEqual([many.slice(0, 5), 25])
    const found: string[] = []
    let after: number | undefined
    do {
      const page = await client.scim.history.people('acme', position, { limit: 10, after })
      found.push(...page.people.map(({ id }) => id))
      after = page.next
    } while (after !== undefined)
    expect(found).toEqual(many)
  })

  it('links groups that were created again, by name in any case and by externalId', async () => {
    const client = await openService()
    const create = async (displayName: string, externalId?: string) =>
      (await client.post('/Groups', { displayName, externalId })).body.id
    const byName = await create('CREW')
    await client.delete(`/Groups/${byName}`)
    const byBoth = await create('crew', 'e1')
    await client.delete(`/Groups/${byBoth}`)
    const byExternalId = await create('Other', 'e1')
    await client.delete(`/Groups/${byExternalId}`)
    await client.delete(`/Groups/${await create('Stranger', 'e2')}`)
    const crew = await create('Crew', 'e1')

    const { group, incarnations } = await client.scim.history.ofGroup('acme', 'crew')
    expect(group).toMatchObject({ id: crew, deletedAt: null })
    expect(incarnations.map(({ id, sameName, sameExternalId }) => [id, sameName, sameExternalId])).toEqual([
      [byExternalId, false, true],
      [byBoth, true, true],
      [byName, true, false],
    ])
    const former = await client.scim.history.ofGroup('acme', byName)
    expect(former.group.deletedAt).toBe(client.clock.now)
    expect(former.entries.map(({ kind }) => kind)).toEqual(['group_deleted', 'group_created'])
    expect(former.incarnations.map(({ id }) => id)).toEqual([crew, byBoth])
  })

  it('finds a group that is gone by its name, and refuses one that never was', async () => {
    const client = await openService()
    const ids = [await client.group('Crew')]
    await client.delete(`/Groups/${ids[0]}`)
    ids.push(await client.group('Crew'))
    await client.delete(`/Groups/${ids[1]}`)
    expect((await client.scim.history.ofGroup('acme', 'crew')).group.id).toBe(ids[1])
    await expect(client.scim.history.ofGroup('acme', 'none')).rejects.toMatchObject({ code: 'group_unknown' })
  })

  it("is no other workspace's", async () => {
    const client = await openService()
    const other = await addWorkspace(client, 'other')
    const crew = await client.group('Crew', 'usr_a')
    const { entries } = await client.scim.history.ofGroup('acme', crew)
    const position = entries[0]?.position ?? 0
    await client.delete(`/Groups/${crew}`)
    expect((await other.scim.history.people('other', position)).people).toEqual([])
    for (const name of [crew, 'Crew'])
      await expect(other.scim.history.ofGroup('other', name)).rejects.toMatchObject({ code: 'group_unknown' })
    await expect(other.scim.history.ofPerson('other', 'usr_a')).rejects.toMatchObject({ code: 'person_unknown' })
  })

  it('goes with its workspace', async () => {
    const client = await openService()
    await client.delete(`/Groups/${await client.group('Crew')}`)
    await client.scim.workspaces.remove('acme')
    expect(await client.sql('select * from {former_groups}')).toEqual([])
  })
})

describe('the history of a person', () => {
  it('tells of memberships, suspension, claim and removal, by any id the person has had', async () => {
    const client = await openService({ unknownUsers: 'pending' })
    const pending = await client.pending('p@x.example')
    const crew = await client.group('Crew', pending)
    const emails = [{ value: 'p@x.example', verified: true }]
    await client.upsert({ id: 'usr_p', userName: 'p', displayName: 'Pat', emails })
    await client.put('/Users/usr_p', { active: false })
    await client.removeMembers(crew, 'usr_p')
    const { person, entries, next } = await client.scim.history.ofPerson('acme', pending)
    expect(person).toEqual({ id: 'usr_p', displayName: 'Pat' })
    expect(entries.map(({ kind, group }) => [kind, group?.displayName])).toEqual([
      ['members_removed', 'Crew'],
      ['person_suspended', undefined],
      ['members_resolved', 'Crew'],
      ['person_claimed', undefined],
      ['members_added', 'Crew'],
    ])
    expect(next).toBeUndefined()
    const page = await client.scim.history.ofPerson('acme', 'P', { limit: 2 })
    expect(page.entries).toHaveLength(2)
    const second = await client.scim.history.ofPerson('acme', 'P', { limit: 3, after: page.next })
    expect(second.entries.map(({ position }) => position)).toEqual(entries.slice(2).map(({ position }) => position))
  })
})
