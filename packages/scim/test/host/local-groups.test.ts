import { beforeEach, describe, expect, it } from 'vitest'
import type { Scim } from '../../src/index.ts'
import { type Answer, type Client, openService, wrongCounts } from '../people/support.ts'

const ADMIN = { admin: 'Ada' }

describe('a group of the host and of admins', () => {
  let client: Client
  let groups: Scim['groups']
  beforeEach(async () => {
    client = await openService()
    groups = client.scim.groups
    await client.upsert({ id: 'usr_ana', userName: 'ana' }, { id: 'usr_bo', userName: 'bo' })
  })

  it('is created, renamed, filled, emptied and deleted, and each change says by whom', async () => {
    const { id, managed } = await groups.create('acme', { displayName: 'Crew', members: ['usr_ana'] })
    expect(managed).toBe(false)
    expect(await groups.rename('acme', id, 'Team', ADMIN)).toMatchObject({ displayName: 'Team', version: 2 })
    expect(await groups.add('acme', id, ['usr_bo', 'usr_late'], ADMIN)).toMatchObject({ memberCount: 3, version: 3 })
    expect(await groups.remove('acme', id, ['usr_ana', 'no id'])).toMatchObject({ memberCount: 2, version: 4 })
    expect(await client.states(id)).toEqual({ usr_bo: 'effective', usr_late: 'unresolved' })
    // What is so already is no change.
    expect(await groups.add('acme', id, ['usr_bo'])).toMatchObject({ version: 4 })
    await groups.delete('acme', id, ADMIN)
    expect(await groups.find('acme', id)).toBeUndefined()
    const changes = await client.changes()
    expect(changes.map(({ kind, actor, label }) => `${kind} ${actor} ${label}`)).toEqual([
      'group_created host host application',
      'members_added host host application',
      'group_renamed admin Ada',
      'members_added admin Ada',
      'members_removed host host application',
      'group_deleted admin Ada',
    ])
    expect(await wrongCounts(client)).toEqual([])
  })

  it('keeps names apart, and refuses what is no name, no id or no group', async () => {
    const { id } = await groups.create('acme', { displayName: 'Crew' })
    await expect(groups.create('acme', { displayName: 'CREW' })).rejects.toMatchObject({ code: 'group_name_taken' })
    const other = await groups.create('acme', { displayName: 'Other' })
    await expect(groups.rename('acme', other.id, 'crew')).rejects.toMatchObject({ code: 'group_name_taken' })
    for (const displayName of [' ', 'x'.repeat(1_025), 'a\0b', '\ud800'])
      await expect(groups.create('acme', { displayName })).rejects.toMatchObject({ code: 'invalid_value' })
    await expect(groups.add('acme', id, ['ana'])).rejects.toMatchObject({ code: 'invalid_value' })
    await expect(groups.create('acme', { displayName: 'N', members: [id] })).rejects.toMatchObject({
      code: 'invalid_value',
    })
    await expect(groups.add('acme', 'grp_none', ['usr_ana'])).rejects.toMatchObject({ code: 'group_unknown' })
    expect(await groups.list('acme')).toHaveLength(2)
    expect(await client.changes('members_added')).toEqual([])
  })

  it('refuses unknown people where the workspace does', async () => {
    await client.scim.workspaces.change('acme', { unknownMembers: 'reject' })
    const { id } = await groups.create('acme', { displayName: 'Crew' })
    await expect(groups.add('acme', id, ['usr_ana', 'usr_x'])).rejects.toMatchObject({ code: 'members_unknown' })
    expect(await client.states(id)).toEqual({})
  })

  /** Every local write; none of them may touch a group that is managed. */
  async function expectRefused(id: string): Promise<void> {
    const before = [await groups.find('acme', id), await client.states(id), await client.story()]
    const writes = [
      () => groups.rename('acme', id, 'Mine', ADMIN),
      () => groups.add('acme', id, ['usr_bo']),
      () => groups.remove('acme', id, ['usr_ana'], ADMIN),
      () => groups.delete('acme', id),
    ]
    for (const write of writes) await expect(write()).rejects.toMatchObject({ code: 'group_managed', status: 409 })
    expect([await groups.find('acme', id), await client.states(id), await client.story()]).toEqual(before)
  }

  it('of a provider is refused to host and admins', async () => {
    await expectRefused(await client.group('Crew', 'usr_ana'))
  })

  it.each<[string, (id: string) => Promise<Answer>]>([
    [
      'Okta linking it (PATCH with its name and members)',
      (id) =>
        client.patch(`/Groups/${id}`, [
          { op: 'replace', value: { id, displayName: 'Crew' } },
          { op: 'add', path: 'members', value: [{ value: 'usr_ana' }] },
        ]),
    ],
    [
      'an Okta wizard app linking it (PUT)',
      (id) => client.put(`/Groups/${id}`, { displayName: 'Crew', members: [{ value: 'usr_ana' }] }),
    ],
    [
      'Entra after a match by name (PATCH of externalId)',
      (id) => client.patch(`/Groups/${id}`, [{ op: 'Add', path: 'externalId', value: 'object-1' }]),
    ],
    ['a write that changes nothing', (id) => client.addMembers(id, 'usr_ana')],
  ])('is handed over by %s', async (_name, link) => {
    const { id } = await groups.create('acme', { displayName: 'Crew', members: ['usr_ana'] })
    // Looking is not writing.
    await client.get(`/Groups?filter=${encodeURIComponent('displayName eq "Crew"')}`)
    expect(await groups.find('acme', 'crew')).toMatchObject({ managed: false })
    expect((await link(id)).status).toBeLessThan(300)
    expect(await groups.find('acme', id)).toMatchObject({ managed: true })
    await expectRefused(id)
  })

  it('is not handed over by a request that is refused', async () => {
    const { id } = await groups.create('acme', { displayName: 'Crew' })
    expect((await client.patch(`/Groups/${id}`, [{ op: 'replace', path: 'displayName', value: ' ' }])).status).toBe(400)
    expect((await client.put(`/Groups/${id}`, { displayName: 'C' }, { 'if-match': 'W/"9"' })).status).toBe(412)
    expect(await groups.rename('acme', id, 'Team')).toMatchObject({ managed: false })
  })

  it('is released by an admin, and taken again by the next write of a provider', async () => {
    const id = await client.group('Crew', 'usr_ana')
    const version = await client.version(`/Groups/${id}`)
    expect(await groups.release('acme', id, ADMIN)).toMatchObject({ managed: false })
    // It is no change of the resource.
    expect(await client.version(`/Groups/${id}`)).toBe(version)
    expect(await groups.release('acme', id, ADMIN)).toMatchObject({ managed: false })
    expect(await client.changes('group_released')).toMatchObject([{ group: 'Crew', actor: 'admin', label: 'Ada' }])
    expect(await groups.add('acme', id, ['usr_bo'])).toMatchObject({ memberCount: 2 })
    await client.removeMembers(id, 'usr_ana')
    await expect(groups.add('acme', id, ['usr_ana'])).rejects.toMatchObject({ code: 'group_managed' })
    await expect(groups.release('acme', 'grp_none')).rejects.toMatchObject({ code: 'group_unknown' })
  })
})
