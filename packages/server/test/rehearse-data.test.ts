import { describe, expect, test } from 'vitest'
import { differences, valueAt } from '../src/rehearse/match.ts'
import { parseSession } from '../src/rehearse/session.ts'
import { loadSession, loadSessions, sessionNames } from '../src/rehearse/sessions.ts'
import { fill, fillString, MissingValue } from '../src/rehearse/values.ts'
import { step, tiny } from './rehearse-session.ts'

describe('differences', () => {
  test.each([
    ['an object may hold more', { id: 'a' }, { id: 'a', active: true }, []],
    ['a number is not a text', { totalResults: 0 }, { totalResults: '0' }, ['totalResults: expected 0, got "0"']],
    [
      'an empty array means nobody',
      { members: [] },
      { members: [{ value: 'x' }] },
      ['members: expected 0 values, got 1 value: [{"value":"x"}]'],
    ],
    ['items keep their order', ['a', 'b'], ['b', 'a'], ['[0]: expected "a", got "b"', '[1]: expected "b", got "a"']],
    [
      'what is missing is named with its place',
      { Resources: [{ id: 'a' }] },
      { Resources: [{}] },
      ['Resources[0].id: expected "a", but it is missing'],
    ],
    [
      'null is not an object',
      { meta: { version: 'W/"1"' } },
      { meta: null },
      ['meta: expected {"version":"W/\\"1\\""}, got null'],
    ],
    ['inherited properties do not count', { toString: 'x' }, {}, ['toString: expected "x", but it is missing']],
    ['an ellipsis stands for anything', ['…/Groups/1', 'grp_…', '…b…d…'], ['x/Groups/1', 'grp_', 'abcde'], []],
    ['its surroundings must be there', '…aa', 'a', ['body: expected "…aa", got "a"']],
    ['the same text does not count twice', 'ab…ba', 'aba', ['body: expected "ab…ba", got "aba"']],
  ])('%s', (_, expected, actual, problems) => {
    expect(differences(expected, actual)).toEqual(problems)
  })
})

test('valueAt follows keys, indexes and keys that hold dots', () => {
  const urn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
  const body = { Resources: [{ id: 'a', [urn]: { manager: { value: 'm' } } }] }
  expect(valueAt(body, 'Resources[0].id')).toBe('a')
  expect(valueAt(body, `Resources[0].${urn}.manager.value`)).toBe('m')
  expect(valueAt(body, 'Resources[1].id')).toBeUndefined()
  expect(valueAt(body, 'Resources.length')).toBeUndefined()
})

describe('placeholders', () => {
  const values = new Map(Object.entries({ 'ana.id': 'usr_1', 'ana.meta': { version: 'W/"1"' } }))

  test('are filled in within a text, and keep the type of a value that stands alone', () => {
    expect(fillString('/Users/{{ana.id}}?', values)).toBe('/Users/usr_1?')
    expect(fill({ path: 'members[value eq "{{ana.id}}"]', meta: '{{ana.meta}}', n: [null, 1] }, values)).toEqual({
      path: 'members[value eq "usr_1"]',
      meta: { version: 'W/"1"' },
      n: [null, 1],
    })
  })

  test('without a value are an error that names them', () => {
    expect(() => fillString('/Groups/{{engineering.id}}', values)).toThrow(MissingValue)
  })
})

describe('session files', () => {
  test('are there for every provider', () => {
    expect(sessionNames()).toEqual(
      expect.arrayContaining([
        'authentik',
        'entra',
        'entra-062020',
        'entra-validator',
        'jumpcloud',
        'okta',
        'okta-spec',
        'okta-wizard',
        'onelogin',
      ]),
    )
  })

  test.each(sessionNames())('%s can be played, and holds no token', (name) => {
    const session = loadSession(name)
    expect(session.name).toBe(name)
    expect(JSON.stringify(session)).not.toMatch(/opt_scim_|Bearer [^"…{]/)
  })

  test.each(['entra', 'entra-062020', 'okta', 'okta-wizard', 'onelogin', 'jumpcloud', 'authentik'])(
    '%s goes from the connection test to a resync that changes nothing',
    (name) => {
      const { people, steps } = loadSession(name)
      const phases = new Set(steps.map((step) => step.phase.en))
      expect(people).toHaveLength(3)
      for (const phase of ['Add a member', 'Remove a member', 'Rename a group', 'Full push', 'Unassign a person']) {
        expect(phases).toContain(phase)
      }
      expect(steps[0]?.phase.en).toBe('Connection test')
      expect(steps.at(-1)?.phase.en).toBe('Resync')
      expect(steps.filter((step) => step.phase.en === 'Resync').some((step) => step.unchanged)).toBe(true)
    },
  )

  test.each(sessionNames())('%s is told in German as in English', (name) => {
    const { steps } = loadSession(name)
    const german = new Map<string, string>()
    for (const { en, de } of steps.flatMap(({ phase, says }) => [phase, says])) {
      expect([en, german.get(en) ?? de]).toEqual([en, de])
      german.set(en, de)
      expect([en, namesIn(de)]).toEqual([en, namesIn(en)])
      if (en.split(' ').length > 4) expect(de).not.toBe(en)
    }
  })

  test('an unknown name is refused with those there are', () => {
    expect(() => loadSessions(['entre'])).toThrow(/There is no session "entre". Choose from: authentik, entra,/)
  })

  test('a value that no step has learned is found before anything is sent', () => {
    const faulty = tiny([step({ request: { method: 'DELETE', path: '/Groups/{{engineering.id}}' } })])
    expect(() => parseSession(faulty)).toThrow('Step 1 ("Somebody looks") uses engineering.id, which nothing gave it.')
  })

  test('an unknown field is refused, so that a typo expects nothing', () => {
    expect(() => parseSession(tiny([{ ...step({}), membershp: {} }]))).toThrow(/membershp/)
  })
})

/** Labels of a provider's screens, paths and attributes, which are the same in every language. */
function namesIn(text: string): string[] {
  const names = text.match(/["„][^"“]+["“]|\/\w+(?:\/\{id\})?|\$ref|\b(?:userName|externalId|displayName|firstName)\b/g)
  return (names ?? []).map((name) => name.replaceAll(/["„“]/g, '')).sort()
}
