import { describe, expect, test } from 'vitest'
import { ScimError } from '../../src/base/errors.ts'
import { Lexer } from '../../src/protocol/filter/lexer.ts'
import {
  MAX_COMPARISONS,
  MAX_FILTER_BYTES,
  MAX_FILTER_DEPTH,
  Parser,
  parseFilter,
} from '../../src/protocol/filter/parser.ts'
import { printFilter } from '../../src/protocol/filter/print.ts'
import { USER } from '../../src/protocol/schemas/resourceTypes.ts'

const asUser = (text: string) => printFilter(parseFilter(text, USER))

function expectRefusal(text: string, message: string): void {
  expect(() => parseFilter(text, USER)).toThrow(
    expect.objectContaining({ code: 'invalid_filter', message: expect.stringContaining(message) }),
  )
}

describe('limits', () => {
  test('4 KiB of UTF-8', () => {
    const fits = `title eq "${'é'.repeat((MAX_FILTER_BYTES - 12) / 2)}"`
    expect(asUser(`${fits} `)).toBe(fits)
    expectRefusal(`${fits}  `, 'longer than 4096 bytes')
  })

  test('32 levels of parentheses and brackets', () => {
    const nested = (depth: number, core: string) => '('.repeat(depth) + core + ')'.repeat(depth)
    expect(asUser(nested(MAX_FILTER_DEPTH, 'title pr'))).toBe('title pr')
    expectRefusal(nested(MAX_FILTER_DEPTH + 1, 'title pr'), 'deeper than 32 levels')
    expectRefusal(nested(MAX_FILTER_DEPTH, 'emails[type pr]'), 'deeper than 32 levels')
    expect(asUser(Array(40).fill('(title pr)').join(' or '))).toBe(Array(40).fill('title pr').join(' or '))
  })

  test('256 comparisons, those in value paths included', () => {
    const chain = (length: number) => Array(length).fill('id pr').join(' or ')
    expect(parseFilter(chain(MAX_COMPARISONS), USER)).toMatchObject({ operands: { length: MAX_COMPARISONS } })
    expectRefusal(chain(MAX_COMPARISONS + 1), 'more than 256 comparisons')
    expectRefusal(`${chain(MAX_COMPARISONS - 1)} or emails[type pr].value pr`, 'more than 256')
  })

  test.each([
    ['(', 33],
    ['not(', 66],
    ['emails[', 3],
  ])('4 KiB of %j are refused after %i tokens', (part, tokens) => {
    const lexer = new Lexer(part.repeat(MAX_FILTER_BYTES / part.length))
    expect(() => new Parser(lexer).filter({ kind: 'resource', type: USER })).toThrow(ScimError)
    expect(lexer.tokens).toBe(tokens)
  })
})
