import { expect } from 'vitest'

/** Equality of long lists: `toEqual` takes seconds at 100,001 items, and prints as many lines. */
export function expectSame(actual: readonly unknown[] | undefined, expected: readonly unknown[]): void {
  const at = expected.findIndex((item, index) => JSON.stringify(item) !== JSON.stringify(actual?.[index]))
  expect({ index: at, item: actual?.[at] }).toEqual({ index: -1, item: undefined })
  expect(actual).toHaveLength(expected.length)
}
