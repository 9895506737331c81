import { describe, expect, test } from 'vitest'
import { ADMIN, openAdmin } from './support.ts'

const PEOPLE = '/workspaces/acme/people'

describe('people', () => {
  test('are added, changed, listed in pages, and removed', async () => {
    const service = await openAdmin()
    const admin = service.as(ADMIN)
    const ana = {
      id: 'usr_ana',
      userName: 'ana@a.example',
      displayName: 'Ana',
      emails: [{ value: 'ana@a.example', verified: true }],
    }
    expect((await admin.post(PEOPLE, ana)).json).toEqual({ ids: ['usr_ana'], added: 1, changed: 0, unchanged: 0 })
    expect((await admin.post(PEOPLE, { ...ana, displayName: 'Ana B' })).json).toMatchObject({ added: 0, changed: 1 })
    const many = [1, 2, 3].map((n) => ({ id: `usr_p${n}`, userName: `p${n}@a.example` }))
    expect((await admin.post(`${PEOPLE}/bulk`, { people: many, atomic: true })).json).toMatchObject({ added: 3 })
    const first = (await admin.get(`${PEOPLE}?limit=3`)).json
    expect(first.items.map(({ id }: { id: string }) => id)).toEqual(['usr_ana', 'usr_p1', 'usr_p2'])
    const second = (await admin.get(`${PEOPLE}?limit=3&after=${first.next}`)).json
    expect(second).toMatchObject({ items: [{ id: 'usr_p3' }], next: null })
    expect((await admin.get(`${PEOPLE}/usr_ana`)).json).toEqual({
      ...{ id: 'usr_ana', state: 'account', suspended: false, userName: 'ana@a.example', displayName: 'Ana B' },
      emails: [{ value: 'ana@a.example', verified: true }],
      account: {
        ...{ userName: 'ana@a.example', displayName: 'Ana B' },
        emails: [{ value: 'ana@a.example', verified: true, primary: true }],
      },
      record: {},
      view: {
        ...{ userName: 'ana@a.example', displayName: 'Ana B', active: true },
        emails: [{ value: 'ana@a.example', type: 'work', primary: true }],
      },
      groups: [],
    })
    expect((await admin.delete(`${PEOPLE}/usr_ana`)).status).toBe(204)
    expect((await admin.get(`${PEOPLE}/usr_ana`)).json.code).toBe('person_unknown')
    expect((await admin.delete(`${PEOPLE}/usr_ana`)).status).toBe(404)
    expect((await service.client.changes('person_removed')).map(({ label }) => label)).toEqual(['Wim'])
  })

  test('are changed in part, by id', async () => {
    const service = await openAdmin({ settings: { unknownUsers: 'pending' } })
    const admin = service.as(ADMIN)
    const emails = [{ value: 'ana@a.example', verified: true }]
    await admin.post(PEOPLE, { id: 'usr_ana', userName: 'ana', displayName: 'Ana', emails })
    const { json } = await admin.patch(`${PEOPLE}/usr_ana`, { userName: 'ana.b' })
    expect(json.account).toMatchObject({ userName: 'ana.b', displayName: 'Ana', emails: [{ value: 'ana@a.example' }] })
    expect((await admin.patch(`${PEOPLE}/usr_ana`, { displayName: null, emails: [] })).json.account).toEqual({
      ...{ userName: 'ana.b', displayName: null, emails: [] },
    })
    expect((await admin.patch(`${PEOPLE}/ana.b`, { userName: 'x' })).json.code).toBe('person_unknown')
    const pending = await service.client.pending('ben@a.example')
    expect((await admin.patch(`${PEOPLE}/${pending}`, { userName: 'ben' })).json.code).toBe('person_pending')
    expect((await admin.get(`${PEOPLE}/${pending}`)).json).toMatchObject({ state: 'pending', account: null })
  })

  test('that cannot be stored are each named, and nobody is', async () => {
    const admin = (await openAdmin()).as(ADMIN)
    const people = [{ userName: 'ana' }, { userName: ' ' }, { id: 'x', userName: 'ben' }, { userName: 'ANA' }]
    const { status, json } = await admin.post(`${PEOPLE}/bulk`, { people })
    expect([status, json.code]).toEqual([400, 'people_refused'])
    expect(json.problems.map(({ path }: { path: string }) => path)).toEqual(['people[1]', 'people[2]', 'people[3]'])
    expect(json.count).toBe(3)
    expect((await admin.get(PEOPLE)).json.items).toEqual([])
    const many = await admin.post(`${PEOPLE}/bulk`, { people: Array.from({ length: 300 }, () => ({ userName: ' ' })) })
    expect([many.json.problems.length, many.json.count]).toEqual([100, 300])
  })

  test('are found by a part of a name and by state', async () => {
    const service = await openAdmin({ settings: { unknownUsers: 'pending' } })
    const admin = service.as(ADMIN)
    await service.client.upsert({ id: 'usr_a', userName: 'ana@a.example' }, { id: 'usr_b', userName: 'ben@a.example' })
    await service.client.pending('anabel@a.example')
    await service.client.patch('/Users/usr_b', [{ op: 'replace', path: 'active', value: false }])
    const names = async (query: string) =>
      (await admin.get(`${PEOPLE}?${query}`)).json.items.map(({ userName }: { userName: string }) => userName).sort()
    expect(await names('search=ANA')).toEqual(['ana@a.example', 'anabel@a.example'])
    expect(await names('search=ana&state=pending')).toEqual(['anabel@a.example'])
    expect(await names('state=suspended')).toEqual(['ben@a.example'])
    expect((await admin.get(`${PEOPLE}?state=gone`)).json.problems).toMatchObject([{ path: 'state' }])
  })

  test('are reconciled in two steps', async () => {
    const service = await openAdmin()
    const admin = service.as(ADMIN)
    await service.client.upsert({ id: 'usr_a', userName: 'ana' }, { id: 'usr_b', userName: 'ben' })
    const people = [{ id: 'usr_a', userName: 'ana', displayName: 'Ana' }, { userName: 'cleo' }]
    const preview = (await admin.post(`${PEOPLE}/reconcile`, { people })).json
    expect(preview).toEqual({
      add: [{ id: null, userName: 'cleo' }],
      change: [{ id: 'usr_a', userName: 'ana' }],
      remove: [{ id: 'usr_b', userName: 'ben' }],
      ...{ unchanged: 0, done: false, key: expect.any(String) },
    })
    expect((await admin.post(`${PEOPLE}/reconcile`, { people, confirm: 'x' })).json.code).toBe('reconcile_outdated')
    expect((await admin.post(`${PEOPLE}/reconcile`, { people, confirm: preview.key })).json.done).toBe(true)
    const names = (await admin.get(PEOPLE)).json.items.map(({ userName }: { userName: string }) => userName).sort()
    expect(names).toEqual(['ana', 'cleo'])
  })

  test('10,000 in one call, with names as long as they may be', async () => {
    const service = await openAdmin()
    const admin = service.as(ADMIN)
    const people = Array.from({ length: 10_000 }, (_, n) => ({
      id: `usr_${n}`,
      userName: `p${n}@${'a'.repeat(900)}.example`,
    }))
    expect((await admin.post(`${PEOPLE}/bulk`, { people })).json).toMatchObject({ added: 10_000 })
    const { json } = await admin.post(`${PEOPLE}/bulk`, { people: [...people, { userName: 'one more' }] })
    expect(json.problems).toMatchObject([{ path: 'people' }])
  })
})

