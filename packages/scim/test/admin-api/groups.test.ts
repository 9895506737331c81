import { describe, expect, test } from 'vitest'
import { HOUR, MINUTE } from '../../src/base/clock.ts'
import { ADMIN, openAdmin } from './support.ts'

const GROUPS = '/workspaces/acme/groups'

describe('groups', () => {
  test('are made, filled, renamed and deleted, until a provider manages them', async () => {
    const service = await openAdmin()
    const admin = service.as(ADMIN)
    await service.client.upsert({ id: 'usr_a', userName: 'ana' }, { id: 'usr_b', userName: 'ben' })
    const { json: group } = await admin.post(GROUPS, { displayName: 'Sales', members: ['usr_a'] })
    expect(group).toMatchObject({ displayName: 'Sales', managed: false, memberCount: 1, version: 1 })
    const path = `${GROUPS}/${group.id}`
    expect((await admin.get(`${GROUPS}/sales`)).json).toEqual(group)
    const { json: changed } = await admin.post(`${path}/members`, { add: ['usr_b'], remove: ['usr_a', 'usr_b'] })
    expect(changed).toMatchObject({ memberCount: 1, version: 2 })
    expect((await admin.get(`${path}/members`)).json).toEqual({
      items: [{ id: 'usr_b', displayName: 'ben', userName: 'ben', state: 'effective' }],
      next: null,
    })
    expect((await admin.patch(path, { displayName: 'Dev' })).json.displayName).toBe('Dev')
    await service.client.addMembers(group.id, 'usr_a')
    const refused = await admin.patch(path, { displayName: 'Ops' })
    expect([refused.status, refused.json.code]).toEqual([409, 'group_managed'])
    expect(refused.json.fix).toContain('release it first')
    expect((await admin.delete(path)).status).toBe(409)
    expect((await admin.post(`${path}/release`)).json.managed).toBe(false)
    expect((await admin.delete(path)).status).toBe(204)
    expect((await admin.get(path)).json.code).toBe('group_gone')
    expect((await admin.delete(path)).json.code).toBe('group_unknown')
  })

  test('are refused with what is wrong', async () => {
    const admin = (await openAdmin()).as(ADMIN)
    await admin.post(GROUPS, { displayName: 'Sales' })
    const codes = async (body: unknown) => (await admin.post(GROUPS, body)).json.code
    expect(await codes({ displayName: 'SALES' })).toBe('group_name_taken')
    expect(await codes({ displayName: ' ' })).toBe('invalid_value')
    expect(await codes({ displayName: 'A', members: ['ana'] })).toBe('invalid_value')
    expect(await codes({})).toBe('invalid_request')
    const { id } = (await admin.get(`${GROUPS}/Sales`)).json
    expect((await admin.post(`${GROUPS}/${id}/members`, {})).json.code).toBe('invalid_request')
    expect((await admin.post(`${GROUPS}/grp_x/members`, { add: [] })).json.code).toBe('group_unknown')
  })

  test('come in pages in the order of their names, and by a part of them', async () => {
    const admin = (await openAdmin()).as(ADMIN)
    for (const name of ['Sales EU', 'dev', 'Sales US', 'Ops']) await admin.post(GROUPS, { displayName: name })
    const names = ({ items }: { items: { displayName: string }[] }) => items.map(({ displayName }) => displayName)
    const first = (await admin.get(`${GROUPS}?limit=3`)).json
    expect(names(first)).toEqual(['dev', 'Ops', 'Sales EU'])
    const last = (await admin.get(`${GROUPS}?limit=3&after=${first.next}`)).json
    expect([names(last), last.next]).toEqual([['Sales US'], null])
    expect(names((await admin.get(`${GROUPS}?search=sales`)).json)).toEqual(['Sales EU', 'Sales US'])
  })

  test('show their members with states, in pages', async () => {
    const service = await openAdmin({ settings: { unknownUsers: 'pending' } })
    const { client } = service
    const admin = service.as(ADMIN)
    await client.upsert({ id: 'usr_a', userName: 'ana' }, { id: 'usr_s', userName: 'sue' })
    const pending = await client.pending('pia')
    const group = await client.group('Sales', 'usr_a', 'usr_s', pending, 'usr_unknown')
    await client.patch('/Users/usr_s', [{ op: 'replace', path: 'active', value: false }])
    const states: Record<string, string> = {}
    let next: string | null = null
    do {
      const page: { items: { id: string; state: string }[]; next: string | null } = (
        await admin.get(`${GROUPS}/${group}/members?limit=3${next ? `&after=${next}` : ''}`)
      ).json
      for (const { id, state } of page.items) states[id] = state
      next = page.next
    } while (next !== null)
    expect(states).toEqual({ usr_a: 'effective', usr_s: 'suspended', [pending]: 'pending', usr_unknown: 'unresolved' })
    expect((await admin.get(`${GROUPS}/${group}/members?search=SUE`)).json.items).toMatchObject([{ id: 'usr_s' }])
  })

  test('are shown as SCIM answers them', async () => {
    const service = await openAdmin()
    await service.client.upsert({ id: 'usr_a', userName: 'ana' })
    const group = await service.client.group('Sales', 'usr_a', 'usr_unknown')
    const { body, headers } = await service.client.get(`/Groups/${group}`)
    expect((await service.as(ADMIN).get(`${GROUPS}/Sales/scim`)).json).toEqual({
      ...{ resource: body, members: 2, version: headers.get('etag') },
      location: `https://scim.example/api/auth/scim/v2/Groups/${group}`,
    })
  })
})

