import { describe, expect, it } from 'vitest'
import { Consumer, effectivePairs } from '../host/consumer.ts'
import { Faults } from '../load/faulty.ts'
import { type Client, ENTERPRISE, openService } from '../people/support.ts'
import { STORE } from '../stores.ts'

/** Texts that name the person, and nobody else. */
const NAMES = ['zyxana', 'Zyxana Quorp', 'zq@mail.example', 'Quorp', 'ext-zyx']
const ID = 'usr_p1'

/** Everything that a person can leave a name in. */
async function live(client: Client): Promise<string> {
  const others = Array.from({ length: 1_500 }, (_, index) => ({ id: `usr_o${index}`, userName: `other${index}` }))
  await client.upsert(...others)
  const pending = await client.pending('zq@mail.example', { displayName: 'Zyxana Quorp' })
  const crew = await client.group('Crew', pending)
  const emails = [{ value: 'zq@mail.example', verified: true }]
  await client.upsert({ id: 'usr_p1', userName: 'zyxana', displayName: 'Zyxana Quorp', emails })
  await client.addMembers(crew, 'usr_p1', 'usr_o1')
  await client.put('/Users/usr_p1', {
    externalId: 'ext-zyx',
    name: { givenName: 'Zyxana', familyName: 'Quorp' },
    [ENTERPRISE]: { department: 'D' },
  })
  await client.put('/Users/usr_p1', { active: false })
  await client.get('/Users?filter=userName%20eq%20%22ZYXANA%22')
  await client.get('/Users?filter=name.familyName%20eq%20%22Quorp%22')
  await client.get(`/Groups?filter=members%20eq%20%22usr_p1%22`)
  await client.post('/Users', { userName: 'zyxana' })
  await client.removeMembers(crew, 'usr_p1')
  await client.addMembers(crew, 'usr_p1')
  await client.scim.flush()
  return crew
}

