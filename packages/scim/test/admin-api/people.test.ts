import { describe, expect, test } from 'vitest'
import { ADMIN, openAdmin } from './support.ts'

const PEOPLE = '/workspaces/acme/people'

describe('people', () => {
  test('are added, changed, listed in pages, and removed', async () => {
    const admin = (await openAdmin()).as(ADMIN)
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
  })
})
