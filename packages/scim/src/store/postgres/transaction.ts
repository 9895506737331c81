import type { QueryResult } from 'pg'
import type { Held } from '../held.ts'
import type { Appended } from '../insertion.ts'
import type { Parameters, Statement } from '../statement.ts'
import type { Writer } from '../store.ts'
import { Appendix } from './appendix.ts'
import { postgresDialect } from './dialect.ts'
import { isConsequence } from './fault.ts'
import type { ConnectionSession } from './session.ts'

/** A connection within a transaction, and what is yet to be written or answered of it. */
export class OpenTransaction {
  readonly session: ConnectionSession
  readonly appendix = new Appendix()
  readonly #unanswered: Promise<unknown>[] = []

  constructor(session: ConnectionSession) {
    this.session = session
  }

  later(statement: Statement, parameters: Parameters): void {
    const sent = this.session.send(statement, parameters)
    // Told when the transaction ends.
    sent.catch(() => {})
    this.#unanswered.push(sent)
  }

  /** What `error` follows from, where that is a statement whose answer nobody has awaited yet. */
  async causeOf(error: unknown): Promise<unknown> {
    if (!isConsequence(error)) return error
    for (const answer of await Promise.allSettled(this.#unanswered))
      if (answer.status === 'rejected' && !isConsequence(answer.reason)) return answer.reason
    return error
  }

  /** Sends whatever there is still to be sent, and then `statement`; answers what that did, or tells the first fault. */
  async finish(statement: Statement): Promise<QueryResult> {
    const sent = await this.appendix.send(this.session)
    const last = this.session.send(statement, {})
    await Promise.allSettled([...sent, last])
    await Promise.all([...this.#unanswered, ...sent])
    return last
  }
}

/** A transaction as one piece of work sees it. */
export class Transaction implements Writer {
  readonly dialect = postgresDialect
  /** Whether the work has asked for anything but rows. */
  hasWritten = false
  readonly held: Held | undefined
  readonly #open: OpenTransaction

  constructor(open: OpenTransaction, held?: Held) {
    this.#open = open
    this.held = held
  }

  all<Row>(statement: Statement<Row>, parameters: Parameters): Promise<Row[]> {
    this.#note(statement)
    return this.#open.session.all(statement, parameters)
  }

  get<Row>(statement: Statement<Row>, parameters: Parameters): Promise<Row | undefined> {
    this.#note(statement)
    return this.#open.session.get(statement, parameters)
  }

  async run(statement: Statement, parameters: Parameters): Promise<number> {
    this.hasWritten = true
    return (await this.#open.session.send(statement, parameters)).rowCount ?? 0
  }

  async later(statement: Statement, parameters: Parameters): Promise<void> {
    this.hasWritten = true
    this.#open.later(statement, parameters)
  }

  async append(appended: Appended): Promise<void> {
    this.hasWritten = true
    this.#open.appendix.add(appended)
  }

  flush(): Promise<void> {
    return this.#open.appendix.flush(this.#open.session)
  }

  #note({ text }: Statement): void {
    if (!/^\s*select\b/.test(text)) this.hasWritten = true
  }
}
