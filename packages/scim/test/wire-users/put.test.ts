import { beforeEach, describe, expect, it } from 'vitest'
import { asFarAs, type Client, ENTERPRISE, openService, USER_SCHEMA } from '../people/support.ts'

/** What a provider has written before. */
const WRITTEN = {
  userName: 'ana@idp.example',
  externalId: '00u1',
  displayName: 'Ana M.',
  nickName: 'Anni',
  name: { givenName: 'Ana', familyName: 'Müller' },
  emails: [{ value: 'a@idp.example', type: 'work', primary: true }],
  phoneNumbers: [{ value: '+49 1', type: 'work' }],
  [ENTERPRISE]: { department: 'Ops', employeeNumber: '7' },
}

describe('PUT of a user', () => {
  let client: Client
  beforeEach(async () => {
    client = await openService()
    await client.upsert({ id: 'usr_ana', userName: 'ana', displayName: 'Ana' })
    expect((await client.put('/Users/usr_ana', WRITTEN)).status).toBe(200)
  })

  it('answers 200 with what was written', async () => {
    const { status, headers, body } = await client.get('/Users/usr_ana')
    expect([status, headers.get('etag')]).toEqual([200, 'W/"2"'])
    expect(body).toMatchObject(WRITTEN)
  })

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['absent attributes stay', { nickName: 'A' }, { ...WRITTEN, nickName: 'A' }],
    [
      'absent sub-attributes stay',
      { name: { givenName: 'Anna' } },
      { name: { givenName: 'Anna', familyName: 'Müller' } },
    ],
    [
      'absent attributes of an extension stay',
      { [ENTERPRISE]: { department: 'Dev' } },
      { [ENTERPRISE]: { department: 'Dev', employeeNumber: '7' } },
    ],
    ['null clears', { nickName: null, externalId: null }, { nickName: undefined, externalId: undefined }],
    ['an empty list clears', { phoneNumbers: [] }, { phoneNumbers: undefined }],
    ['null clears a list', { phoneNumbers: null }, { phoneNumbers: undefined }],
    ['null clears a complex attribute', { name: null }, { name: undefined }],
    ['null clears a sub-attribute', { name: { familyName: null } }, { name: { givenName: 'Ana' } }],
    ['null clears every sub-attribute', { name: { familyName: null, givenName: null } }, { name: undefined }],
    [
      "null clears an extension's attribute",
      { [ENTERPRISE]: { department: null } },
      { [ENTERPRISE]: { employeeNumber: '7' } },
    ],
    ['null clears an extension', { [ENTERPRISE]: null }, { [ENTERPRISE]: undefined, schemas: [USER_SCHEMA] }],
    ['a list is replaced', { emails: [{ value: 'b@idp.example' }] }, { emails: [{ value: 'b@idp.example' }] }],
    [
      'an object stands for a list of one',
      { emails: { value: 'c@idp.example' } },
      { emails: [{ value: 'c@idp.example' }] },
    ],
    ['booleans may be texts', { active: 'False' }, { active: false }],
    ['a cleared name shows the account again', { displayName: null }, { displayName: 'Ana' }],
    ['an empty text asserts nothing', { nickName: '' }, { nickName: 'Anni' }],
    [
      "OneLogin's URNs and object of e-mails",
      {
        schemas: ['urn:scim:schemas:core:2.0', 'urn:scim:schemas:extension:enterprise:2.0'],
        userName: 'ana@idp.example',
        emails: { value: 'one@login.example' },
        'urn:scim:schemas:extension:enterprise:2.0': { department: 'Sales' },
      },
      { emails: [{ value: 'one@login.example' }], [ENTERPRISE]: { department: 'Sales', employeeNumber: '7' } },
    ],
  ])('%s', async (_, sent, expected) => {
    const { status, body } = await client.put('/Users/usr_ana', { userName: 'ana@idp.example', ...sent })
    expect(status).toBe(200)
    expect(asFarAs(expected, body)).toEqual(expected)
    // What is read is what was answered.
    expect((await client.get('/Users/usr_ana')).body).toEqual(body)
  })

  it('takes its own representation back without a new version, as Okta echoes it', async () => {
    const { body } = await client.get('/Users/usr_ana')
    const echoed = await client.put('/Users/usr_ana', body)
    expect(echoed.body).toMatchObject(WRITTEN)
    const again = await client.put('/Users/usr_ana', echoed.body)
    expect([again.status, again.body]).toEqual([200, echoed.body])
    // Members in another order are the same value.
    const turned = { emails: [{ primary: true, type: 'work', value: 'a@idp.example' }] }
    expect((await client.put('/Users/usr_ana', turned)).headers.get('etag')).toBe(echoed.headers.get('etag'))
  })

  it.each([
    [{ userName: '' }, 400, 'invalidValue'],
    [{ userName: null }, 400, 'invalidValue'],
    [{ active: null }, 400, 'invalidValue'],
    [{ active: 'perhaps' }, 400, 'invalidValue'],
    [{ id: 'usr_other' }, 400, 'mutability'],
    ['[]', 400, 'invalidSyntax'],
    ['{', 400, 'invalidSyntax'],
  ])('refuses %j and changes nothing', async (body, status, scimType) => {
    const before = (await client.get('/Users/usr_ana')).body
    const sent = typeof body === 'string' ? body : { nickName: 'lost', ...body }
    const answer = await client.put('/Users/usr_ana', sent)
    expect([answer.status, answer.body.scimType]).toEqual([status, scimType])
    expect((await client.get('/Users/usr_ana')).body).toEqual(before)
  })

  it('answers 404 for an id that is unknown', async () => {
    const answer = await client.put('/Users/usr_nobody', { userName: 'x' })
    expect(answer.status).toBe(404)
    expect(answer.body.detail).toContain('usr_nobody')
  })

  it('never changes the account', async () => {
    const before = await client.sql('select user_name, display_name, emails from {people}')
    await client.put('/Users/usr_ana', { userName: 'else', displayName: 'Else', emails: [{ value: 'e@x.example' }] })
    expect(await client.sql('select user_name, display_name, emails from {people}')).toEqual(before)
    expect(await client.scim.people.find('acme', 'usr_ana')).toMatchObject({ state: 'account', userName: 'else' })
  })
})
