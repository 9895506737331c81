import { beforeEach, describe, expect, it } from 'vitest'
import { asFarAs, type Client, ENTERPRISE, openService, PATCH_OP, USER_SCHEMA } from '../people/support.ts'

type Case = [string, readonly unknown[], Record<string, unknown>]

const ENTRA: Case[] = [
  [
    'one operation for each attribute',
    [
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'a@b.example' },
      { op: 'Replace', path: 'name.familyName', value: 'King' },
      { op: 'Add', path: 'externalId', value: 'aking' },
      { op: 'Replace', path: 'active', value: 'False' },
    ],
    {
      emails: [{ value: 'a@b.example', type: 'work', primary: true }],
      name: { familyName: 'King' },
      externalId: 'aking',
      active: false,
    },
  ],
  ['Add active as a text', [{ op: 'Add', path: 'active', value: 'True' }], { active: true }],
  [
    'dotted keys and URN keys without a path',
    [
      {
        op: 'replace',
        value: { displayName: 'A K', 'name.familyName': 'King', [`${ENTERPRISE}:employeeNumber`]: '7' },
      },
    ],
    { displayName: 'A K', name: { familyName: 'King' }, [ENTERPRISE]: { employeeNumber: '7' } },
  ],
  [
    'value paths that create the value',
    [
      { op: 'Add', path: 'addresses[type eq "work"].postalCode', value: '12345' },
      { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '+49 2' },
      { op: 'Add', path: 'roles[primary eq "True"].value', value: 'admin' },
    ],
    {
      addresses: [{ type: 'work', postalCode: '12345' }],
      phoneNumbers: [{ type: 'mobile', value: '+49 2' }],
      roles: [{ primary: true, value: 'admin' }],
    },
  ],
  [
    'a manager as a text',
    [{ op: 'Add', path: `${ENTERPRISE}:manager`, value: 'usr_boss' }],
    { [ENTERPRISE]: { manager: { value: 'usr_boss' } } },
  ],
  [
    'the extension URN of SCIM 1.0',
    [{ op: 'Add', path: 'urn:scim:schemas:extension:enterprise:1.0:department', value: 'Ops' }],
    { [ENTERPRISE]: { department: 'Ops' } },
  ],
]

const OTHERS: Case[] = [
  ["Okta's pathless active", [{ op: 'replace', value: { active: false } }], { active: false }],
  ['a value in an array', [{ op: 'replace', path: 'active', value: [false] }], { active: false }],
  [
    "OneLogin's e-mails as an object",
    [{ op: 'replace', value: { emails: { value: 'o@l.example' } } }],
    { emails: [{ value: 'o@l.example' }] },
  ],
  [
    "JumpCloud's paths with real booleans",
    [
      { op: 'replace', path: 'name.givenName', value: 'Ana' },
      { op: 'replace', path: 'active', value: false },
    ],
    { name: { givenName: 'Ana' }, active: false },
  ],
  ['names in any case', [{ op: 'REPLACE', path: 'DisplayName', value: 'X' }], { displayName: 'X' }],
  [
    'adding to the e-mails of the account',
    [{ op: 'add', path: 'emails', value: [{ value: 'n@x.example', type: 'home' }] }],
    {
      emails: [
        { value: 'ana@example.com', type: 'work', primary: true },
        { value: 'n@x.example', type: 'home' },
      ],
    },
  ],
  [
    'set, removed and set again',
    [
      { op: 'add', path: 'nickName', value: 'A' },
      { op: 'remove', path: 'nickName' },
      { op: 'add', path: 'nickName', value: 'B' },
    ],
    { nickName: 'B' },
  ],
]

