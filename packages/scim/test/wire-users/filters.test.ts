import { beforeEach, describe, expect, it } from 'vitest'
import { type Client, openService } from '../people/support.ts'

describe('filters that providers match people by', () => {
  let client: Client
  beforeEach(async () => {
    client = await openService()
    await client.upsert(
      { id: 'usr_ana', userName: 'Ana.Müller@Example.com', emails: [{ value: 'ana@example.com' }] },
      { id: 'usr_bo', userName: 'bo', emails: [{ value: 'Bo@Example.com' }, { value: 'bo@home.example' }] },
      { id: 'usr_cy', userName: 'cy "the\\pen" o\'neil' },
    )
    await client.put('/Users/usr_ana', { externalId: '00uAbC', emails: [{ value: 'a@corp.example', type: 'work' }] })
    await client.put('/Users/usr_bo', { externalId: '00uabc', emails: [{ value: 'b@home.example', type: 'home' }] })
  })

  it.each([
    ['userName eq "Ana.Müller@Example.com"', ['usr_ana']],
    ['userName eq "ANA.MÜLLER@EXAMPLE.COM"', ['usr_ana']],
    // "ü" as "u" and a combining diaeresis: NFC makes one of both.
    ['username EQ "ana.mu\u0308ller@example.com"', ['usr_ana']],
    ['urn:ietf:params:scim:schemas:core:2.0:User:userName eq "bo"', ['usr_bo']],
    // authentik leaves the quotes out.
    ['userName eq bo', ['usr_bo']],
    ['userName eq "cy \\"the\\\\pen\\" o\'neil"', ['usr_cy']],
    ['userName eq "nobody"', []],
    // Entra's connection test.
    ['userName eq "7d420df3-9995-4831-a406-ecf8166f5f6a"', []],
    // externalId is case exact (RFC 7643 §3.1).
    ['externalId eq "00uAbC"', ['usr_ana']],
    ['externalId eq 00uabc', ['usr_bo']],
    ['externalId eq "00UABC"', []],
    ['emails.value eq "A@Corp.example"', ['usr_ana']],
    ['emails eq "a@corp.example"', ['usr_ana']],
    ['emails[value eq "a@corp.example"]', ['usr_ana']],
    ['emails[type eq "work"].value eq "a@corp.example"', ['usr_ana']],
    ['emails[type eq "Work" and value eq "a@corp.example"]', ['usr_ana']],
    ['emails[type eq "work"].value eq "b@home.example"', []],
    // The record's e-mails lie over the account's.
    ['emails.value eq "ana@example.com"', []],
    ['id eq "usr_bo"', ['usr_bo']],
    ['id eq "usr_BO"', []],
    ['userName eq "bo" and externalId eq "00uabc"', ['usr_bo']],
    ['userName eq "bo" or id eq "usr_ana"', ['usr_ana', 'usr_bo']],
    ['not (userName eq "bo")', ['usr_ana', 'usr_cy']],
    ['active eq true and userName sw "ana"', ['usr_ana']],
  ])('%s', async (filter, ids) => {
    expect((await client.find(filter)).sort()).toEqual(ids)
  })

  it('takes + for a space, a trailing & and any order of parameters, as Entra and OneLogin send them', async () => {
    const { status, body } = await client.get('/Users?count=100&filter=userName+eq+%22BO%22&startIndex=1&')
    expect([status, body.totalResults, body.Resources[0]?.id]).toEqual([200, 1, 'usr_bo'])
  })

  it('answers an empty list with 200, by GET and by .search', async () => {
    const found = await client.get('/Users?filter=userName%20eq%20%22nobody%22')
    expect(found).toMatchObject({ status: 200, body: { totalResults: 0, itemsPerPage: 0, Resources: [] } })
    const searched = await client.post('/Users/.search', { filter: 'userName eq "nobody"' })
    expect(searched).toMatchObject({ status: 200, body: { totalResults: 0, Resources: [] } })
    const one = await client.post('/Users/.search', { filter: 'userName eq "BO"', attributes: ['userName'] })
    expect(one.body.Resources).toEqual([{ schemas: expect.any(Array), id: 'usr_bo', userName: 'bo' }])
  })

  it('come in pages, by index and by cursor, in one order', async () => {
    await client.group('Crew', 'usr_aStranger', 'usr_zStranger')
    const page = async (query: string) => (await client.get(`/Users?${query}`)).body
    const ids = ({ Resources }: { Resources: readonly { id: string }[] }) => Resources.map(({ id }) => id)
    expect(ids(await page('count=2'))).toEqual(['usr_ana', 'usr_bo'])
    const second = await page('startIndex=3&count=2')
    expect([second.totalResults, second.startIndex, second.itemsPerPage, ids(second)]).toEqual([3, 3, 1, ['usr_cy']])
    expect(await page('count=0')).toMatchObject({ totalResults: 3, Resources: [] })

    const walked: string[] = []
    let cursor: unknown = ''
    while (typeof cursor === 'string') {
      const next = await page(`cursor=${cursor}&count=1&sortBy=userName&sortOrder=descending&filter=active+eq+true`)
      expect(next.totalResults).toBe(3)
      walked.push(...ids(next))
      cursor = next.nextCursor
    }
    expect(walked).toEqual(['usr_cy', 'usr_bo', 'usr_ana'])
  })

  it('does not list ids that nobody stands behind', async () => {
    await client.group('Crew', 'usr_stranger')
    expect(await client.find('id eq "usr_stranger"')).toEqual([])
    expect((await client.get('/Users')).body.totalResults).toBe(3)
    expect((await client.get('/Users/usr_stranger')).status).toBe(404)
  })
})

