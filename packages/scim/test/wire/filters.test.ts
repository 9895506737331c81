import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SECOND } from '../../src/base/clock.ts'
import { ANA, BASE, BEN, type Body, CLEO, membersOf, type Service, START, STORES, startService } from './support.ts'

const ENTRA_ID = '8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159'
const ODD = `!@#$%^&*()_+=-{}][":;'/.,?\\1`

/** A case with the beginning of its text as title. */
function titled(filter: string): [string, string] {
  return [filter.slice(0, 60), filter]
}

/** Four groups a second apart: A, B, C and one of an odd name. */
async function start(store: (typeof STORES)[number]): Promise<{ service: Service; ids: Record<string, Body> }> {
  const service = await startService(store)
  const ids: Record<string, Body> = {}
  for (const [key, group] of Object.entries({
    A: { displayName: 'EDU All personal', externalId: ENTRA_ID, members: membersOf(ANA, BEN) },
    B: { displayName: 'APP-Users', members: membersOf(BEN) },
    C: { displayName: 'Ärzte 100%_x', externalId: 'Abc' },
    D: { displayName: ODD },
  })) {
    ids[key] = await service.acme.group(group)
    service.clock.advance(SECOND)
  }
  return { service, ids }
}

describe.each(STORES)('filters on %s (RFC 7644 §3.4.2.2)', (store) => {
  let service: Service
  let groups: Record<string, Body>
  beforeAll(async () => {
    const started = await start(store)
    service = started.service
    groups = started.ids
  })
  afterAll(() => service[Symbol.asyncDispose]())

  const fill = (text: string) => text.replaceAll(/\{(\w)\}/g, (_, key: string) => groups[key]?.id ?? '')
  const keysOf = ({ Resources }: Body) =>
    Resources.map(({ id }) => Object.keys(groups).find((key) => groups[key]?.id === id))
      .sort()
      .join('')

  // Query strings as the providers write them.
  test.each([
    ['Entra, by name', 'excludedAttributes=members&filter=displayName+eq+%22EDU+All+personal%22', 'A'],
    ['Entra, by externalId', `filter=externalId+eq+%22${ENTRA_ID}%22&excludedAttributes=members`, 'A'],
    ['Entra, no hit', 'excludedAttributes=members&filter=displayName+eq+%22Nobody%22', ''],
    ['Entra, odd characters', `filter=displayName+eq+%22${encodeURIComponent(ODD.replace(/["\\]/g, '\\$&'))}%22`, 'D'],
    ['Entra’s documentation, unquoted', `filter=externalId eq ${ENTRA_ID}`, 'A'],
    ['Entra’s reference check, a member', `filter=id eq "{A}" and members eq "${ANA}"`, 'A'],
    ['Entra’s reference check, no member', `filter=id eq "{B}" and members eq "${ANA}"`, ''],
    ['the validator, in another case', `filter=DISPLAYNAME EQ "edu all PERSONAL"`, 'A'],
    ['Okta', 'filter=displayName%20eq%20%22APP-Users%22&startIndex=1&count=100', 'B'],
    ['OneLogin', 'filter=displayName+eq+%22APP-Users%22&', 'B'],
    ['authentik', 'filter=displayName eq "APP-Users"', 'B'],
    ['authentik of old, unquoted', 'filter=displayName eq APP-Users', 'B'],
    ['single quotation marks', `filter=displayName eq 'APP-Users'`, 'B'],
    ['extra blanks', 'filter=++displayName+++eq+++%22APP-Users%22++', 'B'],
  ])('%s', async (_, query, expected) => {
    const { status, body } = await service.acme.get(`/Groups?${encodeURI(fill(query)).replaceAll('%25', '%')}`)
    expect([status, keysOf(body), body.totalResults]).toEqual([200, expected, expected.length])
    if (query.includes('excludedAttributes')) for (const group of body.Resources) expect(group.members).toBeUndefined()
  })

  const at = (seconds: number) => new Date(START + seconds * SECOND).toISOString()

  test.each([
    // Every operator.
    ['displayName eq "app-users"', 'B'],
    ['displayName ne "app-users"', 'ACD'],
    ['displayName co "ALL"', 'A'],
    ['displayName sw "edu "', 'A'],
    ['displayName ew "USERS"', 'B'],
    ['displayName gt "b"', 'AC'],
    ['displayName ge "edu all personal"', 'AC'],
    ['displayName lt "app-users"', 'D'],
    ['displayName le "app-users"', 'BD'],
    ['externalId pr', 'AC'],
    ['not (externalId pr)', 'BD'],
    // Wildcards of SQL are characters.
    ['displayName co "%"', 'CD'],
    ['displayName co "_x"', 'C'],
    ['displayName co "0%_X"', 'C'],
    ['displayName sw "%"', ''],
    ['displayName ew "\\\\1"', 'D'],
    ['displayName co "\\""', 'D'],
    // Folding.
    ['displayName sw "äRZ"', 'C'],
    ['displayName sw "a\u0308rz"', 'C'],
    ['externalId eq "abc"', ''],
    ['externalId eq "Abc"', 'C'],
    ['externalId sw "A"', 'C'],
    ['id eq "{A}"', 'A'],
    // An internal id is nobody's externalId.
    ['externalId eq "{A}"', ''],
    ['id eq "Abc"', ''],
    // Members.
    [`members eq "${ANA}"`, 'A'],
    [`members.value eq "${BEN}"`, 'AB'],
    [`members[value eq "${BEN}"]`, 'AB'],
    [`members[value eq "${CLEO}"]`, ''],
    [`members[value eq "${BEN}" and display sw "ben"]`, 'AB'],
    [`members[value eq "${BEN}" and display sw "ana"]`, ''],
    [`members[type eq "user"]`, 'AB'],
    [`members.display co "\\"bo\\""`, 'AB'],
    [`members.$ref eq "${BASE}/Users/${ANA}"`, 'A'],
    ['members pr', 'AB'],
    ['not (members pr)', 'CD'],
    [`members ne "${BEN}"`, 'ACD'],
    // The meta attributes.
    [`meta.lastModified gt "${at(1)}"`, 'CD'],
    [`meta.created le "${at(1)}"`, 'AB'],
    ['meta.created ge "2026-01-31T13:00:02+01:00"', 'CD'],
    ['meta.version eq "W/\\"1\\""', 'ABCD'],
    ['meta.resourceType eq "Group"', 'ABCD'],
    [`meta.location eq "${BASE}/Groups/{C}"`, 'C'],
    ['schemas eq "urn:ietf:params:scim:schemas:core:2.0:Group"', 'ABCD'],
    // Names: any case, with the schema's URN.
    ['urn:ietf:params:scim:schemas:core:2.0:Group:displayName eq "APP-Users"', 'B'],
    ['URN:IETF:PARAMS:SCIM:SCHEMAS:CORE:2.0:GROUP:MEMBERS.VALUE eq "usr_ana"', 'A'],
    // Precedence: not, then and, then or.
    ['displayName sw "app" or displayName sw "edu" and externalId eq "x"', 'B'],
    ['(displayName sw "app" or displayName sw "edu") and externalId pr', 'A'],
    ['not (displayName sw "app") and not (externalId pr)', 'D'],
    ['NOT (displayName PR)', ''],
    ['displayName eq null', ''],
    ['externalId eq null', 'BD'],
    ['displayName eq "null"', ''],
    ['displayName eq ""', ''],
    ['displayName co ""', 'ABCD'],
  ])('%s finds %s', async (filter, expected) => {
    const url = `/Groups?filter=${encodeURIComponent(fill(filter))}`
    for (const answer of [
      await service.acme.get(url),
      await service.acme.get(`${url}&cursor&sortBy=displayName`),
      await service.acme.get(`${url}&attributes=id`),
      await service.acme.post('/Groups/.search', { filter: fill(filter) }),
    ]) {
      expect(answer.status).toBe(200)
      expect([keysOf(answer.body), answer.body.totalResults]).toEqual([expected, expected.length])
    }
    expect((await service.acme.get(`${url}&count=0`)).body.totalResults).toBe(expected.length)
  })

  const deep = (depth: number) => `${'('.repeat(depth)}displayName pr${')'.repeat(depth)}`
  const many = (count: number, joint = 'or') => Array(count).fill('id eq "x"').join(` ${joint} `)

  test.each(
    [
      'displayName',
      'displayName eq',
      'eq "x"',
      'displayName xx "x"',
      'displayName eq "x',
      'displayName eq "x" and',
      'displayName eq "x" "y"',
      'displayName eq APP Users',
      '(displayName eq "x"',
      'displayName eq "x")',
      'not displayName pr',
      'nothing eq "x"',
      'description pr',
      'userName eq "x"',
      'members.nothing eq "x"',
      'members[value eq "x"',
      'members[members.value eq "x"]',
      'members[value[value eq "x"]]',
      'displayName[value eq "x"]',
      'schemas[value eq "x"]',
      'displayName.value eq "x"',
      'meta eq "x"',
      'meta.created co "2026"',
      'meta.created gt "yesterday"',
      'displayName gt null',
      '__proto__ pr',
      'constructor.name eq "x"',
      'displayName eq "\\x"',
      'displayName eq "\u0000"',
      'displayName eq "\\u0000"',
      'displayName eq "\\ud800"',
      '()',
      '"displayName" eq "x"',
      'displayName eq \'x"',
      '1 eq 1; drop table scim_groups; --',
      "displayName eq 'x' or 1=1",
      deep(33),
      '('.repeat(3_000),
      `${'not ('.repeat(500)}displayName pr${')'.repeat(500)}`,
      many(257),
      `displayName eq "${'x'.repeat(4_096)}"`,
      `displayName eq "${'ä'.repeat(2_040)}"`,
    ].map(titled),
  )('what is malformed, unknown or too much is a 400 invalidFilter: %s', async (_, filter) => {
    const long = Buffer.byteLength(filter) > 16_000
    const answers = [await service.acme.post('/Groups/.search', { filter })]
    if (!long) answers.push(await service.acme.get(`/Groups?filter=${encodeURIComponent(filter)}`))
    for (const { status, body } of answers) {
      // JSON that holds NUL or half of a character is refused as a body.
      if (body.scimType === 'invalidSyntax' && /[\0\ud800]/.test(filter)) continue
      expect([status, body.scimType]).toEqual([400, 'invalidFilter'])
      expect(body.detail?.length).toBeLessThan(500)
    }
  })

  test.each(
    [
      deep(32),
      many(200),
      many(200, 'and'),
      `${'not ('.repeat(32)}displayName pr${')'.repeat(32)}`,
      `${'(displayName pr and ('.repeat(16)}id pr${'))'.repeat(16)}`,
      `${'(displayName pr or not ('.repeat(15)}members[display co "x" or value pr]${'))'.repeat(15)}`,
      Array(100).fill(`members eq "${ANA}"`).join(' or '),
      Array(100).fill('members[display co "x" and type pr]').join(' and '),
      Array(150).fill('externalId eq "x"').join(' or '),
      `displayName eq "${'x'.repeat(4_000)}"`,
      'meta.created gt "9999-12-31T23:59:59Z"',
      'meta.created lt "0001-01-01T00:00:00Z"',
      'meta.version gt ""',
      'members.$ref co "/"',
      'schemas co "urn"',
      'schemas ne "x" and schemas pr',
    ].map(titled),
  )('what is large or odd and within the limits is answered: %s', async (_, filter) => {
    const { status, body } = await service.acme.post('/Groups/.search', { filter })
    expect([status, body.scimType]).toEqual([200, undefined])
  })

  test('a filter that is sent twice, differently, is refused; the same twice is one', async () => {
    const query = (second: string) => `/Groups?filter=id%20pr&filter=${encodeURIComponent(second)}`
    expect((await service.acme.get(query('id eq "x"'))).body).toMatchObject({ status: '400', scimType: 'invalidValue' })
    expect((await service.acme.get(query('id pr'))).body.totalResults).toBe(4)
  })
})

