import { beforeEach, describe, expect, it } from 'vitest'
import type { HostPerson } from '../../src/provisioning/people/account.ts'
import { type Client, danglingRows, openService } from './support.ts'

describe("the host's upsert of people", () => {
  let client: Client
  beforeEach(async () => {
    client = await openService({ unknownUsers: 'pending' })
  })

  it('adds, updates, and leaves alone what is so already', async () => {
    const ana = {
      id: 'usr_ana',
      userName: 'ana',
      displayName: 'Ana',
      emails: [{ value: 'a@x.example', verified: true }],
    }
    const first = await client.scim.people.upsert('acme', [ana, { userName: 'bo' }])
    expect(first).toMatchObject({ created: 2, updated: 0, unchanged: 0 })
    expect(first.ids[0]).toBe('usr_ana')
    expect(first.ids[1]).toMatch(/^usr_[0-9A-HJKMNP-TV-Z]{26}$/)
    const rows = await client.sql('select * from {people} order by key')
    client.clock.now += 1_000
    const second = await client.scim.people.upsert('acme', [{ userName: 'bo' }, ana])
    expect(second).toEqual({ ids: [first.ids[1], 'usr_ana'], created: 0, updated: 0, unchanged: 2 })
    expect(await client.sql('select * from {people} order by key')).toEqual(rows)
    const third = await client.scim.people.upsert('acme', [{ ...ana, displayName: 'Anna' }, { userName: 'cy' }])
    expect(third).toMatchObject({ created: 1, updated: 1, unchanged: 0 })
    expect((await client.get('/Users/usr_ana')).body).toMatchObject({ displayName: 'Anna', meta: { version: 'W/"2"' } })
    expect(await client.scim.people.upsert('acme', [])).toEqual({ ids: [], created: 0, updated: 0, unchanged: 0 })
  })

  it('knows people without an id by their userName, in any case', async () => {
    const [id] = await client.upsert({ userName: 'Ana@x.example' })
    const again = await client.scim.people.upsert('acme', [{ userName: 'ana@X.example' }])
    expect(again).toEqual({ ids: [id], created: 0, updated: 1, unchanged: 0 })
    expect(await client.find('userName pr')).toEqual([id])
  })

  it('refuses every row that cannot be stored, by number, and stores none', async () => {
    await client.upsert({ id: 'usr_ana', userName: 'ana' }, { id: 'usr_bo', userName: 'bo' })
    const before = await client.sql('select * from {people} order by key')
    const refused = client.upsert(
      { id: 'usr_new', userName: 'new' },
      { id: 'usr_x', userName: 'ANA' },
      { id: 'usr_ana', userName: 'bo' },
    )
    await expect(refused).rejects.toMatchObject({
      name: 'RowsRefused',
      problems: [{ index: 2, reason: 'the userName "bo" belongs to usr_bo' }],
    })
    const both = client.upsert({ id: 'usr_x', userName: 'ANA' }, { userName: 'new' }, { id: 'usr_y', userName: 'Bo' })
    await expect(both).rejects.toMatchObject({
      problems: [
        { index: 0, reason: 'the userName "ANA" belongs to usr_ana' },
        { index: 2, reason: 'the userName "Bo" belongs to usr_bo' },
      ],
    })
    expect(await client.sql('select * from {people} order by key')).toEqual(before)
  })

  it.each<[string, unknown, string]>([
    ['no userName', {}, 'userName is missing'],
    ['a blank userName', { userName: ' \t' }, 'userName is missing'],
    ['a userName that is no text', { userName: 7 }, 'userName is missing'],
    ['a long userName', { userName: 'x'.repeat(1_025) }, '1024'],
    ['a long display name', { userName: 'x', displayName: 'x'.repeat(1_025) }, '1024'],
    ['a display name that is no text', { userName: 'x', displayName: 7 }, 'not a text'],
    ['an ill-formed id', { id: 'ana', userName: 'x' }, '"ana" is no id'],
    ['an id of another kind', { id: 7, userName: 'x' }, '"7" is no id'],
    ['NUL', { userName: 'x\0' }, 'NUL'],
    ['half a character', { userName: 'x', displayName: '\ud800' }, 'half of a character'],
    [
      'half a character in an e-mail',
      { userName: 'x', emails: [{ value: 'a\udc00@x.example' }] },
      'half of a character',
    ],
    ['NUL in an e-mail', { userName: 'x', emails: [{ value: 'a\0@x.example' }] }, 'NUL'],
    ['an e-mail without value', { userName: 'x', emails: [{}] }, 'e-mail'],
    ['an e-mail that is a text', { userName: 'x', emails: ['a@x.example'] }, 'e-mail'],
    ['e-mails that are no list', { userName: 'x', emails: 'a@x.example' }, 'not a list'],
    ['a long e-mail', { userName: 'x', emails: [{ value: `${'x'.repeat(1_024)}@x.example` }] }, '1024'],
    ['nothing', null, 'not an object'],
  ])('refuses a row with %s', async (_, row, reason) => {
    const refused = client.scim.people.upsert('acme', [{ userName: 'fine' }, row as HostPerson])
    await expect(refused).rejects.toMatchObject({ problems: [{ index: 1, reason: expect.stringContaining(reason) }] })
    expect(await client.find('userName pr')).toEqual([])
  })

  it('takes texts that only look dangerous', async () => {
    const userName = "x\\u0000'); drop table people; --"
    const [id] = await client.upsert({ userName, displayName: '%_"\\', emails: null })
    expect((await client.get(`/Users/${id}`)).body).toMatchObject({ userName, displayName: '%_"\\' })
  })

  it('refuses one person in two rows', async () => {
    const sameId = client.upsert({ id: 'usr_ana', userName: 'a' }, { id: 'usr_ana', userName: 'b' })
    await expect(sameId).rejects.toMatchObject({ problems: [{ index: 1, reason: expect.stringContaining('row 1') }] })
    const sameName = client.upsert({ userName: 'a' }, { id: 'usr_b', userName: 'A' })
    await expect(sameName).rejects.toMatchObject({ problems: [{ index: 1, reason: expect.stringContaining('row 1') }] })
  })

  it('takes ten thousand people in one call', async () => {
    const people = Array.from({ length: 10_000 }, (_, index) => ({
      id: `usr_${index}`,
      userName: `person${index}@example.com`,
      emails: [{ value: `person${index}@example.com`, verified: true }],
    }))
    await client.group('Crew', 'usr_0', 'usr_9999')
    expect(await client.scim.people.upsert('acme', people)).toMatchObject({ created: 10_000 })
    expect(await client.scim.people.upsert('acme', people)).toMatchObject({ unchanged: 10_000 })
    expect((await client.get('/Users?count=0')).body.totalResults).toBe(10_000)
    expect(await client.find('userName eq "PERSON9999@example.com"')).toEqual(['usr_9999'])
    // The first and the last of ten pieces.
    expect(await client.changes('members_resolved')).toMatchObject([{ people: ['usr_0'] }, { people: ['usr_9999'] }])
  })
})

