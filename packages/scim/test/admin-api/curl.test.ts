import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { curlOf, needsBody, quoted } from '../../src/admin-api/curl.ts'

const BASE = 'https://scim.example/api/auth/scim/v2'
const ENTRY = {
  ...{ method: 'PATCH', route: '/Groups/{id}', groupId: 'grp_1', personId: null, lookup: null },
  ...{ body: null, whole: true },
}

/** What a shell hands to `curl` of a command, word by word. */
function wordsOf(command: string): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }\n${command}\n`
  const output = execFileSync('/bin/sh', ['-c', script], { env: { SCIM_TOKEN: 'opt_scim_secret' }, cwd: '/' })
  return output.toString().split('\0').slice(0, -1)
}

const NASTY = [
  "Ana's",
  "'; touch /tmp/x; '",
  '$(id)',
  '`id`',
  '$' + '{HOME}',
  '"; id #',
  '\\',
  "\\'",
  'a\nb\r\nc',
  '!!',
  '%s%n',
  '@/etc/passwd',
  '-o /tmp/x',
  '[1-9]{a,b}',
  '~root *',
  '🦊 é',
  "''''",
]

describe('a request as a command', () => {
  test.each(NASTY.map((name) => [name]))('says %j and does nothing else', (name) => {
    const body = { Operations: [{ op: 'replace', path: 'displayName', value: name }] }
    expect(wordsOf(curlOf({ ...ENTRY, body }, BASE))).toEqual([
      ...['--globoff', '--request', 'PATCH', '--header', 'Authorization: Bearer opt_scim_secret'],
      ...['--header', 'Content-Type: application/scim+json', '--data-raw', JSON.stringify(body)],
      ...['--url', `${BASE}/Groups/grp_1`],
    ])
    const lookup = { filter: `displayName eq ${JSON.stringify(name)}`, found: 0 }
    const words = wordsOf(curlOf({ ...ENTRY, method: 'GET', route: '/Groups', lookup }, BASE))
    const url = new URL(words.at(-1) ?? '')
    expect([url.pathname, url.searchParams.get('filter')]).toEqual(['/api/auth/scim/v2/Groups', lookup.filter])
  })

  test('reads a body from a file that is not kept as it was sent', () => {
    const sent = ['--header', 'Content-Type: application/scim+json', '--data', '@body.json']
    for (const body of [{ displayName: '… (5 characters)' }, null])
      expect(wordsOf(curlOf({ ...ENTRY, body, whole: false }, BASE)).slice(5, 9)).toEqual(sent)
    const named = { ...ENTRY, body: { displayName: '… (5 characters)' } }
    expect([needsBody(named), curlOf(named, BASE)]).toEqual([false, expect.stringContaining('… (5 characters)')])
    const deletion = { ...ENTRY, method: 'DELETE', whole: false }
    expect([needsBody(deletion), curlOf(deletion, BASE)]).toEqual([false, expect.not.stringContaining('--data')])
  })

  test('any text comes through a shell as it is', () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 }).filter((one) => !one.includes('\0') && one.isWellFormed())
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 20 }), (texts) => {
        expect(wordsOf(`curl ${texts.map(quoted).join(' ')}`)).toEqual(texts)
      }),
      { numRuns: 20, seed: 20260131 },
    )
  })

  test('names a method and a path only as they can be', () => {
    const command = curlOf({ ...ENTRY, method: 'X; id', groupId: '../$(id)' }, BASE)
    expect(wordsOf(command).at(-1)).toBe(`${BASE}/Groups/..%2F%24(id)`)
    expect(command).toContain('--request GET ')
    expect(curlOf({ ...ENTRY, route: 'unknown', method: 'GET' }, BASE)).toMatch(/--url '[^']*\/v2'$/)
    expect(curlOf({ ...ENTRY, route: '/Users/{id}', groupId: null, personId: 'usr_1' }, BASE)).toContain('/Users/usr_1')
  })
})