describe('what somebody has access to', () => {
  test('is told: memberships with states, effective groups, history, and why', async () => {
    const service = await openAdmin()
    const admin = service.as(ADMIN)
    await service.client.upsert({ id: 'usr_a', userName: 'ana' })
    const [sales, dev] = [await service.client.group('Sales', 'usr_a'), await service.client.group('Dev', 'usr_a')]
    const person = `${PEOPLE}/usr_a`
    expect((await admin.get(`${person}/memberships`)).json.items).toEqual([
      { id: dev, displayName: 'Dev', externalId: null, managed: true, state: 'effective' },
      { id: sales, displayName: 'Sales', externalId: null, managed: true, state: 'effective' },
    ])
    expect((await admin.get(`${person}/effective`)).json.items).toHaveLength(2)
    await service.client.patch('/Users/usr_a', [{ op: 'replace', path: 'active', value: false }])
    expect((await admin.get(`${person}/effective`)).json.items).toEqual([])
    for (const path of ['effective', 'memberships'])
      expect((await admin.get(`${PEOPLE}/usr_nobody/${path}`)).json.code).toBe('person_unknown')
    const history = (await admin.get(`${person}/history?limit=2`)).json
    expect(history.items.map(({ kind }: { kind: string }) => kind)).toEqual(['person_suspended', 'members_added'])
    const older = (await admin.get(`${person}/history?after=${history.next}`)).json
    expect(older.items.map(({ kind }: { kind: string }) => kind)).toEqual(['members_added'])
    const why = (await admin.get(`${person}/explain?group=Sales`)).json
    expect(why).toMatchObject({ status: 'suspended', member: true, effective: false, group: { id: sales } })
    expect(why.sentence.en).toContain('not effective')
    expect(why.sentence.de).toContain('nicht wirksam')
    expect((await admin.get(`${person}/explain?group=Nothing`)).json.status).toBe('group_unknown')
  })

  test('goes with the person’s names when they are erased', async () => {
    const service = await openAdmin()
    const admin = service.as(ADMIN)
    await service.client.upsert({ id: 'usr_a', userName: 'ana@a.example', displayName: 'Ana' })
    await service.client.group('Sales', 'usr_a')
    expect((await admin.post(`${PEOPLE}/usr_a/erase`)).json).toMatchObject({ id: 'usr_a', groups: 1 })
    expect((await admin.get(`${PEOPLE}/ana@a.example`)).status).toBe(404)
    expect((await admin.post(`${PEOPLE}/ana@a.example/erase`)).json.code).toBe('person_unknown')
  })
})
