import { describe, expect, test } from 'vitest'
import { readDuration } from '../src/cli/duration.ts'
import { printable, toJson } from '../src/cli/format.ts'
import { nearest } from '../src/cli/nearest.ts'
import { table } from '../src/cli/table.ts'
import { forPeople } from '../src/http/log.ts'

describe('a table', () => {
  test('aligns what is wider than its letters, and ends no line in blanks', () => {
    expect(
      table(
        ['NAME', 'STATE'],
        [
          ['Mei', 'live'],
          ['田中', 'expired'],
          ['Zoë', ''],
        ],
      ),
    ).toBe(['NAME  STATE', 'Mei   live', '田中  expired', 'Zoë', ''].join('\n'))
  })

  test('lets no text from elsewhere move the cursor', () => {
    expect(table(['NAME'], [['\u001b[2Jgone\r\nnext\u202e']])).toBe('NAME\n�[2Jgone��next�\n')
    for (const text of ['plain – Zoë 田中', 'می‌خواهم', '👩‍💻']) expect(printable(text)).toBe(text)
  })
})

test('JSON has moments as dateTimes, and other numbers as they are', () => {
  expect(toJson({ at: 0, createdAt: 1_000, revokedAt: null, count: 3, flat: 4 })).toBe(
    '{"at":"1970-01-01T00:00:00.000Z","createdAt":"1970-01-01T00:00:01.000Z","revokedAt":null,"count":3,"flat":4}',
  )
})

describe('a duration', () => {
  const HOUR = 3_600_000
  test.each([
    ['12h', 12 * HOUR],
    ['365d', 365 * 24 * HOUR],
    ['2w', 14 * 24 * HOUR],
    ['1y', 365 * 24 * HOUR],
  ])('is read from %s', (text, milliseconds) => expect(readDuration('--expires-in', text)).toBe(milliseconds))

  test.each(['3 parsecs', '10', 'd', '-1d', '0d', '1.5h', '101y', '', '9999999d'])('is not read from "%s"', (text) => {
    expect(() => readDuration('--expires-in', text)).toThrow(`--expires-in "${text}" is not possible: `)
  })

  test('may be nothing where that has a meaning', () => {
    expect(readDuration('--overlap', '0', { zero: true })).toBe(0)
  })
})

test('a mistyped word finds the one that is meant', () => {
  const words = ['entra', 'okta', 'onelogin']
  expect([nearest('okat', words), nearest('Entar', words), nearest('salesforce', words)]).toEqual([
    'okta',
    'entra',
    undefined,
  ])
})

test('the log on a terminal has a line for a request, and the stack of a fault', () => {
  const line = {
    level: 50,
    time: '2026-01-31T12:00:00.000Z',
    reference: 'act_1',
    method: 'GET',
    route: '/Users',
    status: 500,
  }
  const shown = forPeople(JSON.stringify({ ...line, ms: 3, err: { stack: 'Error: x\n    at y' }, msg: 'request' }))
  expect(shown).toContain('12:00:00')
  expect(shown).toContain('/Users 3 ms')
  expect(shown).toContain('act_1')
  expect(shown).toContain('at y')
})
