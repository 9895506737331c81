import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { GERMAN_SHARED } from '../../src/admin-api/problems.de.ts'
import { REASONS } from '../../src/admin-api/reasons.ts'
import { GERMAN_REFUSALS } from '../../src/admin-api/refusals.de.ts'
import { REFUSALS, type RefusalCode } from '../../src/admin-api/refusals.ts'
import { GERMAN_ROW_FAULTS } from '../../src/admin-api/rows.de.ts'
import { GERMAN_PROBLEMS } from '../../src/base/problems.de.ts'
import { type Facts, PROBLEMS, type ProblemCode } from '../../src/base/problems.ts'
import { PROBLEMS_IN_SHORT } from '../../src/base/problemsInShort.ts'
import { ROW_FAULTS, type RowFault } from '../../src/provisioning/people/rowFaults.ts'
import { ADMIN, type Answer, OPERATOR, openAdmin } from './support.ts'

describe('what to do about a refusal', () => {
  test.each([
    ['de-AT,de;q=0.9,en;q=0.8', 'de'],
    ['en-GB,en;q=0.9,de;q=0.1', 'en'],
    ['fr', 'en'],
    ['', 'en'],
  ] as const)('asked with Accept-Language %j, it is said in %s', async (header, language) => {
    const admin = (await openAdmin()).as(ADMIN).with({ 'accept-language': header })
    const own = (await admin.get('/workspaces/other')).json
    expect([own.code, own.fix]).toEqual([
      'workspace_unknown',
      language === 'de' ? GERMAN_REFUSALS.workspace_unknown.fix : REFUSALS.workspace_unknown.fix,
    ])
    await admin.post('/workspaces/acme/groups', { displayName: 'Sales' })
    const shared = (await admin.post('/workspaces/acme/groups', { displayName: 'Sales' })).json
    expect([shared.code, shared.fix]).toEqual([
      'group_name_taken',
      language === 'de' ? GERMAN_PROBLEMS.group_name_taken.fix : PROBLEMS.group_name_taken.fix,
    ])
  })

  test('German says of each something of its own', () => {
    for (const code of Object.keys(PROBLEMS) as ProblemCode[])
      for (const what of ['cause', 'fix'] as const) {
        expect([code, GERMAN_PROBLEMS[code][what].trim()]).not.toEqual([code, ''])
        expect([code, GERMAN_PROBLEMS[code][what]]).not.toEqual([code, PROBLEMS[code][what]])
      }
    for (const { en, de } of Object.values(PROBLEMS_IN_SHORT)) {
      expect(en).toMatch(/^(?:[a-z]|SCIM).*[^.]$/)
      expect(de).toMatch(/^[A-Z].*[^.]$/)
    }
    for (const code of Object.keys(REFUSALS) as RefusalCode[])
      expect([code, GERMAN_REFUSALS[code].fix]).not.toEqual([code, REFUSALS[code].fix])
  })
})

/** The names of the facts that a detail puts in. */
function factsOf(detail: (facts: Facts) => string): string[] {
  const names = new Set<string>()
  const get = (_: object, name: string | symbol): string => {
    names.add(String(name))
    return '…'
  }
  const facts = new Proxy({}, { get })
  expect(detail(facts).trim()).not.toBe('')
  return [...names].sort()
}

/** Said in English by whoever refuses, in a sentence that German has of its own. */
const WITH_REASON = ['reason']