describe('userNames of accounts', () => {
  let client: Client
  beforeEach(async () => {
    client = await openService({ unknownUsers: 'pending' })
    await client.upsert({ id: 'usr_ana', userName: 'ana' }, { id: 'usr_bo', userName: 'bo' })
  })

  async function names(): Promise<Record<string, string>> {
    const { body } = await client.get('/Users')
    expect(await danglingRows(client)).toEqual([])
    return Object.fromEntries(body.Resources.map(({ id, userName }) => [id, userName]))
  }

  it('can be swapped in one call', async () => {
    const swapped = [
      { id: 'usr_ana', userName: 'bo' },
      { id: 'usr_bo', userName: 'ana' },
    ]
    expect(await client.scim.people.upsert('acme', swapped)).toMatchObject({ updated: 2 })
    expect(await names()).toEqual({ usr_ana: 'bo', usr_bo: 'ana' })
    expect(await client.find('userName eq "ana"')).toEqual(['usr_bo'])
  })

  it('can be swapped although the provider has written the old ones', async () => {
    await client.put('/Users/usr_ana', { userName: 'ana', nickName: 'A' })
    await client.put('/Users/usr_bo', { userName: 'BO' })
    await client.upsert({ id: 'usr_ana', userName: 'bo' }, { id: 'usr_bo', userName: 'ana' })
    expect(await names()).toEqual({ usr_ana: 'bo', usr_bo: 'ana' })
    expect((await client.get('/Users/usr_ana')).body.nickName).toBe('A')
  })

  it('can go from one to the next in a ring, and to somebody new', async () => {
    await client.upsert(
      { id: 'usr_ana', userName: 'bo' },
      { id: 'usr_bo', userName: 'cy' },
      { id: 'usr_cy', userName: 'ana' },
    )
    expect(await names()).toEqual({ usr_ana: 'bo', usr_bo: 'cy', usr_cy: 'ana' })
    // The old owner is renamed by id; the row without an id is somebody new.
    const { ids } = await client.scim.people.upsert('acme', [{ userName: 'bo' }, { id: 'usr_ana', userName: 'ana2' }])
    expect(await names()).toEqual({ usr_ana: 'ana2', usr_bo: 'cy', usr_cy: 'ana', [ids[0] as string]: 'bo' })
  })

  it("come before those of other people's records", async () => {
    await client.put('/Users/usr_bo', { userName: 'wanted', nickName: 'B' })
    await client.upsert({ id: 'usr_cy', userName: 'Wanted' })
    expect(await names()).toEqual({ usr_ana: 'ana', usr_bo: 'bo', usr_cy: 'Wanted' })
    expect(await client.find('userName eq "wanted"')).toEqual(['usr_cy'])
    expect((await client.get('/Users/usr_bo')).body.nickName).toBe('B')
    expect((await client.put('/Users/usr_bo', { userName: 'wanted' })).status).toBe(409)
  })

  it("leave alone a record's userName that nobody wants", async () => {
    await client.put('/Users/usr_bo', { userName: 'bo@idp.example' })
    await client.upsert({ id: 'usr_bo', userName: 'bo2' }, { id: 'usr_cy', userName: 'bo' })
    expect(await names()).toEqual({ usr_ana: 'ana', usr_bo: 'bo@idp.example', usr_cy: 'bo' })
  })

  it("may become what the person's own record has already", async () => {
    await client.put('/Users/usr_ana', { userName: 'ana@new.example' })
    await client.upsert({ id: 'usr_ana', userName: 'Ana@New.example' })
    expect(await names()).toEqual({ usr_ana: 'ana@new.example', usr_bo: 'bo' })
    expect(await client.find('userName eq "ana"')).toEqual([])
    expect((await client.put('/Users/usr_bo', { userName: 'ana' })).status).toBe(200)
  })

  it('of an unchanged account are no reason to keep a name that another account gets', async () => {
    await client.put('/Users/usr_ana', { userName: 'wanted' })
    const { unchanged } = await client.scim.people.upsert('acme', [
      { id: 'usr_ana', userName: 'ana' },
      { id: 'usr_cy', userName: 'wanted' },
    ])
    expect(unchanged).toBe(1)
    expect(await names()).toEqual({ usr_ana: 'ana', usr_bo: 'bo', usr_cy: 'wanted' })
  })

  it('take the name of a pending person, who is shown by its id until it gets another', async () => {
    const pam = await client.pending('pam', { displayName: 'Pam' })
    const crew = await client.group('Crew', pam)
    // Not verified: it is not known to be the same person.
    await client.upsert({ id: 'usr_pam', userName: 'PAM', emails: [{ value: 'pam' }] })
    expect(await names()).toMatchObject({ [pam]: pam, usr_pam: 'PAM' })
    expect(await client.find('userName eq "pam"')).toEqual(['usr_pam'])
    expect(await client.find(`userName eq "${pam}"`)).toEqual([pam])
    expect(await client.states(crew)).toEqual({ [pam]: 'pending' })
    // Everything else still works on it, and `active` is not lost.
    const patched = await client.patch(`/Users/${pam}`, [{ op: 'replace', path: 'active', value: false }])
    expect(patched).toMatchObject({ status: 200, body: { userName: pam, displayName: 'Pam', active: false } })
    expect((await client.put(`/Users/${pam}`, { nickName: 'P' })).status).toBe(200)
    expect((await client.put(`/Users/${pam}`, { userName: 'pam' })).status).toBe(409)
    expect(await client.put(`/Users/${pam}`, { userName: 'pam2' })).toMatchObject({ body: { userName: 'pam2' } })
    expect((await client.post('/Users', { userName: 'pam2' })).status).toBe(409)
  })

  it('are free again when the person is gone', async () => {
    await client.put('/Users/usr_ana', { userName: 'ana@idp.example' })
    await client.remove('usr_ana')
    await client.upsert({ id: 'usr_new1', userName: 'ana' }, { id: 'usr_new2', userName: 'ana@idp.example' })
    expect(await names()).toEqual({ usr_bo: 'bo', usr_new1: 'ana', usr_new2: 'ana@idp.example' })
  })
})