describe.each(STORES)('look-ups of people on %s, as providers write them', (store) => {
  test.each([
    ['Entra’s connection test', 'filter=userName+eq+%227d420df3-9995-4831-a406-ecf8166f5f6a%22', 0],
    ['Entra', 'filter=userName+eq+%22ANA%40acme.example%22', 1],
    ['Okta’s connection test', 'startIndex=1&count=2', 3],
    ['Okta', 'filter=userName%20eq%20%22ben%40acme.example%22&startIndex=1&count=100', 1],
    ['OneLogin', 'filter=userName+eq+%22onelogin-test-user01%22&', 0],
    ['authentik of old', 'filter=userName%20eq%20ana@acme.example', 1],
    ['by e-mail', 'filter=emails.value%20eq%20%22x%40acme.example%22', 0],
    ['by work e-mail', 'filter=emails%5Btype%20eq%20%22work%22%5D.value%20eq%20%22x%22', 0],
    ['by externalId', 'filter=externalId%20eq%20%22x%22', 0],
    ['lower case', 'STARTINDEX=1&Count=3&FILTER=username+pr', 3],
  ])('%s', async (_, query, total) => {
    await using service = await startService(store)
    const { status, body } = await service.acme.get(`/Users?${query}`)
    expect([status, body.totalResults]).toEqual([200, total])
    for (const number of [body.totalResults, body.startIndex, body.itemsPerPage]) expect(number).toBeTypeOf('number')
    expect(body.Resources).toHaveLength(body.itemsPerPage ?? -1)
  })
})
