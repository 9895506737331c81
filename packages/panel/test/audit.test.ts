import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { de } from '../src/i18n/de.ts'
import { en } from '../src/i18n/en.ts'
import { formatIn } from '../src/i18n/format.ts'
import { actionWords, detailWords } from '../src/pages/settings/auditWords.ts'

describe('an entry of the audit trail', () => {
  test('is told in words', () => {
    expect(actionWords('letThroughHold', en)).toBe('Let a held removal through')
    expect(actionWords('letThroughHold', de)).toBe('Angehaltene Entfernung durchlassen')
    expect(actionWords('somethingNewer', de)).toBe('somethingNewer')
    expect(actionWords('constructor', de)).toBe('constructor')
  })

  test('says which setting got which value', () => {
    const details = { scim: 'on', guardLimit: 1_000, unknownMembers: 'reject', name: 'on' }
    expect(detailWords(details, de, formatIn('de'))).toEqual([
      ...['SCIM: an', 'Limit des Wächters: 1.000', 'Unbekannte Mitglieder: abgelehnt', 'Name: on'],
    ])
    expect(detailWords({ provider: 'entra' }, en, formatIn('en'))).toEqual(['Provider: Microsoft Entra ID'])
    expect(detailWords({ newer: { a: 1 } }, en, formatIn('en'))).toEqual(['newer: {"a":1}'])
    expect(detailWords(null, en, formatIn('en'))).toEqual([])
  })

  test('has a word for what sign-in does, as sign-in calls it', () => {
    const file = join(import.meta.dirname, '../../server/src/sign-in/trail.ts')
    const [, table = ''] = /const ACTIONS[^{]*\{(.*?)\n\}/s.exec(readFileSync(file, 'utf8')) ?? []
    const actions = Array.from(table.matchAll(/: '(\w+)'/g), ([, action = '']) => action)
    expect(actions.length).toBeGreaterThan(5)
    expect(actions.filter((action) => !Object.hasOwn(en.audit.actions, action))).toEqual([])
  })
})
