import { describe, expect, test } from 'vitest'
import { MAX_DEPTH, MAX_KEYS, MAX_VALUES, readJson } from '../../src/base/json.ts'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const read = (text: string) => readJson(encode(text))

describe('readJson', () => {
  test('reads any JSON value', () => {
    expect(read(' {"a":[1,true,null,"é"]} ')).toEqual({ a: [1, true, null, 'é'] })
  })

  test.each([
    ['nothing', '', 'empty'],
    ['blanks', ' \n\t', 'empty'],
    ['half a body', '{"displayName":"Eng', 'not valid JSON'],
    ['two values', '{} {}', 'not valid JSON'],
    ['a comment', '{} // x', 'not valid JSON'],
    ['NUL in a text', String.raw`{"a":"x\u0000"}`, 'NUL'],
    ['NUL in a key', String.raw`{"\u0000":1}`, 'NUL'],
    ['half of a character', String.raw`{"a":"\ud800"}`, 'lone surrogate'],
    ['__proto__', '{"__proto__":{"admin":true}}', '__proto__'],
    ['constructor, deep inside', '{"a":[{"constructor":{}}]}', 'constructor'],
    ['prototype', '{"prototype":1}', 'prototype'],
  ])('refuses %s', (_, text, reason) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ status: 400, scimType: 'invalidSyntax' }))
    expect(() => read(text)).toThrow(reason)
  })

  test('refuses what is not UTF-8', () => {
    expect(() => readJson(Uint8Array.of(0x22, 0xc3, 0x28, 0x22))).toThrow('not UTF-8')
  })

  test('reads as deep as the limit, and no deeper', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
    expect(read(nested(MAX_DEPTH))).toBeDefined()
    expect(() => read(nested(MAX_DEPTH + 1))).toThrow('nested deeper')
    expect(() => read(nested(5_000_000))).toThrow(expect.objectContaining({ status: 400 }))
  })

  test('refuses more values than memory should be spent on, before they are made', () => {
    const many = (count: number): Uint8Array => encode(`[${'[],'.repeat(count)}0]`)
    expect(readJson(many(MAX_VALUES / 2 - 10))).toHaveLength(MAX_VALUES / 2 - 9)
    expect(() => readJson(many(MAX_VALUES))).toThrow('more than 3000000 values')
  })

  test('brackets and commas in texts are characters', () => {
    const body = { a: `${'[{,'.repeat(1_100_000)}"\\`, b: '\\', c: ['"[{,'] }
    expect(read(JSON.stringify(body))).toEqual(body)
  })

  test('refuses an object with more keys than anybody sends', () => {
    const wide = (keys: number) =>
      JSON.stringify(Object.fromEntries(Array.from({ length: keys }, (_, i) => [`k${i}`, i])))
    expect(Object.keys(read(wide(MAX_KEYS)) as object)).toHaveLength(MAX_KEYS)
    expect(() => read(`[${wide(MAX_KEYS + 1)}]`)).toThrow('more than 1000 keys')
  })

  test('does not repeat the body in its error', () => {
    expect(() => read('{"password":"hunter2"')).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('hunter2') }),
    )
  })
})
