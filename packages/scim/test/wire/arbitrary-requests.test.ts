import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ANA, BEN, ERROR_URN, membersOf, referenceIn, STORES, startService } from './support.ts'

const RUN = { seed: Number(process.env.FC_SEED ?? 42), numRuns: 2_000 }

const WORDS = [
  'displayName',
  'externalId',
  'members',
  'members.value',
  `members[value eq "${ANA}"]`,
  'members[display co "a" and not (type pr)]',
  'id',
  'meta',
  'meta.version',
  'schemas',
  'userName',
  'active',
  'emails',
  'emails[type eq "work"].value',
  'name.familyName',
  'password',
  'urn:ietf:params:scim:schemas:core:2.0:Group:displayName',
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department',
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  'Operations',
  'op',
  'path',
  'value',
  'operation',
  'add',
  'Replace',
  'REMOVE',
  'toString',
  'hasOwnProperty',
  ANA,
  BEN,
  'usr_x',
  'grp_01ARZ3NDEKTSV4RRFFQ69G5FAV',
  'displayName pr and (members pr or not (id pr))',
  'ascending',
  'true',
  '0',
  '',
  ' ',
]

const word = fc.constantFrom(...WORDS)
const text = fc.oneof({ weight: 4, arbitrary: word }, fc.string({ unit: 'binary', maxLength: 20 }))
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.constantFrom(null, true, false, 0, -1, 1.5, 1e300),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(word, tie('value'), { maxKeys: 4 }),
  ),
})).value
const operation = fc.record(
  { op: fc.constantFrom('add', 'Add', 'replace', 'remove', 'x'), path: word, value: json },
  { requiredKeys: [] },
)
const body = fc.oneof(
  json,
  fc.record({ Operations: fc.array(operation, { maxLength: 3 }) }),
  fc.record({ displayName: text }),
  fc.record({ displayName: text, externalId: json, members: json }, { requiredKeys: ['displayName'] }),
  fc.record({ userName: text, emails: json, active: json, name: json }, { requiredKeys: ['userName'] }),
  fc.record({ userName: text }),
  fc.record({ filter: text, sortBy: text, count: json, startIndex: json, attributes: json }, { requiredKeys: [] }),
)
const PARAMETERS = [
  'filter',
  'sortBy',
  'sortOrder',
  'count',
  'startIndex',
  'cursor',
  'attributes',
  'excludedAttributes',
]
const query = fc.array(fc.tuple(fc.constantFrom(...PARAMETERS), text), { maxLength: 3 })
const request = fc.record({
  method: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'),
  path: fc.constantFrom(
    '/Groups',
    '/Groups/{a}',
    '/Groups/{b}',
    `/Users/${ANA}`,
    '/Users',
    '/Groups/.search',
    '/Users/.search',
    '/Groups/Users',
    '/Schemas',
    '/Nothing',
  ),
  query,
  body,
  ifMatch: fc.constantFrom(undefined, undefined, '*', 'W/"1"', 'x'),
})

describe.each(STORES)('whatever is sent, on %s', (store) => {
  test('is answered, with a SCIM body, never with a 5xx for data, and what is stored stays readable', async () => {
    await using service = await startService(store, { unknownUsers: 'pending', rateLimit: { perSecond: 0, burst: 0 } })
    const { acme } = service
    const a = await acme.group({ displayName: 'A', members: membersOf(ANA) })
    const b = await acme.group({ displayName: 'B', externalId: 'b' })
    const seen = new Set<number>()
    await fc.assert(
      fc.asyncProperty(request, async ({ method, path, query: parameters, body: sent, ifMatch }) => {
        const search = new URLSearchParams(
          parameters.map(([name, value]): [string, string] => [name, value.toWellFormed()]),
        )
        const target = `${path.replace('{a}', a.id).replace('{b}', b.id)}?${search}`
        const answer = await acme.send(method, target, {
          ...(!['GET', 'HEAD', 'DELETE'].includes(method) && { body: JSON.stringify(sent) }),
          ...(ifMatch !== undefined && { headers: { 'If-Match': ifMatch } }),
        })
        seen.add(answer.status)
        expect(answer.status).toBeLessThan(500)
        if (answer.status >= 400 && method !== 'HEAD') {
          expect(answer.body).toMatchObject({ schemas: [ERROR_URN], status: String(answer.status) })
          expect(referenceIn(answer.body.detail)).not.toBe('')
          expect(answer.text.length).toBeLessThan(2_000)
          expect(answer.text.isWellFormed()).toBe(true)
        }
      }),
      RUN,
    )
    // The requests are not all of one kind.
    for (const status of [200, 201, 204, 400, 404, 405, 409, 412]) expect([...seen]).toContain(status)
    for (const path of ['/Groups', '/Users']) {
      const { body: page } = await acme.get(path)
      for (const { id } of page.Resources) expect((await acme.get(`${path}/${id}`)).status).toBe(200)
    }
    expect((await service.scim.activity.list('acme', { limit: 5_000 })).length).toBeGreaterThan(100)
  })
})
