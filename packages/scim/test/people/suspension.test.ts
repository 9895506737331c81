import { beforeEach, describe, expect, it } from 'vitest'
import { type Answer, type Client, openService } from './support.ts'

type Form = (client: Client, active: boolean) => Promise<Answer>

const text = (active: boolean) => (active ? 'True' : 'False')
const FORMS: [string, Form][] = [
  ['PUT with a boolean', (client, active) => client.put('/Users/usr_ana', { userName: 'ana', active })],
  ['PUT with a text', (client, active) => client.put('/Users/usr_ana', { active: text(active).toLowerCase() })],
  ['PUT with a value in an array', (client, active) => client.put('/Users/usr_ana', { active: [active] })],
  [
    'Entra',
    (client, active) => client.patch('/Users/usr_ana', [{ op: 'Replace', path: 'active', value: text(active) }]),
  ],
  [
    "Entra's Add",
    (client, active) => client.patch('/Users/usr_ana', [{ op: 'Add', path: 'active', value: text(active) }]),
  ],
  ['Okta', (client, active) => client.patch('/Users/usr_ana', [{ op: 'replace', value: { active } }])],
  [
    'a key in another case',
    (client, active) => client.patch('/Users/usr_ana', [{ op: 'replace', value: { Active: active } }]),
  ],
  [
    'SCIM 1.1',
    (client, active) => client.send('PATCH', '/Users/usr_ana', { schemas: ['urn:scim:schemas:core:1.0'], active }),
  ],
]

describe('active: false', () => {
  let client: Client
  let crew: string
  beforeEach(async () => {
    client = await openService()
    await client.upsert({ id: 'usr_ana', userName: 'ana' }, { id: 'usr_bo', userName: 'bo' })
    crew = await client.group('Crew', 'usr_ana', 'usr_bo')
  })

  it.each(FORMS)('by %s suspends, and active: true resumes', async (_, write) => {
    const before = (await client.get(`/Groups/${crew}`)).body
    for (let time = 0; time < 2; time++)
      expect(await write(client, false)).toMatchObject({ status: 200, body: { active: false } })
    expect(await client.states(crew)).toEqual({ usr_ana: 'suspended', usr_bo: 'effective' })
    // Memberships stay stored and in what the provider reads.
    expect((await client.get(`/Groups/${crew}`)).body).toEqual(before)
    expect((await client.get('/Users/usr_ana')).body.groups.map(({ value }) => value)).toEqual([crew])
    expect(await client.find('active eq false')).toEqual(['usr_ana'])

    for (let time = 0; time < 2; time++)
      expect(await write(client, true)).toMatchObject({ status: 200, body: { active: true } })
    expect(await client.states(crew)).toEqual({ usr_ana: 'effective', usr_bo: 'effective' })
    expect((await client.get(`/Groups/${crew}`)).body).toEqual(before)
    expect(await client.find('active eq false')).toEqual([])
    // Repeated, it is no change.
    expect(await client.story('person_suspended', 'person_resumed')).toEqual([
      'person_suspended usr_ana',
      'person_resumed usr_ana',
    ])
  })

  it('says in the change who did it, and by which request', async () => {
    await client.put('/Users/usr_ana', { active: false })
    const [entry] = await client.scim.activity.list('acme')
    expect((await client.changes('person_suspended'))[0]).toEqual({
      kind: 'person_suspended',
      group: null,
      people: ['usr_ana'],
      actor: 'token',
      label: 'Entra',
      request: entry?.id,
      operation: null,
      count: 1,
      details: null,
    })
  })

  it('is no change when active: true is written to somebody who is active', async () => {
    await client.put('/Users/usr_ana', { active: true })
    expect(await client.story('person_suspended', 'person_resumed')).toEqual([])
  })

  it('suspends memberships that come later, too', async () => {
    await client.put('/Users/usr_ana', { active: false })
    const team = await client.group('Team', 'usr_ana')
    expect(await client.states(team)).toEqual({ usr_ana: 'suspended' })
    expect((await client.scim.people.find('acme', 'usr_ana'))?.suspended).toBe(true)
  })

  it('has no effect where the workspace ignores it', async () => {
    await client.scim.workspaces.change('acme', { suspended: 'ignore' })
    expect((await client.put('/Users/usr_ana', { active: false })).body.active).toBe(false)
    expect(await client.states(crew)).toEqual({ usr_ana: 'effective', usr_bo: 'effective' })
    await client.scim.workspaces.change('acme', { suspended: 'apply' })
    expect(await client.states(crew)).toEqual({ usr_ana: 'suspended', usr_bo: 'effective' })
  })

  it('survives what the host says of the account', async () => {
    await client.put('/Users/usr_ana', { active: false })
    await client.upsert({ id: 'usr_ana', userName: 'ana2', displayName: 'Ana' })
    expect(await client.states(crew)).toEqual({ usr_ana: 'suspended', usr_bo: 'effective' })
    expect(await client.story('person_resumed')).toEqual([])
  })

  it('is over when the person leaves and comes back', async () => {
    await client.put('/Users/usr_ana', { active: false })
    await client.remove('usr_ana')
    await client.upsert({ id: 'usr_ana', userName: 'ana' })
    expect((await client.get('/Users/usr_ana')).body.active).toBe(true)
    expect(await client.states(crew)).toEqual({ usr_ana: 'effective', usr_bo: 'effective' })
  })
})
