import { beforeEach, describe, expect, it } from 'vitest'
import { type Client, openService } from '../people/support.ts'

describe("the size of a provider's record", () => {
  let client: Client
  beforeEach(async () => {
    client = await openService({ unknownUsers: 'pending' })
    await client.upsert({ id: 'usr_ana', userName: 'ana' })
  })

  it('is 64 KiB at the most', async () => {
    // {"nickName":"…"} is 15 bytes and the text.
    const limit = 64 * 1024
    expect((await client.put('/Users/usr_ana', { nickName: 'x'.repeat(limit - 15) })).status).toBe(200)
    const before = (await client.get('/Users/usr_ana')).body
    const tooLarge = 'y'.repeat(limit - 14)
    const answers = [
      await client.put('/Users/usr_ana', { active: false, nickName: tooLarge }),
      // It counts bytes, not characters.
      await client.put('/Users/usr_ana', { active: false, nickName: 'ü'.repeat(limit / 2) }),
      // What is there already counts too.
      await client.put('/Users/usr_ana', { active: false, title: 'x' }),
      await client.patch('/Users/usr_ana', [{ op: 'add', value: { active: false, title: 'x' } }]),
      await client.post('/Users', { userName: 'bo', nickName: tooLarge }),
    ]
    for (const { status, body } of answers) {
      expect([status, body.scimType]).toEqual([400, 'invalidValue'])
      expect(body.detail).toContain('65536 bytes')
    }
    expect((await client.get('/Users/usr_ana')).body).toEqual(before)
    expect(await client.changes()).toEqual([])
    expect((await client.get('/Users')).body.totalResults).toBe(1)
    expect(await client.scim.activity.list('acme', { failed: true })).toHaveLength(5)
    expect((await client.scim.activity.list('acme', { failed: true }))[0]?.problem).toBe('record_too_large')
  })
})

describe('userName', () => {
  let client: Client
  beforeEach(async () => {
    client = await openService({ unknownUsers: 'pending' })
    await client.upsert(
      { id: 'usr_ana', userName: 'ana', displayName: 'Ana M' },
      { id: 'usr_bo', userName: 'bo', displayName: 'Bo' },
    )
  })

  /** Bo is given a name in every way a provider has. */
  async function attempts(userName: string) {
    return [
      await client.put('/Users/usr_bo', { userName, active: false }),
      await client.patch('/Users/usr_bo', [
        { op: 'replace', path: 'active', value: false },
        { op: 'replace', path: 'userName', value: userName },
      ]),
      await client.post('/Users', { userName }),
    ]
  }

  it.each([
    ['of an account', 'ana', 'Ana M (usr_ana)'],
    ['of an account, in another case', 'ANA', 'Ana M (usr_ana)'],
    ['of a record', 'ana@idp.example', 'Ana M (usr_ana)'],
    ['of an account whose record has another', 'ana', 'Ana M (usr_ana)'],
    ['of a pending person', 'Pam', 'Pam Beesly'],
  ])('%s is refused to others with 409 that names the holder', async (_, userName, holder) => {
    await client.put('/Users/usr_ana', { userName: 'Ana@IdP.example' })
    await client.pending('pam', { displayName: 'Pam Beesly' })
    for (const { status, body } of await attempts(userName)) {
      expect([status, body.scimType]).toEqual([409, 'uniqueness'])
      expect(body.detail).toContain(holder)
      expect(body.detail).toContain(userName)
    }
    expect((await client.get('/Users/usr_bo')).body).toMatchObject({ userName: 'bo', active: true })
    expect(await client.changes()).toEqual([])
  })

  it('may be written to its own resource, in any case and again', async () => {
    // lightdash#15035 answered 409 to its own row.
    for (const userName of ['ana', 'ANA', 'Ana@x.example', 'ana@X.example', 'ana']) {
      expect(await client.put('/Users/usr_ana', { userName })).toMatchObject({ status: 200, body: { userName } })
      const path = [{ op: 'replace', path: 'userName', value: userName }]
      expect(await client.patch('/Users/usr_ana', path)).toMatchObject({ status: 200, body: { userName } })
    }
    expect(await client.find('userName eq "ana"')).toEqual(['usr_ana'])
    expect(await client.find('userName eq "ana@x.example"')).toEqual([])
  })

  it('is free again once its holder has another', async () => {
    await client.put('/Users/usr_ana', { userName: 'first@x.example' })
    await client.put('/Users/usr_ana', { userName: 'second@x.example' })
    expect((await client.put('/Users/usr_bo', { userName: 'first@x.example' })).status).toBe(200)
    await client.delete('/Users/usr_ana')
    expect((await client.put('/Users/usr_bo', { userName: 'second@x.example' })).status).toBe(200)
    // The account's own stays its own.
    expect((await client.put('/Users/usr_bo', { userName: 'ana' })).status).toBe(409)
  })

  it('is unique under parallel writes', async () => {
    await client.upsert({ id: 'usr_cy', userName: 'cy' }, { id: 'usr_di', userName: 'di' })
    const ids = ['usr_ana', 'usr_bo', 'usr_cy', 'usr_di']
    const answers = await Promise.all(ids.map((id) => client.put(`/Users/${id}`, { userName: 'same@x.example' })))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409])
    expect(await client.find('userName eq "same@x.example"')).toHaveLength(1)
  })
})

describe('parallel writes to one record', () => {
  it('lose nothing', async () => {
    const client = await openService()
    await client.upsert({ id: 'usr_ana', userName: 'ana' })
    const names = ['nickName', 'title', 'locale', 'timezone', 'userType', 'displayName', 'externalId', 'name.givenName']
    const writes = names.map((path) => client.patch('/Users/usr_ana', [{ op: 'add', path, value: path }]))
    const puts = ['familyName', 'formatted'].map((sub) => client.put('/Users/usr_ana', { name: { [sub]: sub } }))
    const answers = await Promise.all([...writes, ...puts])
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    expect((await client.get('/Users/usr_ana')).body).toMatchObject({
      ...Object.fromEntries(names.slice(0, -1).map((name) => [name, name])),
      name: { givenName: 'name.givenName', familyName: 'familyName', formatted: 'formatted' },
      meta: { version: 'W/"11"' },
    })
  })
})

describe('externalId', () => {
  it('of people is not unique', async () => {
    const client = await openService({ unknownUsers: 'pending' })
    await client.upsert({ id: 'usr_ana', userName: 'ana' }, { id: 'usr_bo', userName: 'bo' })
    for (const id of ['usr_ana', 'usr_bo'])
      expect((await client.put(`/Users/${id}`, { externalId: '00u1' })).status).toBe(200)
    const pending = await client.pending('cy', { externalId: '00u1' })
    expect((await client.find('externalId eq "00u1"')).sort()).toEqual([pending, 'usr_ana', 'usr_bo'].sort())
  })

  it('is never taken for an id', async () => {
    const client = await openService()
    await client.upsert({ id: 'usr_ana', userName: 'ana' }, { id: 'usr_bo', userName: 'bo' })
    await client.put('/Users/usr_bo', { externalId: 'usr_ana', nickName: 'B' })
    expect((await client.get('/Users/usr_ana')).body.nickName).toBeUndefined()
    expect(await client.find('id eq "usr_ana"')).toEqual(['usr_ana'])
  })
})
