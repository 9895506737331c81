import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Client, ENTERPRISE, openService } from '../people/support.ts'

/** Texts that name the person, and nobody else. */
const NAMES = ['zyxana', 'Zyxana Quorp', 'zq@mail.example', 'usr_zyxana1', 'Quorp', 'ext-zyx']

function filesWith(client: Client, text: string): string[] {
  return readdirSync(client.folder).filter((file) =>
    readFileSync(join(client.folder, file)).toString('latin1').toLowerCase().includes(text.toLowerCase()),
  )
}

/** Everything that a person can leave a name in. */
async function live(client: Client): Promise<string> {
  const others = Array.from({ length: 1_500 }, (_, index) => ({ id: `usr_o${index}`, userName: `other${index}` }))
  await client.upsert(...others)
  const pending = await client.pending('zq@mail.example', { displayName: 'Zyxana Quorp' })
  const crew = await client.group('Crew', pending)
  const emails = [{ value: 'zq@mail.example', verified: true }]
  await client.upsert({ id: 'usr_zyxana1', userName: 'zyxana', displayName: 'Zyxana Quorp', emails })
  await client.addMembers(crew, 'usr_zyxana1', 'usr_o1')
  await client.put('/Users/usr_zyxana1', {
    externalId: 'ext-zyx',
    name: { givenName: 'Zyxana', familyName: 'Quorp' },
    [ENTERPRISE]: { department: 'D' },
  })
  await client.put('/Users/usr_zyxana1', { active: false })
  await client.get('/Users?filter=userName%20eq%20%22ZYXANA%22')
  await client.get('/Users?filter=name.familyName%20eq%20%22Quorp%22')
  await client.get(`/Groups?filter=members%20eq%20%22usr_zyxana1%22`)
  await client.post('/Users', { userName: 'zyxana' })
  await client.removeMembers(crew, 'usr_zyxana1')
  await client.addMembers(crew, 'usr_zyxana1')
  await client.scim.flush()
  return crew
}

describe('erasing a person', () => {
  it('leaves none of the names in the files of the store, and history with a neutral id', async () => {
    const client = await openService({ unknownUsers: 'pending' })
    const crew = await live(client)
    for (const name of NAMES) expect({ name, found: filesWith(client, name).length > 0 }).toEqual({ name, found: true })

    const erased = await client.scim.history.erase('acme', 'zyxana', { by: 'Jo' })
    await client.scim.flush()
    expect(erased).toMatchObject({ id: expect.stringMatching(/^usr_/), groups: 1 })
    expect(erased.activity).toBeGreaterThan(5)
    for (const name of NAMES) expect({ name, files: filesWith(client, name) }).toEqual({ name, files: [] })

    const { entries } = await client.scim.history.ofPerson('acme', erased.id ?? '')
    expect(entries.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining([
        'person_removed',
        'members_removed',
        'person_suspended',
        'person_claimed',
        'members_added',
      ]),
    )
    expect(await client.scim.history.explain('acme', erased.id ?? '', crew)).toMatchObject({
      status: 'person_erased',
      person: { id: erased.id, displayName: null },
      until: { actor: { kind: 'admin', label: 'Jo' } },
      sentence: { en: expect.stringContaining('until the person was erased at') },
    })
    expect(await client.members(crew)).toEqual(['usr_o1'])
    expect((await client.scim.activity.list('acme', { limit: 1_000 })).length).toBeGreaterThan(5)
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

  it('refuses whom it does not know', async () => {
    const client = await openService()
    await expect(client.scim.history.erase('acme', 'nobody', { by: 'Jo' })).rejects.toMatchObject({
      code: 'person_unknown',
    })
  })
})