describe('erasing a person', () => {
  it('leaves none of the names in the files of the store, and history with the id alone', async () => {
    const client = await openService({ unknownUsers: 'pending' })
    const crew = await live(client)
    for (const name of NAMES)
      expect({ name, found: (await client.filesWith(name)).length > 0 }).toEqual({ name, found: true })

    const erased = await client.scim.history.erase('acme', 'zyxana', { by: 'Jo' })
    await client.scim.flush()
    expect(erased).toMatchObject({ id: ID, groups: 1 })
    expect(erased.activity).toBeGreaterThan(5)
    for (const name of NAMES) expect({ name, files: await client.filesWith(name) }).toEqual({ name, files: [] })

    const { entries } = await client.scim.history.ofPerson('acme', ID)
    expect(entries.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining([
        'person_removed',
        'members_removed',
        'person_suspended',
        'person_claimed',
        'members_added',
      ]),
    )
    expect(await client.scim.history.explain('acme', ID, crew)).toMatchObject({
      status: 'person_erased',
      person: { id: ID, displayName: null },
      until: { actor: { kind: 'admin', label: 'Jo' } },
    })
    expect(await client.members(crew)).toEqual(['usr_o1'])
    expect((await client.scim.activity.list('acme', { limit: 1_000 })).length).toBeGreaterThan(5)
  }, 60_000)

  // The faults are SQLite's.
  it.runIf(STORE === 'sqlite')(
    'is all or nothing: after a fault in its middle a repeat finds the person and finishes',
    async () => {
      const faults = new Faults()
      const client = await openService({ unknownUsers: 'pending' }, faults.connect)
      const crew = await live(client)
      for (const middle of [/^\s*update scim_activity/, /^\s*delete from scim_memberships/, /^\s*update scim_people/]) {
        faults.fail(middle)
        const stopped = client.scim.history.erase('acme', 'zyxana', { by: 'Jo' })
        await expect(stopped).rejects.toMatchObject({ code: 'store_unavailable' })
        expect(await client.members(crew)).toEqual(['usr_o1', ID])
        const shapes = await client.sql<{ shape: string | null }>(
          `select shape from {activity} where person_id = '${ID}' and method = 'PUT'`,
        )
        expect(shapes.map(({ shape }) => shape === null)).toEqual([false, false])
      }
      expect(await client.scim.history.erase('acme', 'zyxana', { by: 'Jo' })).toMatchObject({ id: ID, groups: 1 })
      for (const name of NAMES) expect({ name, files: await client.filesWith(name) }).toEqual({ name, files: [] })
    },
    60_000,
  )

  it('cleans the files when it is repeated, where it was stopped before that', async () => {
    const client = await openService({ unknownUsers: 'pending' })
    await live(client)
    const { scrub } = client.scim.store
    client.scim.store.scrub = () => Promise.reject(new Error('stopped'))
    await expect(client.scim.history.erase('acme', 'zyxana', { by: 'Jo' })).rejects.toThrow('stopped')
    // Where the server keeps its files, nothing of a deleted row can be read.
    if (STORE === 'sqlite') expect(await client.filesWith('Zyxana Quorp')).not.toEqual([])
    client.scim.store.scrub = scrub
    const again = client.scim.history.erase('acme', 'zyxana', { by: 'Jo' })
    await expect(again).rejects.toMatchObject({ code: 'person_unknown' })
    for (const name of NAMES) expect({ name, files: await client.filesWith(name) }).toEqual({ name, files: [] })
    expect(await client.scim.history.erase('acme', ID, { by: 'Jo' })).toEqual({ id: ID, groups: 0, activity: 0 })
  }, 60_000)

  it('tells the host that the person is in no group any more, by the id that the host knows', async () => {
    const client = await openService()
    await client.upsert({ id: ID, userName: 'zyxana' }, { id: 'usr_o1', userName: 'other' })
    const crew = await client.group('Crew', ID, 'usr_o1')
    const consumer = new Consumer(client.scim, 'acme')
    await consumer.follow()
    expect([...consumer.pairs].sort()).toEqual([`${crew} usr_o1`, `${crew} ${ID}`])
    await client.scim.history.erase('acme', ID, { by: 'Jo' })
    await consumer.follow()
    expect([...consumer.pairs]).toEqual([`${crew} usr_o1`])
    expect([...consumer.pairs]).toEqual(await effectivePairs(client.scim, 'acme'))
  })

  it('gives the id to nobody else, and lets the host bring the person back', async () => {
    const client = await openService({ unknownUsers: 'pending' })
    const crew = await live(client)
    const [former] = await client.sql<{ id: string }>('select id from {person_aliases}')
    await client.scim.history.erase('acme', ID, { by: 'Jo' })
    await client.addMembers(crew, former?.id ?? '')
    expect(await client.members(crew)).toEqual(['usr_o1', ID])
    await client.upsert({ id: ID, userName: 'back' })
    expect(await client.states(crew)).toEqual({ usr_o1: 'effective', [ID]: 'effective' })
  }, 60_000)

  it('leaves no row of somebody whom history does not know', async () => {
    const client = await openService()
    await client.upsert({ id: 'usr_a', userName: 'a-name' })
    expect(await client.scim.history.erase('acme', 'a-name', { by: 'Jo' })).toMatchObject({ id: null, groups: 0 })
    expect(await client.sql('select key from {people}')).toEqual([])
  })

  it('leaves the names of others alone, also where they contain the same letters', async () => {
    const client = await openService()
    await client.upsert({ id: 'usr_ann', userName: 'ann' }, { id: 'usr_anna', userName: 'anna' })
    await client.get('/Users?filter=userName%20eq%20%22anna%22')
    await client.get('/Users?filter=userName%20eq%20%22ann%22')
    await client.scim.history.erase('acme', 'ann', { by: 'Jo' })
    const filters = (await client.scim.activity.list('acme')).map(({ lookup }) => lookup?.filter)
    expect(filters.sort()).toEqual(['userName eq "[erased]"', 'userName eq "anna"'])
    expect((await client.get('/Users/usr_anna')).status).toBe(200)
  })

  it('finds a short name where it stands as a name, and not within other texts', async () => {
    const client = await openService()
    await client.upsert({ id: 'usr_1', userName: 'Bo' }, { id: 'usr_2', userName: 'other', displayName: 'Bo Li' })
    const crew = await client.group('Crew bo', 'usr_1')
    await client.get('/Users?filter=userName%20eq%20%22bo%22')
    await client.post('/Users', { userName: 'BO' })
    await client.patch(`/Groups/${crew}`, [{ op: 'replace', path: 'displayName', value: 'Club bo' }])
    await client.scim.history.erase('acme', 'bo', { by: 'Jo' })
    const [patched, posted, looked] = await client.scim.activity.list('acme')
    expect(patched).toMatchObject({ body: { Operations: [{ value: 'Club bo' }] } })
    expect(posted?.detail).toBe('The userName "[erased]" belongs to [erased] (usr_1).')
    expect(looked?.lookup?.filter).toBe('userName eq "[erased]"')
  })

  it('leaves ids alone that contain a name', async () => {
    const client = await openService()
    await client.upsert({ id: 'usr_ann', userName: 'ann' }, { id: 'usr_bo', userName: 'bo' })
    const crew = await client.group('Crew', 'usr_ann', 'usr_bo')
    await client.get(`/Groups?filter=members%20eq%20%22usr_ann%22`)
    await client.scim.history.erase('acme', 'ann', { by: 'Jo' })
    const [lookup, creation] = await client.scim.activity.list('acme')
    expect(lookup?.lookup?.filter).toBe('members eq "usr_ann"')
    expect(creation).toMatchObject({ groupId: crew, body: { members: [{ value: 'usr_ann' }, { value: 'usr_bo' }] } })
  })

  it('refuses whom it does not know', async () => {
    const client = await openService()
    await expect(client.scim.history.erase('acme', 'nobody', { by: 'Jo' })).rejects.toMatchObject({
      code: 'person_unknown',
    })
  })
})