describe("the account's own userName and verified e-mails", () => {
  it("find a person by userName eq while nobody's view has that value", async () => {
    const client = await openService()
    await client.upsert({
      id: 'usr_ana',
      userName: 'ana',
      emails: [{ value: 'Ana@Example.com', verified: true }, { value: 'ana@unverified.example' }],
    })
    expect(await client.find('userName eq "ANA@example.com"')).toEqual(['usr_ana'])
    expect(await client.find('userName eq "ana@unverified.example"')).toEqual([])

    await client.put('/Users/usr_ana', { userName: 'ana@idp.example' })
    expect(await client.find('userName eq "ana@idp.example"')).toEqual(['usr_ana'])
    expect(await client.find('userName eq "Ana"')).toEqual(['usr_ana'])
    expect(await client.find('userName eq "ana@example.com"')).toEqual(['usr_ana'])

    await client.upsert({ id: 'usr_bo', userName: 'ana@example.com' })
    expect(await client.find('userName eq "ana@example.com"')).toEqual(['usr_bo'])
  })

  it('are compared by eq alone', async () => {
    const client = await openService()
    await client.upsert({ id: 'usr_ana', userName: 'ana', emails: [{ value: 'a@example.com', verified: true }] })
    expect(await client.find('userName sw "a@"')).toEqual([])
    expect(await client.find('userName ne "a@example.com"')).toEqual(['usr_ana'])
    expect(await client.find('not (userName eq "a@example.com")')).toEqual([])
  })

  it('find nobody by an address that two people share', async () => {
    const client = await openService()
    const emails = [{ value: 'team@example.com', verified: true }]
    await client.upsert({ id: 'usr_ana', userName: 'ana', emails }, { id: 'usr_bo', userName: 'bo', emails })
    expect(await client.find('userName eq "team@example.com"')).toEqual([])
    await client.remove('usr_bo')
    expect(await client.find('userName eq "team@example.com"')).toEqual(['usr_ana'])
  })

  it('stop finding a person once the account has lost them', async () => {
    const client = await openService()
    await client.upsert({ id: 'usr_ana', userName: 'ana', emails: [{ value: 'a@example.com', verified: true }] })
    await client.upsert({ id: 'usr_ana', userName: 'ana2', emails: [{ value: 'a@example.com', verified: false }] })
    expect(await client.find('userName eq "a@example.com"')).toEqual([])
    expect(await client.find('userName eq "ana"')).toEqual([])
    expect(await client.find('userName eq "ana2"')).toEqual(['usr_ana'])
  })
})
