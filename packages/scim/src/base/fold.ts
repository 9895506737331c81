/**
 * The one text folding of the product: NFC, then lower case without locale. The folded text is stored beside the
 * original; uniqueness and case-insensitive comparison use nothing else.
 */
export function fold(text: string): string {
  return text.normalize('NFC').toLowerCase()
}

/** Compares by Unicode code point, as SQLite's BINARY and PostgreSQL's "C" collations do on UTF-8. */
export function compareCodePoints(left: string, right: string): -1 | 0 | 1 {
  const length = Math.min(left.length, right.length)
  for (let i = 0; i < length; i++) {
    const a = left.charCodeAt(i)
    const b = right.charCodeAt(i)
    if (a !== b) return rank(a) < rank(b) ? -1 : 1
  }
  return left.length === right.length ? 0 : left.length < right.length ? -1 : 1
}

// UTF-16 puts surrogates (U+10000 and up) before U+E000–U+FFFF; code point order puts them behind.
function rank(unit: number): number {
  if (unit < 0xd800) return unit
  return unit >= 0xe000 ? unit - 0x2000 : unit + 0x2000
}
