import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareCodePoints, fold } from '../../src/base/fold.ts'

const RUN = { seed: Number(process.env.FC_SEED ?? 42), numRuns: 500 }

test.each([
  ['ENGINEERING', 'engineering'],
  ['Ärzte', 'ärzte'],
  ['A\u0308rzte', 'ärzte'],
  ['ΣΊΣΥΦΟΣ', 'σίσυφος'],
  ['İstanbul', 'i̇stanbul'],
])('%s folds to %s', (text, folded) => {
  expect(fold(text)).toBe(folded.normalize('NFC'))
})

test('folding twice is folding once', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(fold(fold(text))).toBe(fold(text))
    }),
    RUN,
  )
})

test('order is that of the UTF-8 bytes', () => {
  const text = fc.string({ unit: 'binary' })
  fc.assert(
    fc.property(text, text, (left, right) => {
      const bytes = Buffer.compare(Buffer.from(left), Buffer.from(right))
      expect(compareCodePoints(left, right)).toBe(bytes)
    }),
    RUN,
  )
})
