import { describe, expect, test } from 'vitest'
import { de } from '../src/i18n/de.ts'
import { en } from '../src/i18n/en.ts'
import { formatIn } from '../src/i18n/format.ts'
import { fromLocal, toLocal } from '../src/i18n/localTime.ts'

/** Every text by its path; those that take values are called with some. */
function textsOf(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function') return [[path, String(value(...Array.from({ length: value.length }, () => 2)))]]
  return Object.entries(value as object).flatMap(([key, one]) => textsOf(one, path === '' ? key : `${path}.${key}`))
}

describe('texts', () => {
  const [english, german] = [new Map(textsOf(en)), new Map(textsOf(de))]

  test('German says what English says, and nothing beside', () => {
    expect([...german.keys()].sort()).toEqual([...english.keys()].sort())
  })

  test('none is empty, and none was left with a value that was not there', () => {
    for (const [path, text] of [...english, ...german]) {
      expect([path, text.trim()]).not.toEqual([path, ''])
      expect([path, text]).not.toEqual([path, expect.stringMatching(/undefined|\[object|NaN/)])
    }
  })

  test('whole sentences are translated', () => {
    const same = [...english].filter(([path, text]) => text.split(' ').length > 4 && german.get(path) === text)
    expect(same).toEqual([])
  })
})

describe('numbers and times', () => {
  const now = Date.parse('2026-11-25T12:00:00Z')

  test.each([
    ['en', '2026-11-25T11:57:00Z', '3 minutes ago'],
    ['en', '2026-12-15T12:00:00Z', 'in 20 days'],
    ['de', '2026-11-25T11:57:00Z', 'vor 3 Minuten'],
    ['de', '2026-12-15T12:00:00Z', 'in 20 Tagen'],
  ] as const)('in %s %s is %s', (language, at, said) => {
    expect(formatIn(language).relative(at, now)).toBe(said)
  })

  test('numbers are grouped as the language does', () => {
    expect([formatIn('en').number(100_000), formatIn('de').number(100_000)]).toEqual(['100,000', '100.000'])
  })

  test('so are counts within a sentence', () => {
    expect([en.history.added(100_000), de.history.added(100_000)]).toEqual([
      '100,000 members added',
      '100.000 Mitglieder hinzugefügt',
    ])
    expect([en.history.added(1), de.history.added(1)]).toEqual(['1 member added', '1 Mitglied hinzugefügt'])
  })

  test('a held removal says what was asked for and why it is too much, of one as of several', () => {
    const said = ({ holds }: typeof en, losses: number, before: number) =>
      `${holds.sentence('Entra', holds.kinds.group_deleted + holds.or + holds.kinds.members_removed, losses, 1)} ${holds.reason(before, 3)}`
    expect(said(en, 1, 3)).toBe(
      'Entra has asked 1 time to delete the group or to take members out: 1 membership would end. In the ten minutes before, 3 memberships had ended; 3 may.',
    )
    expect(said(en, 5, 0)).toContain('5 memberships would end. Within ten minutes, 3 may end.')
    expect(said(de, 1, 1)).toBe(
      'Entra hat 1-mal verlangt, die Gruppe zu löschen oder Mitglieder herauszunehmen: 1 Mitgliedschaft würde enden. In den zehn Minuten davor war schon 1 Mitgliedschaft beendet; erlaubt sind 3.',
    )
    expect(said(de, 5, 0)).toContain('5 Mitgliedschaften würden enden. Binnen zehn Minuten dürfen 3 enden.')
  })

  test('a moment comes back from an input as it went in, to the second', () => {
    expect(fromLocal(toLocal('2026-11-25T12:34:56.789Z'))).toBe('2026-11-25T12:34:56.000Z')
    expect([fromLocal(''), fromLocal('soon')]).toEqual([undefined, undefined])
  })
})
