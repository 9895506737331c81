import { describe, expect, it } from 'vitest'
import { Client, openService } from '../people/support.ts'

/** A group of a, b and gone; then without them and with c, under another name. */
async function spoiled(): Promise<{ client: Client; crew: string; before: number }> {
  const client = await openService()
  await client.upsert(...['a', 'b', 'c', 'gone'].map((name) => ({ id: `usr_${name}`, userName: name })))
  const crew = await client.group('Crew', 'usr_a', 'usr_b', 'usr_gone')
  const before = client.clock.now
  client.clock.now += 1_000
  await client.put(`/Groups/${crew}`, { displayName: 'Team', members: [{ value: 'usr_a' }, { value: 'usr_c' }] })
  await client.remove('usr_gone')
  client.clock.now += 1_000
  return { client, crew, before }
}

describe('restoring', () => {
  it('shows what it would do, and does it as one change of each kind in the name of the admin', async () => {
    const { client, crew, before } = await spoiled()
    const preview = await client.scim.history.previewRestore('acme', crew, before)
    expect(preview).toMatchObject({
      added: { count: 1, people: [{ id: 'usr_b', displayName: 'b' }] },
      removed: { count: 1, people: [{ id: 'usr_c' }] },
      missing: { count: 1, people: [{ id: 'usr_gone', displayName: null }] },
    })
    const result = await client.scim.history.restore('acme', crew, before, { confirm: preview.key, admin: 'Jo' })
    expect(result).toEqual({ added: 1, removed: 1, version: preview.version + 1 })
    const { body, headers } = await client.get(`/Groups/${crew}`)
    expect([body.displayName, body.members.map(({ value }) => value).sort()]).toEqual(['Team', ['usr_a', 'usr_b']])
    expect(headers.get('etag')).toBe(`W/"${result.version}"`)
    const details = { restored: new Date(before).toISOString() }
    expect((await client.changes()).slice(-2)).toMatchObject([
      { kind: 'members_removed', people: ['usr_c'], actor: 'admin', label: 'Jo', request: null, details },
      { kind: 'members_added', people: ['usr_b'], actor: 'admin', label: 'Jo', request: null, details },
    ])
    expect((await client.scim.groups.find('acme', crew))?.memberCount).toBe(2)
  })

  it.each([
    ['the group changed', (client: Client, crew: string) => client.addMembers(crew, 'usr_x')],
    ['somebody to be added went', (client: Client) => client.remove('usr_b')],
  ])('refuses a preview after which %s, and changes nothing', async (_, act) => {
    const { client, crew, before } = await spoiled()
    const { key } = await client.scim.history.previewRestore('acme', crew, before)
    await act(client, crew)
    const members = await client.members(crew)
    await expect(
      client.scim.history.restore('acme', crew, before, { confirm: key, admin: 'Jo' }),
    ).rejects.toMatchObject({ code: 'preview_outdated' })
    expect(await client.members(crew)).toEqual(members)
  })

  it('says whose push would win, also where the group was released, and of a local group that nobody’s would', async () => {
    const { client, crew } = await spoiled()
    const pushedBy = async (group: string) => {
      const { pushedBy: provider } = await client.scim.history.previewRestore('acme', group, client.clock.now)
      return provider
    }
    const provider = { label: 'Okta', provider: 'okta', createdBy: 'test' } as const
    const { text } = await client.scim.tokens.issue('acme', provider)
    const okta = new Client(client.scim, 'acme', text, client.folder, client.clock)
    expect(await pushedBy(crew)).toBe('other')
    await okta.addMembers(crew, 'usr_b')
    expect(await pushedBy(crew)).toBe('okta')
    await client.scim.groups.release('acme', crew)
    expect(await pushedBy(crew)).toBe('okta')
    const { id: local } = await client.scim.groups.create('acme', { displayName: 'Local', members: ['usr_a'] })
    expect(await pushedBy(local)).toBeNull()
    // A write that changes nothing takes it, too; by whom is told by the token that was used last.
    await okta.put(`/Groups/${local}`, { displayName: 'Local', members: [{ value: 'usr_a' }] })
    expect(await pushedBy(local)).not.toBeNull()
    await client.scim.groups.release('acme', local)
    expect(await pushedBy(local)).not.toBeNull()
  })

  it('refuses a preview of another moment', async () => {
    const { client, crew, before } = await spoiled()
    const { key } = await client.scim.history.previewRestore('acme', crew, before)
    await expect(
      client.scim.history.restore('acme', crew, before - 1, { confirm: key, admin: 'Jo' }),
    ).rejects.toMatchObject({ code: 'preview_outdated' })
  })

  it('leaves a group that is as it was without a change and without a new version', async () => {
    const { client, crew } = await spoiled()
    const version = await client.version(`/Groups/${crew}`)
    const changes = (await client.changes()).length
    const now = client.clock.now
    const { key } = await client.scim.history.previewRestore('acme', crew, now)
    await client.scim.history.restore('acme', crew, now, { confirm: key, admin: 'Jo' })
    expect(await client.version(`/Groups/${crew}`)).toBe(version)
    expect(await client.changes()).toHaveLength(changes)
  })

  it('refuses a group that is gone', async () => {
    const { client, crew, before } = await spoiled()
    await client.delete(`/Groups/${crew}`)
    await expect(client.scim.history.previewRestore('acme', crew, before)).rejects.toMatchObject({
      code: 'group_deleted',
    })
  })
})
