import { beforeEach, describe, expect, it } from 'vitest'
import { HOUR, MINUTE } from '../../src/base/clock.ts'
import type { ActivityFilter } from '../../src/index.ts'
import { addWorkspace, type Client } from '../people/support.ts'
import { lookup, openLater } from './support.ts'

describe('activity by filters', () => {
  let client: Client
  let group: string
  beforeEach(async () => {
    client = await openLater()
    await client.upsert({ id: 'usr_ana', userName: 'ana' }, { id: 'usr_ben', userName: 'ben' })
    group = await client.group('Crew', 'usr_ana')
    client.clock.now += HOUR
    await client.patch('/Users/usr_ana', [{ op: 'replace', path: 'nickName', value: 'A' }])
    await client.patch(`/Groups/${group}`, [{ op: 'bad', path: 'members' }])
    client.clock.now += HOUR
    await client.get(lookup('Users', 'userName eq "ben"'))
    await client.get(`/Groups/${group}`)
    await client.delete('/Groups/grp_00000000000000000000000000')
  })

  const told = (entries: readonly { method: string; route: string; status: number }[]) =>
    entries.map(({ method, route, status }) => `${method} ${route} ${status}`)
  const list = async (query: ActivityFilter) => told(await client.scim.activity.list('acme', query))

  it('lists all of it, the newest first', async () => {
    expect(await list({})).toEqual([
      'DELETE /Groups/{id} 404',
      'GET /Groups/{id} 200',
      'GET /Users 200',
      'PATCH /Groups/{id} 400',
      'PATCH /Users/{id} 200',
      'POST /Groups 201',
    ])
  })

  it('by outcome, method, group, person, and any of them together', async () => {
    expect(await list({ outcome: 'failed' })).toEqual(['DELETE /Groups/{id} 404', 'PATCH /Groups/{id} 400'])
    expect(await list({ failed: true })).toEqual(await list({ outcome: 'failed' }))
    expect(await list({ failed: true, outcome: 'ok' })).toEqual([])
    expect(await list({ outcome: 'ok', method: 'get' })).toEqual(['GET /Groups/{id} 200', 'GET /Users 200'])
    expect(await list({ group })).toEqual(['GET /Groups/{id} 200', 'PATCH /Groups/{id} 400', 'POST /Groups 201'])
    expect(await list({ group, outcome: 'failed' })).toEqual(['PATCH /Groups/{id} 400'])
    expect(await list({ group, method: 'GET' })).toEqual(['GET /Groups/{id} 200'])
    expect(await list({ person: 'usr_ana' })).toEqual(['PATCH /Users/{id} 200'])
    expect(await list({ person: 'usr_ben' })).toEqual(['GET /Users 200'])
    expect(await list({ person: 'usr_ana', group })).toEqual([])
    expect(await list({ person: 'usr_nobody' })).toEqual([])
    await expect(list({ outcome: 'bad' as never })).rejects.toMatchObject({ code: 'invalid_value' })
  })

  it('by the time at which requests came', async () => {
    const { now } = client.clock
    expect(await list({ from: now - HOUR })).toHaveLength(5)
    expect(await list({ from: now - HOUR + 1 })).toHaveLength(3)
    expect(await list({ to: now })).toHaveLength(3)
    expect(await list({ to: now - HOUR })).toEqual(['POST /Groups 201'])
    expect(await list({ from: now - HOUR, to: now })).toEqual(['PATCH /Groups/{id} 400', 'PATCH /Users/{id} 200'])
    expect(await list({ from: now - HOUR, to: now, outcome: 'ok' })).toEqual(['PATCH /Users/{id} 200'])
    await expect(list({ from: Number.NaN })).rejects.toMatchObject({ code: 'invalid_value' })
  })

  it('by token, also one that is revoked', async () => {
    const issued = await client.scim.tokens.issue('acme', { label: 'Second', createdBy: 'test' })
    await client.send('GET', '/Users', undefined, { authorization: `Bearer ${issued.text}` })
    await client.scim.tokens.revoke('acme', issued.token.id)
    expect(await list({ token: issued.token.id })).toEqual(['GET /Users 200'])
    const [first] = await client.scim.tokens.list('acme')
    expect(await list({ token: first?.id ?? '' })).toHaveLength(6)
    expect(await list({ token: 'unknown' })).toEqual([])
    const other = await addWorkspace(client, 'other')
    const [foreign] = await other.scim.tokens.list('other')
    expect(await list({ token: foreign?.id ?? '' })).toEqual([])
  })

  it('knows a person by all ids that requests have named', async () => {
    await client.scim.workspaces.change('acme', { unknownUsers: 'pending' })
    const pat = await client.pending('pat@example.com')
    await client.upsert({ id: 'usr_pat', userName: 'pat', emails: [{ value: 'pat@example.com', verified: true }] })
    await client.get(`/Users/${pat}`)
    await client.get('/Users/usr_pat')
    const both = ['GET /Users/{id} 200', 'GET /Users/{id} 200', 'POST /Users 201']
    expect([await list({ person: 'usr_pat' }), await list({ person: pat })]).toEqual([both, both])
  })

  it('pages each of them, and never shows another workspace’s', async () => {
    const other = await addWorkspace(client, 'other')
    await other.group('Crew')
    for (const filter of [{}, { group }, { outcome: 'failed' }, { outcome: 'ok' }, { method: 'PATCH' }] as const) {
      const whole = (await client.scim.activity.list('acme', filter)).map(({ id }) => id)
      const paged: string[] = []
      let before: string | undefined
      do {
        const { entries, next } = await client.scim.activity.page('acme', {
          ...filter,
          ...(before && { before }),
          limit: 1,
        })
        paged.push(...entries.map(({ id }) => id))
        before = next
      } while (before !== undefined)
      expect([filter, paged]).toEqual([filter, whole])
    }
  })

  it('follows them, the oldest first', async () => {
    const follow = async (query: ActivityFilter & { after: string }) =>
      told(await client.scim.activity.after('acme', query))
    expect(await follow({ after: '' })).toEqual((await list({})).reverse())
    expect(await follow({ after: '', outcome: 'failed' })).toEqual((await list({ outcome: 'failed' })).reverse())
    expect(await follow({ after: '', group, method: 'PATCH' })).toEqual(['PATCH /Groups/{id} 400'])
    const [newest] = await client.scim.activity.list('acme')
    client.clock.now += MINUTE
    await client.get('/Groups')
    expect(await follow({ after: newest?.id ?? '' })).toEqual(['GET /Groups 200'])
    expect(await follow({ after: '', from: client.clock.now })).toEqual(['GET /Groups 200'])
    expect(await follow({ after: '', to: client.clock.now - HOUR })).toHaveLength(3)
  })
})

