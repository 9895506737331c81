import { expect, test } from 'vitest'
import { ADMIN, openAdmin } from './support.ts'

const HOLDS = '/workspaces/acme/holds'

test('what the guard holds is shown, let through and turned away', async () => {
  const service = await openAdmin()
  const { client } = service
  const admin = service.as(ADMIN)
  expect((await admin.patch('/workspaces/acme', { guard: { on: true } })).json.guard).toEqual({ on: true, limit: 20 })
  expect((await admin.patch('/workspaces/acme', { guard: { limit: 1 } })).json.guard).toEqual({ on: true, limit: 1 })
  await client.upsert(...['a', 'b', 'c'].map((name) => ({ id: `usr_${name}`, userName: name })))
  const [sales, dev] = [
    await client.group('Sales', 'usr_a', 'usr_b', 'usr_c'),
    await client.group('Dev', 'usr_a', 'usr_b'),
  ]
  expect((await client.removeMembers(sales, 'usr_a', 'usr_b')).status).toBe(503)
  expect((await client.delete(`/Groups/${dev}`)).status).toBe(503)
  const { items } = (await admin.get(HOLDS)).json
  expect(items).toMatchObject([
    {
      group: { id: dev, displayName: 'Dev' },
      kinds: ['group_deleted'],
      state: 'held',
      losses: 2,
      limit: 1,
      requests: 1,
    },
    { group: { id: sales }, kinds: ['members_removed'], state: 'held', token: 'Entra', until: null, decidedBy: null },
  ])
  expect(items[0].advice).toEqual({ en: expect.stringContaining('Dev'), de: expect.stringContaining('Dev') })
  const first = (await admin.get(`${HOLDS}?limit=1`)).json
  expect((await admin.get(`${HOLDS}?limit=1&after=${first.next}`)).json).toMatchObject({
    ...{ items: [{ id: items[1].id }], next: null },
  })
  const let_ = (await admin.post(`${HOLDS}/${items[1].id}/let-through`)).json
  expect(let_).toMatchObject({ state: 'let_through', admits: 2, until: '2026-02-01T12:00:00.000Z', decidedBy: 'Wim' })
  expect((await client.removeMembers(sales, 'usr_a', 'usr_b')).status).toBe(204)
  expect((await admin.get(HOLDS)).json.items[1]).toMatchObject({ state: 'applied', admits: null, until: null })
  expect((await admin.post(`${HOLDS}/${items[0].id}/turn-away`)).json.state).toBe('turned_away')
  expect((await client.delete(`/Groups/${dev}`)).status).toBe(403)
  expect((await admin.get(`${HOLDS}?state=held`)).json.items).toEqual([])
  expect((await admin.post(`${HOLDS}/hld_none/turn-away`)).json.code).toBe('hold_unknown')
})
