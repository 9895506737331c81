/** One thing that was looked at. */
export interface Finding {
  /** What was looked at, such as `node` or `disk`. */
  readonly check: string
  readonly ok: boolean
  /** What was found, as a sentence. */
  readonly found: string
  /** What to do; null where nothing is. */
  readonly fix: string | null
}

export function fine(check: string, found: string): Finding {
  return { check, ok: true, found, fix: null }
}

export function wrong(check: string, found: string, fix: string): Finding {
  return { check, ok: false, found, fix }
}