describe('what a refusal says', () => {
  test('is said in both languages, with the same facts', () => {
    for (const code of Object.keys(REFUSALS) as RefusalCode[]) {
      const [english, german] = [factsOf(REFUSALS[code].detail), factsOf(GERMAN_REFUSALS[code].detail)]
      expect(GERMAN_REFUSALS[code].title).toMatch(/^\S.*[^.]$/)
      expect([code, german]).not.toEqual([code, WITH_REASON])
      if (`${english}` !== `${WITH_REASON}`) expect([code, german]).toEqual([code, english])
    }
    for (const [code, { title, detail }] of Object.entries(GERMAN_SHARED)) {
      expect(title).toMatch(/^\S.*[^.]$/)
      const english = factsOf(PROBLEMS[code as ProblemCode].detail)
      expect([code, detail ? factsOf(detail) : WITH_REASON]).toEqual([code, english])
    }
  })

  test('of every problem that is not a provider’s alone', () => {
    const thrown = ['admin-api', 'library', 'provisioning', 'store', 'base'].flatMap(codesIn)
    const alone = ['precondition_failed', 'record_too_large', 'removal_held', 'removal_turned_away', 'token_unknown']
    const wanted = new Set(thrown.filter((code) => ![...alone, 'user_creation_refused'].includes(code)))
    expect([...wanted].filter((code) => !Object.hasOwn(GERMAN_SHARED, code))).toEqual([])
    expect(wanted.size).toBeGreaterThan(12)
  })

  test('is about the very case, and never about what is not known of it', async () => {
    const service = await openAdmin()
    const operator = service.as(OPERATOR).with({ 'accept-language': 'de' })
    const admin = service.as(ADMIN).with({ 'accept-language': 'de' })
    const { client } = service
    await client.upsert({ id: 'usr_a', userName: 'ana' })
    const sales = await client.group('Sales', 'usr_a')
    const gone = await client.group('Gone')
    await client.delete(`/Groups/${gone}`)
    const said = async (answer: Promise<Answer>) => {
      const { title, detail, language } = (await answer).json
      expect(`${title} ${detail}`).not.toMatch(/undefined|\{|There|The /)
      return [title, detail, language]
    }
    const at = '2020-01-01T00:00:00Z'
    expect(await said(operator.post('/workspaces', { slug: 'acme', name: 'A' }))).toEqual([
      ...['Workspace vergeben', 'Einen Workspace „acme“ gibt es schon.', 'de'],
    ])
    expect((await said(operator.post('/workspaces', { slug: 'A b', name: 'A' })))[1]).toContain('„A b“ kann')
    expect((await said(admin.get('/workspaces/acme/groups/Nowhere')))[1]).toContain('„Nowhere“')
    expect((await said(admin.get('/workspaces/acme/groups/Nowhere/history')))[1]).toContain('„Nowhere“')
    expect((await said(admin.get('/workspaces/acme/people/usr_none')))[1]).toContain('„usr_none“')
    expect((await said(admin.patch('/workspaces/acme', { scim: false })))[1]).toBe(
      'Dafür braucht es „workspaces:write“, womit SCIM ein- und ausgeschaltet wird.',
    )
    expect((await said(admin.get('/admins')))[1]).toContain('„admins:write“')
    expect((await said(service.as(undefined).with({ 'accept-language': 'de' }).get('/workspaces')))[1]).toContain('an')
    await admin.post('/workspaces/acme/groups', { displayName: 'Mine' })
    expect((await said(admin.post('/workspaces/acme/groups', { displayName: 'SALES' })))[1]).toContain(sales)
    const restore = admin.post(`/workspaces/acme/groups/${gone}/restore/preview`, { at })
    expect((await said(restore))[0]).toBe('Gruppe gelöscht')
    expect((await said(admin.get('/workspaces/acme/people?limit=x')))[0]).toBe('Anfrage nicht lesbar')
  })
})

describe('what is wrong with places of a request', () => {
  const put = async (language: string, people: unknown[]) => {
    const admin = (await openAdmin()).as(ADMIN).with({ 'accept-language': language })
    return (await admin.post('/workspaces/acme/people/bulk', { people, atomic: true })).json.problems
  }

  test.each([
    ['en', 'the userName is missing', 'must be in the future', 'is not known here'],
    ['de', 'der userName fehlt', 'muss in der Zukunft liegen', 'ist hier nicht bekannt'],
  ])('is said in %s: of rows, of values, of names', async (language, row, value, name) => {
    expect(await put(language, [{ userName: 'ana' }, { userName: ' ' }])).toEqual([{ path: 'people[1]', reason: row }])
    const admin = (await openAdmin()).as(ADMIN).with({ 'accept-language': language })
    const token = { label: 'x', provider: 'okta', expiresAt: '2020-01-01T00:00:00Z' }
    expect((await admin.post('/workspaces/acme/tokens', token)).json.problems).toMatchObject([{ reason: value }])
    expect((await admin.get('/workspaces/acme/people?x=1')).json.problems).toEqual([{ path: 'x', reason: name }])
  })

  test('also where a schema says it', async () => {
    const reasonsOf = async (language: string) => {
      const admin = (await openAdmin()).as(ADMIN).with({ 'accept-language': language })
      const sent = { label: 7, provider: 'nobody' }
      const { problems } = (await admin.post('/workspaces/acme/tokens', sent)).json
      return problems.map(({ reason }: { reason: string }) => reason)
    }
    const [english, german] = [await reasonsOf('en'), await reasonsOf('de')]
    expect(english).toHaveLength(2)
    expect(german).toHaveLength(2)
    for (const reason of english) expect(reason).toMatch(/^Invalid (?:input: expected string, received number|option)/)
    for (const reason of german) expect(reason).toMatch(/^Ungültige (?:Eingabe|Option): erwartet/)
  })

  test('has words of its own in both languages, with the same facts', () => {
    for (const { en, de } of Object.values(REASONS)) expect(de).not.toBe(en)
    for (const code of Object.keys(ROW_FAULTS) as RowFault['code'][])
      expect([code, factsOf(GERMAN_ROW_FAULTS[code])]).toEqual([code, factsOf(ROW_FAULTS[code])])
  })

  test('a message of a schema’s own is among those that have both', () => {
    const folder = new URL('../../src/admin-api/schemas/', import.meta.url)
    for (const file of readdirSync(folder))
      expect([
        file,
        readFileSync(new URL(file, folder), 'utf8').match(/\.(?:refine|regex|max|min)\([^\n]*, '/),
      ]).toEqual([...[file, null]])
  })
})

function codesIn(room: string): string[] {
  const folder = new URL(`../../src/${room}/`, import.meta.url)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  return files.flatMap((file) =>
    [...readFileSync(new URL(file, folder), 'utf8').matchAll(/new ScimError\(\s*([^,)]+)/g)].flatMap(([, first = '']) =>
      (first.match(/'\w+'/g) ?? []).map((code) => code.slice(1, -1)),
    ),
  )
}
