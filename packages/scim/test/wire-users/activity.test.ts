import { beforeEach, describe, expect, it } from 'vitest'
import { redactPath, shapeOf } from '../../src/scim-api/shape.ts'
import { type Client, ENTERPRISE, openService } from '../people/support.ts'

/** A value in every place of a body; none may be found in its shape. */
const PERSONAL = [
  'ana@secret.example',
  'Ana-Maria',
  'Müllerin',
  '4711471147',
  'Geheimstraße',
  'usr_not an id',
  'Zauber',
]

const BODY = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', 'Zauber'],
  id: 'usr_not an id',
  userName: 'ana@secret.example',
  externalId: 'Ana-Maria',
  active: 'Zauber',
  displayName: 'Ana-Maria',
  name: { familyName: 'Müllerin', value: 'Ana-Maria' },
  emails: [{ value: 'ana@secret.example', type: 'Zauber', $ref: 'Geheimstraße', display: 'Müllerin' }],
  addresses: [{ streetAddress: 'Geheimstraße' }],
  employeeNumber: 4711471147,
  [ENTERPRISE]: { manager: { displayName: 'Müllerin', value: 'Ana-Maria' } },
  'emails[value eq "ana@secret.example"].display': 'Ana-Maria',
  'ana@secret.example': true,
}

const OPERATIONS = [
  { op: 'Zauber', path: 'emails[value eq "ana@secret.example"].display', value: 'Müllerin' },
  { op: 'add', path: 'emails[value eq ana@secret.example]', value: { value: 'ana@secret.example' } },
  { op: 'add', path: 'name[familyName sw "Müllerin" and givenName eq "Ana-Maria"]', value: 4711471147 },
  { op: 'add', path: 'Geheimstraße 12', value: ['Ana-Maria'] },
  { op: 'add', path: 'emails[type eq "ana@secret.example"].value', value: 'Zauber' },
]

describe('the shape of a body about people', () => {
  it.each(PERSONAL)('never holds %s', (text) => {
    expect(shapeOf(BODY, '/Users')).not.toContain(text)
    expect(shapeOf({ Operations: OPERATIONS }, '/Users/{id}')).not.toContain(text)
    expect(shapeOf({ filter: `userName eq "${text}"` }, '/Users/.search')).not.toContain(text)
  })

  it('keeps what was asked for', () => {
    const operations = [
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'ana@secret.example' },
      { op: 'add', path: `${ENTERPRISE}:department`, value: 'Ops' },
      { op: 'replace', value: { active: false, 'name.familyName': 'X' } },
    ]
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp']
    expect(JSON.parse(shapeOf({ schemas, id: 'usr_ana', Operations: operations }, '/Users/{id}') ?? '')).toEqual({
      schemas,
      id: 'usr_ana',
      Operations: [
        { op: 'Replace', path: 'emails[type eq "work"].value', value: '… (18 characters)' },
        { op: 'add', path: `${ENTERPRISE}:department`, value: '… (3 characters)' },
        { op: 'replace', value: { active: false, 'name.familyName': '… (1 characters)' } },
      ],
    })
  })

  it('is at most 16 KiB', () => {
    const attributes = Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`attribute${index}`, 'x']))
    for (const body of [attributes, { Operations: Array.from({ length: 5_000 }, () => OPERATIONS[1] ?? {}) }])
      expect(Buffer.byteLength(shapeOf(body, '/Users/{id}') ?? '')).toBeLessThanOrEqual(16 * 1024)
  })
})

describe('the shape of a body about groups', () => {
  it('names members by id, and not by name', () => {
    const members = [{ value: 'usr_ana', display: 'Ana-Maria', $ref: '/Users/usr_ana', type: 'User' }]
    const path = 'members[value eq "usr_ana"]'
    const body = { displayName: 'Crew', members, Operations: [{ op: 'remove', path }] }
    expect(JSON.parse(shapeOf(body, '/Groups') ?? '')).toEqual({
      displayName: 'Crew',
      members: [{ value: 'usr_ana', display: '… (9 characters)', $ref: '/Users/usr_ana', type: 'User' }],
      Operations: [{ op: 'remove', path }],
    })
  })

  it.each([
    { op: 'replace', path: 'password', value: 'correct-horse' },
    { op: 'add', path: 'urn:x:clientSecret', Value: ['correct-horse'] },
    { op: 'add', path: 'members[display eq "correct-horse"]' },
    { op: 'add', value: { apiToken: 'correct-horse' } },
  ])('holds no secret of %j', (operation) => {
    expect(shapeOf({ Operations: [operation] }, '/Groups/{id}')).not.toContain('correct-horse')
  })
})

