import { beforeEach, describe, expect, it } from 'vitest'
import { type Client, openService, PATCH_OP } from '../people/support.ts'

const SECRET = 'correct-horse-battery'

/** Every form in which a password has been seen in a body, or could be. */
const BODIES: [string, Record<string, unknown>][] = [
  ['a key', { password: SECRET }],
  ['a key in another case', { PassWord: SECRET }],
  ['a key with the URN', { 'urn:ietf:params:scim:schemas:core:2.0:User:password': SECRET }],
  ['below the URN', { 'urn:ietf:params:scim:schemas:core:2.0:User': { password: SECRET } }],
  ['a dotted key', { 'password.value': SECRET }],
  ['inside another attribute', { name: { givenName: 'Ana', password: SECRET } }],
  ['an object', { password: { value: SECRET } }],
  ['in an unknown extension', { 'urn:contoso:2.0:User': { password: SECRET } }],
]

const OPERATIONS: [string, Record<string, unknown>][] = [
  ['a path', { op: 'replace', path: 'password', value: SECRET }],
  ['a path in another case', { op: 'Add', path: 'Password', value: SECRET }],
  ['a path with the URN', { op: 'add', path: 'urn:ietf:params:scim:schemas:core:2.0:User:password', value: SECRET }],
  ['a path with a slash', { op: 'add', path: '/password', value: SECRET }],
  ['a value path', { op: 'add', path: `password[value eq "${SECRET}"]`, value: SECRET }],
  ['a value without path', { op: 'replace', value: { password: SECRET } }],
  ['a removal with its value', { op: 'remove', path: 'password', value: SECRET }],
  ['an unknown operation', { op: 'set', path: 'password', value: SECRET }],
  ['an operation that is refused', { op: 'replace', value: { password: SECRET, active: 'perhaps' } }],
]

const GROUP = '/Groups/grp_01ARZ3NDEKTSV4RRFFQ69G5FAV'

describe.each(['refuse', 'pending'] as const)('a password, where unknown users are %s', (unknownUsers) => {
  let client: Client
  beforeEach(async () => {
    client = await openService({ unknownUsers })
    await client.upsert({ id: 'usr_ana', userName: 'ana' })
  })

  /** Not in the store's files, not in what is answered, and not in what the library tells. */
  async function expectGone(...answers: { body: unknown }[]): Promise<void> {
    for (const { body } of answers) expect(JSON.stringify(body)).not.toContain(SECRET)
    expect(await client.filesWith(SECRET)).toEqual([])
    expect(JSON.stringify(await client.scim.activity.list('acme'))).not.toContain(SECRET)
    expect(JSON.stringify(await client.scim.people.list('acme'))).not.toContain(SECRET)
    // The files are really those that are written.
    expect(await client.filesWith('marker-nick')).not.toEqual([])
  }

  it.each(BODIES)('as %s leaves no trace of POST and PUT', async (_, attributes) => {
    const created = await client.post('/Users', { userName: 'bo', ...attributes })
    expect(created.status).toBe(unknownUsers === 'pending' ? 201 : 403)
    const put = await client.put('/Users/usr_ana', { nickName: 'marker-nick', ...attributes })
    expect(put).toMatchObject({ status: 200, body: { nickName: 'marker-nick' } })
    const refused = [
      await client.put('/Users/usr_ana', { active: 'perhaps', ...attributes }),
      await client.put('/Users/usr_nobody', { userName: 'x', ...attributes }),
      await client.put('/Users/usr_ana', { nickName: 'x'.repeat(70_000), ...attributes }),
      await client.post('/Users', { userName: 'ana', ...attributes }),
      await client.post('/Users', { ...attributes }),
    ]
    expect(refused.map(({ status }) => status)).toEqual([400, 404, 400, 409, 400])
    await expectGone(created, put, ...refused)
  })

  it.each(OPERATIONS)('as %s leaves no trace of PATCH', async (_, operation) => {
    await client.put('/Users/usr_ana', { nickName: 'marker-nick' })
    const answers = [
      await client.patch('/Users/usr_ana', [operation]),
      await client.patch('/Users/usr_ana', [operation, { op: 'replace', path: 'active', value: 'perhaps' }]),
      await client.patch('/Users/usr_nobody', [operation]),
      await client.send('PATCH', '/Users/usr_ana', { schemas: [PATCH_OP], password: SECRET, Operations: [operation] }),
    ]
    // Somebody mistook the endpoint. (A path that cannot be applied to a group is quoted in the answer.)
    if (!String(operation.path).includes('[')) answers.push(await client.patch(GROUP, [operation]))
    expect((await client.get('/Users/usr_ana')).body).not.toHaveProperty('password')
    await expectGone(...answers.map(({ body }) => ({ body })))
  })

  it('in a body that cannot be read leaves no trace', async () => {
    await client.put('/Users/usr_ana', { nickName: 'marker-nick' })
    const answers = [
      await client.send('PUT', '/Users/usr_ana', `{"password":"${SECRET}",}`),
      await client.send('POST', '/Users', `{"password":"${SECRET}\\u0000"}`),
      await client.send('PATCH', '/Users/usr_ana', `[{"password":"${SECRET}"}]`),
      await client.send('PUT', '/Users', { password: SECRET }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 405])
    await expectGone(...answers)
  })

  it('is named in the activity, and nothing else is lost with it', async () => {
    await client.put('/Users/usr_ana', { nickName: 'marker-nick', password: SECRET })
    const [entry] = await client.scim.activity.list('acme')
    expect(entry?.ignored).toEqual(['password'])
    expect((await client.get('/Users/usr_ana')).body.nickName).toBe('marker-nick')
  })
})
