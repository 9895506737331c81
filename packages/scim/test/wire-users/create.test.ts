import { describe, expect, it } from 'vitest'
import { ENTERPRISE, openService, USER_SCHEMA } from '../people/support.ts'

const NEW = { schemas: [USER_SCHEMA], userName: 'pam@example.com', displayName: 'Pam' }

describe('POST of a user where unknown users are refused', () => {
  it('answers 403 that names person, workspace and what to press in which provider', async () => {
    const client = await openService()
    const { status, headers, body } = await client.post('/Users', NEW)
    expect(status).toBe(403)
    expect(headers.get('content-type')).toBe('application/scim+json')
    expect(body.schemas).toEqual(['urn:ietf:params:scim:api:messages:2.0:Error'])
    for (const part of [
      'pam@example.com',
      'acme Inc.',
      'Invite',
      'Entra: "Provision on demand"',
      'Okta: "Provision User"',
      'OneLogin',
    ])
      expect(body.detail).toContain(part)
    expect((await client.get('/Users')).body.totalResults).toBe(0)
  })

  it.each([
    ["an account's userName", 'ANA'],
    ["a record's userName", 'ana@idp.example'],
    ['the verified e-mail by which the filter finds her', 'Ana@Example.com'],
  ])('answers 409 for %s, so that the provider looks it up', async (_, userName) => {
    const client = await openService()
    await client.upsert({ id: 'usr_ana', userName: 'ana', emails: [{ value: 'ana@example.com', verified: true }] })
    await client.put('/Users/usr_ana', { userName: 'ana@idp.example', displayName: 'Ana' })
    const { status, body } = await client.post('/Users', { userName })
    expect([status, body.scimType]).toEqual([409, 'uniqueness'])
    expect(body.detail).toContain('Ana (usr_ana)')
    // authentik posts first and looks up after a 409: it must find somebody.
    expect(await client.find(`userName eq "${userName}"`)).toEqual(['usr_ana'])
  })

  it('answers 403 for an e-mail that is not verified, or that two people share', async () => {
    const client = await openService()
    const emails = [{ value: 'team@example.com', verified: true }, { value: 'a@example.com' }]
    await client.upsert({ userName: 'ana', emails }, { userName: 'bo', emails: emails.slice(0, 1) })
    for (const userName of ['team@example.com', 'a@example.com'])
      expect((await client.post('/Users', { userName })).status).toBe(403)
  })

  it.each([{}, { userName: '' }, { userName: null }, { userName: {} }])('answers 400 for %j', async (body) => {
    const client = await openService()
    expect(await client.post('/Users', body)).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } })
  })
})

describe('POST of a user where unknown users are pending', () => {
  it('answers 201 with the person that it has made', async () => {
    const client = await openService({ unknownUsers: 'pending' })
    const { status, headers, body } = await client.post('/Users', {
      ...NEW,
      schemas: [USER_SCHEMA, ENTERPRISE],
      externalId: '00u1',
      name: { givenName: 'Pam' },
      emails: [{ value: 'pam@example.com', primary: true }],
      active: 'True',
      groups: [],
      [ENTERPRISE]: { department: 'Office' },
    })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      schemas: [USER_SCHEMA, ENTERPRISE],
      id: expect.stringMatching(/^usr_[0-9A-HJKMNP-TV-Z]{26}$/),
      userName: 'pam@example.com',
      externalId: '00u1',
      name: { givenName: 'Pam' },
      emails: [{ value: 'pam@example.com', primary: true }],
      active: true,
      groups: [],
      [ENTERPRISE]: { department: 'Office' },
    })
    expect(headers.get('location')).toBe(`https://scim.example/api/auth/scim/v2/Users/${body.id}`)
    expect(headers.get('etag')).toBe('W/"1"')
    expect((await client.get(`/Users/${body.id}`)).body).toEqual(body)
    expect(await client.find('userName eq "PAM@example.com"')).toEqual([body.id])
    expect(await client.find('externalId eq "00u1"')).toEqual([body.id])
    expect(await client.scim.people.find('acme', body.id)).toMatchObject({ state: 'pending', emails: [] })
  })

  it('takes a bare userName, and an id of its own only', async () => {
    const client = await openService({ unknownUsers: 'pending' })
    const { status, body } = await client.post('/Users', { userName: 'pam', id: 'usr_mine' })
    expect([status, body.userName]).toEqual([201, 'pam'])
    expect(body.id).not.toBe('usr_mine')
  })

  it('answers 409 for a userName that is there', async () => {
    const client = await openService({ unknownUsers: 'pending' })
    const pam = await client.pending('pam', { displayName: 'Pam' })
    const { status, body } = await client.post('/Users', { userName: 'PAM' })
    expect([status, body.scimType]).toEqual([409, 'uniqueness'])
    expect(body.detail).toContain(`Pam (${pam})`)
    expect((await client.get('/Users')).body.totalResults).toBe(1)
  })

  it('makes one person of parallel requests for one', async () => {
    const client = await openService({ unknownUsers: 'pending' })
    const answers = await Promise.all(['pam', 'Pam', 'PAM'].map((userName) => client.post('/Users', { userName })))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409])
  })

  it('answers 409 for whom a verified e-mail finds, rather than make the same person twice', async () => {
    const client = await openService({ unknownUsers: 'pending' })
    await client.upsert({ id: 'usr_pam', userName: 'pam', emails: [{ value: 'pam@example.com', verified: true }] })
    const { status, body } = await client.post('/Users', NEW)
    expect([status, body.scimType]).toEqual([409, 'uniqueness'])
    expect(body.detail).toContain('usr_pam')
  })

  it('answers with what the query asks for', async () => {
    const client = await openService({ unknownUsers: 'pending' })
    const { body } = await client.post('/Users?attributes=userName', NEW)
    expect(Object.keys(body).sort()).toEqual(['id', 'schemas', 'userName'])
  })

  it('lets PATCH, PUT and GET work as on anybody', async () => {
    const client = await openService({ unknownUsers: 'pending' })
    const pam = await client.pending('pam')
    expect(await client.patch(`/Users/${pam}`, [{ op: 'Replace', path: 'active', value: 'False' }])).toMatchObject({
      status: 200,
      body: { active: false, userName: 'pam' },
    })
    expect(await client.put(`/Users/${pam}`, { userName: 'Pam.B', active: true })).toMatchObject({
      status: 200,
      body: { active: true, userName: 'Pam.B' },
    })
    expect(await client.find('userName eq "pam.b"')).toEqual([pam])
    expect(await client.find('userName eq "pam"')).toEqual([])
    expect(await client.story()).toEqual([`person_suspended ${pam}`, `person_resumed ${pam}`])
  })
})