describe('PATCH of a user', () => {
  let client: Client
  beforeEach(async () => {
    client = await openService()
    const emails = [{ value: 'ana@example.com', verified: true }]
    await client.upsert({ id: 'usr_ana', userName: 'ana', displayName: 'Ana', emails })
  })

  it.each([...ENTRA, ...OTHERS])('%s', async (_, operations, expected) => {
    const { status, body, headers } = await client.patch('/Users/usr_ana', operations)
    expect(status).toBe(200)
    expect(asFarAs(expected, body)).toEqual(expected)
    const read = await client.get('/Users/usr_ana')
    expect(read.body).toEqual(body)
    expect(read.headers.get('etag')).toBe(headers.get('etag'))
    // Sent again, it changes nothing.
    const again = await client.patch('/Users/usr_ana', operations)
    expect([again.status, again.body]).toEqual([200, body])
  })

  it.each<Case>([
    ['a sub-attribute', [{ op: 'remove', path: 'name.familyName' }], { name: { givenName: 'Ana' } }],
    [
      'every sub-attribute',
      [
        { op: 'remove', path: 'name.familyName' },
        { op: 'remove', path: 'name.givenName' },
      ],
      { name: undefined },
    ],
    ['an attribute', [{ op: 'remove', path: 'nickName' }], { nickName: undefined }],
    ['a value by a filter', [{ op: 'remove', path: 'phoneNumbers[type eq "work"]' }], { phoneNumbers: undefined }],
    [
      'the only attribute of the extension',
      [{ op: 'remove', path: `${ENTERPRISE}:department` }],
      { [ENTERPRISE]: undefined },
    ],
    ['the whole extension', [{ op: 'remove', path: ENTERPRISE }], { [ENTERPRISE]: undefined, schemas: [USER_SCHEMA] }],
    ['by replacing with null', [{ op: 'replace', path: 'nickName', value: null }], { nickName: undefined }],
    ["what lies over the account's name", [{ op: 'remove', path: 'displayName' }], { displayName: 'Ana' }],
  ])('removes %s', async (_, operations, expected) => {
    await client.put('/Users/usr_ana', {
      displayName: 'Over',
      nickName: 'Anni',
      name: { givenName: 'Ana', familyName: 'Müller' },
      phoneNumbers: [{ value: '1', type: 'work' }],
      [ENTERPRISE]: { department: 'Ops' },
    })
    const { status, body } = await client.patch('/Users/usr_ana', operations)
    expect(status).toBe(200)
    expect(asFarAs(expected, body)).toEqual(expected)
    expect((await client.get('/Users/usr_ana')).body).toEqual(body)
  })

  it("does not make the account's e-mails the provider's by removing nothing of them", async () => {
    const before = await client.get('/Users/usr_ana')
    const removed = await client.patch('/Users/usr_ana', [{ op: 'remove', path: 'emails[value eq "x@x.example"]' }])
    expect(removed.body).toEqual(before.body)
    await client.upsert({ id: 'usr_ana', userName: 'ana', emails: [{ value: 'new@example.com' }] })
    expect((await client.get('/Users/usr_ana')).body.emails?.map(({ value }) => value)).toEqual(['new@example.com'])
  })

  it('applies all operations or none', async () => {
    const before = (await client.get('/Users/usr_ana')).body
    const answer = await client.patch('/Users/usr_ana', [
      { op: 'replace', path: 'displayName', value: 'Half' },
      { op: 'replace', path: 'emails[type eq "work" or type eq "home"].display', value: 'x' },
      { op: 'replace', path: 'active', value: 'maybe' },
    ])
    expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidValue'])
    expect(answer.body.detail).toContain('Operation 3')
    expect((await client.get('/Users/usr_ana')).body).toEqual(before)
  })

  it('passes over what is not known, so that active arrives, and says so in the activity', async () => {
    const { status, body } = await client.patch('/Users/usr_ana', [
      { op: 'add', path: 'urn:contoso:2.0:User:badge', value: '7' },
      { op: 'add', path: 'shoeSize', value: '43' },
      { op: 'replace', path: 'active', value: 'False' },
    ])
    expect([status, body.active]).toEqual([200, false])
    const [entry] = await client.scim.activity.list('acme')
    expect(entry?.ignored).toEqual(expect.arrayContaining(['urn:contoso:2.0:User:badge', 'shoeSize']))
    expect(entry?.rules).toContain('string-booleans')
  })

  it('names the rules in the activity that only the record showed the need of', async () => {
    await client.patch('/Users/usr_ana', [{ op: 'Add', path: 'addresses[type eq "work"].locality', value: 'Ulm' }])
    const [entry] = await client.scim.activity.list('acme')
    expect(entry?.rules).toEqual(expect.arrayContaining(['value-path-creates-value', 'operation-name-case']))
    expect(entry).toMatchObject({ status: 200, personId: 'usr_ana', effect: { attributes: ['addresses'] } })
  })

  it.each([
    [[{ op: 'replace', path: 'id', value: 'usr_other' }], 'mutability'],
    [[{ op: 'remove', path: 'userName' }], 'mutability'],
    [[{ op: 'replace', path: 'userName', value: ' ' }], 'invalidValue'],
    [[{ op: 'remove' }], 'noTarget'],
    [[{ op: 'move', path: 'nickName', value: 'x' }], 'invalidSyntax'],
    [[{ op: 'add', path: 'emails[value co "zzz"].display', value: 'x' }], 'noTarget'],
  ])('refuses %j', async (operations, scimType) => {
    const answer = await client.patch('/Users/usr_ana', operations)
    expect([answer.status, answer.body.scimType]).toEqual([400, scimType])
  })

  it('reads a body of SCIM 1.1', async () => {
    const body = { schemas: ['urn:scim:schemas:core:1.0'], active: false, name: { givenName: 'A' } }
    const answer = await client.send('PATCH', '/Users/usr_ana', body)
    expect(answer).toMatchObject({ status: 200, body: { active: false, name: { givenName: 'A' } } })
  })

  it('works with the schema URN in another form, or with none', async () => {
    for (const schemas of [[PATCH_OP.toLowerCase()], ['urn:wrong'], undefined]) {
      const value = String(schemas)
      const body = { schemas, Operations: [{ op: 'replace', path: 'nickName', value }] }
      expect(await client.send('PATCH', '/Users/usr_ana', body)).toMatchObject({
        status: 200,
        body: { nickName: value },
      })
    }
  })
})