describe('activity of which much is there', () => {
  it('is looked through in windows: a page says where to go on, a list goes on by itself', async () => {
    const client = await openLater()
    await client.get('/Groups')
    await client.scim.flush()
    const [row] = await client.sql<{ workspace_id: number; token_key: number }>(
      'select workspace_id, token_key from {activity}',
    )
    const filler = Array.from({ length: 12_000 }, (_, i) => `(${i})`).join(', ')
    await client.scim.store.write(async (writer) => {
      await writer.run(
        {
          text: `insert into {activity} (workspace_id, id, at, last_at, count, token_key, method, route, status, duration)
            select ${row?.workspace_id}, 'act_7' || (1000000 + column1), 0, 0, 1, ${row?.token_key}, 'PATCH', '/Groups/{id}', 204, 1
            from (values ${filler}) as v`,
        },
        {},
      )
    })
    expect((await client.scim.activity.list('acme', { method: 'GET' })).map(({ route }) => route)).toEqual(['/Groups'])
    const first = await client.scim.activity.page('acme', { method: 'GET' })
    expect([first.entries.length, first.next]).toEqual([0, 'act_71002000'])
    const second = await client.scim.activity.page('acme', { method: 'GET', before: first.next as string })
    expect([second.entries.length, second.next]).toEqual([1, undefined])
    const patches = await client.scim.activity.page('acme', { method: 'PATCH', limit: 7_000 })
    expect(new Set(patches.entries.map(({ id }) => id)).size).toBe(7_000)
    expect(patches.next).toBe(patches.entries.at(-1)?.id)
  })
})
