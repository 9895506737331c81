import { describe, expect, test } from 'vitest'
import { GERMAN_REFUSAL_FIXES } from '../../src/admin-api/refusals.de.ts'
import { REFUSALS, type RefusalCode } from '../../src/admin-api/refusals.ts'
import { GERMAN_PROBLEMS } from '../../src/base/problems.de.ts'
import { PROBLEMS, type ProblemCode } from '../../src/base/problems.ts'
import { ADMIN, openAdmin } from './support.ts'

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
      language === 'de' ? GERMAN_REFUSAL_FIXES.workspace_unknown : REFUSALS.workspace_unknown.fix,
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
    for (const code of Object.keys(REFUSALS) as RefusalCode[])
      expect([code, GERMAN_REFUSAL_FIXES[code]]).not.toEqual([code, REFUSALS[code].fix])
  })
})
