/** The store cannot be opened; the message says why, and what to do. `code` is the database's or the system's. */
export class StoreUnusable extends Error {
  override readonly name = 'StoreUnusable'
  readonly code: string

  constructor(location: string, reason: string, code: string, cause?: unknown) {
    super(`The store ${location} cannot be opened: ${reason}`, { cause })
    this.code = code
  }
}

/** A pattern of codes, why the store cannot be opened then, and what to do. */
export type Reason = readonly [pattern: RegExp, reason: string, fix: string]

/** What the codes of a database's faults mean to whoever starts the program. */
export function unusable(location: string, cause: unknown, reasons: readonly Reason[]): StoreUnusable {
  const code = codeOf(cause)
  const known = reasons.find(([pattern]) => pattern.test(code))
  const reason = known ? `${known[1]}. ${known[2]}` : messageOf(cause)
  return new StoreUnusable(location, reason, code, cause)
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