describe('a path without its values', () => {
  it.each([
    ['displayName', 'displayName'],
    ['name.familyName', 'name.familyName'],
    ['members[value eq "usr_1" or value eq "usr_2"]', 'members[value eq "usr_1" or value eq "usr_2"]'],
    ['emails[value eq "a \\" b@x" and type eq "home"]', 'emails[value eq … and type eq "home"]'],
    ['emails[ not (value co ana@x) ]', 'emails[ not (value co …) ]'],
    ['ana@example.com', '… (15 characters)'],
    ['roles[primary eq "True"].value', 'roles[primary eq "True"].value'],
  ])('%s', (path, expected) => {
    expect(redactPath(path)).toBe(expected)
  })
})

describe('the activity of people', () => {
  let client: Client
  beforeEach(async () => {
    client = await openService()
    await client.upsert({ id: 'usr_ana', userName: 'ana' })
  })

  it('names unknown extensions and attributes that were dropped, which are stored nowhere', async () => {
    const answer = await client.put('/Users/usr_ana', {
      nickName: 'Anni',
      shoeSize: 'unmistakable-43',
      'urn:contoso:2.0:User': { badge: 'unmistakable-7' },
      name: { nick: 'unmistakable-n' },
      emails: [{ value: 'a@x.example', verified: 'unmistakable-v' }],
      [ENTERPRISE]: { shoeSize: 'unmistakable-43' },
    })
    expect(answer).toMatchObject({ status: 200, body: { nickName: 'Anni', emails: [{ value: 'a@x.example' }] } })
    const [entry] = await client.scim.activity.list('acme')
    expect([...(entry?.ignored ?? [])].sort()).toEqual([
      'emails.verified',
      'name.nick',
      'shoeSize',
      'urn:contoso:2.0:User',
      `${ENTERPRISE}:shoeSize`,
    ])
    expect(JSON.stringify(answer.body)).not.toContain('unmistakable')
    expect(await client.filesWith('unmistakable')).toEqual([])
  })

  it('names a path that was passed over without the values in it', async () => {
    const operation = { op: 'add', path: 'badges[owner eq "unmistakable@x.example"].number', value: 'unmistakable' }
    expect((await client.patch('/Users/usr_ana', [operation])).status).toBe(200)
    const [entry] = await client.scim.activity.list('acme')
    expect(entry?.ignored).toEqual([expect.stringMatching(/^badges\[.*…\]\.number$/)])
    expect(await client.filesWith('unmistakable')).toEqual([])
  })

  it('tells of a write what was written and by whom, in its own transaction', async () => {
    await client.put('/Users/usr_ana', { active: false, nickName: 'Anni' })
    // Nothing has been flushed.
    const [entry] = await client.scim.activity.list('acme')
    expect(entry).toMatchObject({
      method: 'PUT',
      route: '/Users/{id}',
      status: 200,
      token: 'Entra',
      personId: 'usr_ana',
      effect: { attributes: ['active', 'nickName'], suspended: true },
      body: { active: false, nickName: '… (4 characters)' },
    })
    const [change] = await client.changes('person_suspended')
    expect(change).toMatchObject({ actor: 'token', label: 'Entra', request: entry?.id, people: ['usr_ana'] })
  })

  it('tells of a refusal why, with a fix and without an effect', async () => {
    const refused = await client.post('/Users', { userName: 'bo@example.com' })
    const reference = /act_[0-9A-Z]{26}/.exec(JSON.stringify(refused.body))?.[0] ?? ''
    const entry = await client.scim.activity.find('acme', reference)
    expect(entry).toMatchObject({ status: 403, problem: 'user_creation_refused', effect: null })
    expect(entry?.fix).toContain('Invite the person')
  })
})
