import type { Reading } from '../patch/operation.ts'
import { isPassword } from './password.ts'
import type { DialectRule, Given } from './rule.ts'

/** An activity entry has to stay readable, whatever a body holds. */
const MAX_IGNORED = 50
const MAX_NAME_LENGTH = 100

/** Collects, while one body is read, which rules were needed and what was passed over. */
export class Notes {
  readonly #rules = new Set<string>()
  readonly #ignored = new Set<string>()

  /** What was sent in the RFC's form; a rule that was needed is noted. */
  apply<Sent, Context>(rule: DialectRule<Sent, Context>, sent: Sent, ...context: Given<Context>): Sent {
    const read = this.read(rule, sent, ...context)
    return read === undefined ? sent : read
  }

  /** Like {@link apply} for a rule whose result is of another kind: undefined if the form is not the rule's. */
  read<Sent, Context, Read>(
    rule: DialectRule<Sent, Context, Read>,
    sent: Sent,
    ...context: Given<Context>
  ): Read | undefined {
    const read = rule.read(sent, ...context)
    if (read !== undefined) this.#rules.add(rule.name)
    return read
  }

  /** Notes a name or path that is passed over. Filter values are left out: they can be personal data. */
  ignore(name: string): void {
    if (this.#ignored.size >= MAX_IGNORED) return
    const shown = isPassword(name) ? 'password' : withoutFilter(name)
    this.#ignored.add(shown.length <= MAX_NAME_LENGTH ? shown : `${shown.slice(0, MAX_NAME_LENGTH)}…`)
  }

  reading(): Reading {
    return { rules: [...this.#rules], ignored: [...this.#ignored] }
  }
}

function withoutFilter(path: string): string {
  const start = path.indexOf('[')
  const end = path.lastIndexOf(']')
  return start === -1 || end < start ? path : `${path.slice(0, start)}[…]${path.slice(end + 1)}`
}
