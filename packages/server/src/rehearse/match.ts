import type { Json } from './values.ts'

const SHOWN = 200

/**
 * Where `actual` differs from `expected`, one line each; none if it matches. An object may hold more than is expected, an
 * array may not; in a text, `…` stands for anything.
 */
export function differences(expected: Json, actual: Json | undefined, at = ''): string[] {
  if (actual === undefined) return [`${place(at)}: expected ${show(expected)}, but it is missing`]
  if (Array.isArray(expected)) return arrayDifferences(expected, actual, at)
  if (isRecord(expected)) return objectDifferences(expected, actual, at)
  const same = typeof expected === 'string' ? textMatches(expected, actual) : expected === actual
  return same ? [] : [mismatch(expected, actual, at)]
}

/** The value at a path such as `Resources[0].id`. A key may itself hold dots, as schema URNs do. */
export function valueAt(value: Json | undefined, path: string): Json | undefined {
  if (path === '') return value
  const index = /^\[(\d+)\]\.?/.exec(path)
  if (index) return Array.isArray(value) ? valueAt(value[Number(index[1])], path.slice(index[0].length)) : undefined
  if (!isRecord(value)) return undefined
  const key = leadingKey(value, path)
  return key === undefined ? undefined : valueAt(value[key], path.slice(key.length).replace(/^\./, ''))
}

/** A value as a reader sees it: JSON, cut where it gets long. */
export function show(value: Json | undefined): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text
}

/** Whether a text matches an expected one, in which `…` stands for anything. */
export function textMatches(expected: string, actual: Json | undefined): boolean {
  if (typeof actual !== 'string') return false
  const [first = '', ...rest] = expected.split('…')
  const last = rest.pop()
  if (last === undefined) return actual === first
  if (!actual.startsWith(first)) return false
  let from = first.length
  for (const piece of rest) {
    const found = actual.indexOf(piece, from)
    if (found < 0) return false
    from = found + piece.length
  }
  return actual.length - from >= last.length && actual.endsWith(last)
}

/** A JSON object, as opposed to an array or a simple value. */
export function isRecord(value: unknown): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function arrayDifferences(expected: readonly Json[], actual: Json, at: string): string[] {
  if (!Array.isArray(actual)) return [mismatch(expected, actual, at)]
  if (actual.length !== expected.length) {
    return [`${place(at)}: expected ${count(expected)}, got ${count(actual)}: ${show([...actual])}`]
  }
  return expected.flatMap((item, i) => differences(item, actual[i], `${at}[${i}]`))
}

function objectDifferences(expected: { readonly [key: string]: Json }, actual: Json, at: string): string[] {
  if (!isRecord(actual)) return [mismatch(expected, actual, at)]
  return Object.entries(expected).flatMap(([key, value]) => {
    const found = Object.hasOwn(actual, key) ? actual[key] : undefined
    return differences(value, found, at === '' ? key : `${at}.${key}`)
  })
}

function mismatch(expected: unknown, actual: Json, at: string): string {
  return `${place(at)}: expected ${show(expected as Json)}, got ${show(actual)}`
}

function leadingKey(value: { readonly [key: string]: Json }, path: string): string | undefined {
  return Object.keys(value)
    .filter((key) => path === key || path.startsWith(`${key}.`) || path.startsWith(`${key}[`))
    .sort((left, right) => right.length - left.length)[0]
}

function place(at: string): string {
  return at === '' ? 'body' : at
}

function count(items: readonly Json[]): string {
  return items.length === 1 ? '1 value' : `${items.length} values`
}