describe('the history of a group', () => {
  test('tells what happened and who was in it, and brings a moment back', async () => {
    const service = await openAdmin()
    const { client } = service
    const admin = service.as(ADMIN)
    await client.upsert(
      { id: 'usr_a', userName: 'ana' },
      { id: 'usr_b', userName: 'ben' },
      { id: 'usr_c', userName: 'cleo' },
    )
    const group = await client.group('Sales', 'usr_a', 'usr_b')
    const then = new Date(client.clock.now + MINUTE).toISOString()
    client.clock.now += HOUR
    await client.removeMembers(group, 'usr_a', 'usr_b')
    await client.addMembers(group, 'usr_c')
    const path = `${GROUPS}/${group}`
    const history = (await admin.get(`${path}/history`)).json
    expect(history.items.map(({ kind }: { kind: string }) => kind)).toEqual([
      ...['members_added', 'members_removed', 'members_added', 'group_created'],
    ])
    expect(history.group).toMatchObject({ id: group, displayName: 'Sales', deletedAt: null })
    const removal = history.items[1]
    expect(removal).toMatchObject({ peopleCount: 2, actor: { kind: 'token', label: 'Entra' } })
    const people = (await admin.get(`/workspaces/acme/history/${removal.position}/people?limit=1`)).json
    expect(people.items).toHaveLength(1)
    expect(people.next).toEqual(expect.any(String))
    const at = (await admin.get(`${path}/members-at?at=${then}&limit=1`)).json
    expect(at).toMatchObject({ count: 2, items: [{ id: 'usr_a' }], next: expect.any(String) })
    expect((await admin.get(`${path}/members-at?at=${then}&after=${at.next}`)).json).toMatchObject({
      ...{ items: [{ id: 'usr_b' }], next: null },
    })
    await client.remove('usr_b')
    const preview = (await admin.post(`${path}/restore/preview`, { at: then })).json
    expect(preview).toMatchObject({
      added: { count: 1, people: [{ id: 'usr_a' }] },
      removed: { count: 1, people: [{ id: 'usr_c' }] },
      missing: { count: 1, people: [{ id: 'usr_b' }] },
    })
    expect((await admin.post(`${path}/restore`, { at: then, confirm: 'x' })).json.code).toBe('preview_outdated')
    const restored = await admin.post(`${path}/restore`, { at: then, confirm: preview.key })
    expect(restored.json).toMatchObject({ added: 1, removed: 1 })
    expect((await admin.get(`${path}/history?limit=1`)).json.items[0].actor).toEqual({ kind: 'admin', label: 'Wim' })
    expect((await admin.get(`${path}/members-at?at=yesterday`)).json.problems).toMatchObject([{ path: 'at' }])
    await client.delete(`/Groups/${group}`)
    expect((await admin.get(`${path}/history`)).json.group.deletedAt).toEqual(expect.any(String))
    expect((await admin.post(`${path}/restore/preview`, { at: then })).json.code).toBe('group_deleted')
  })
})

describe('changes', () => {
  test('are followed from anywhere to the end', async () => {
    const service = await openAdmin()
    const admin = service.as(ADMIN)
    await service.client.upsert({ id: 'usr_a', userName: 'ana' })
    const group = await service.client.group('Sales', 'usr_a')
    const feed = (await admin.get('/workspaces/acme/changes')).json
    expect(feed.more).toBe(false)
    expect(feed.changes.at(-1)).toMatchObject({
      ...{ kind: 'members_added', at: '2026-01-31T12:00:00.000Z', group: { id: group } },
      memberships: [{ group, person: 'usr_a', effective: true }],
    })
    const end = (await admin.get('/workspaces/acme/changes?after=end')).json
    expect(end).toEqual({ changes: [], position: feed.position, more: false })
    expect((await admin.get(`/workspaces/acme/changes?after=${feed.position}`)).json.changes).toEqual([])
    expect((await admin.get('/workspaces/acme/changes?after=nothing')).json.code).toBe('feed_position_unknown')
    expect((await admin.get('/workspaces/acme/changes?limit=1')).json.more).toBe(true)
  })
})
