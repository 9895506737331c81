import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { SignInDatabase } from './database.ts'

const WINDOW = 15 * 60_000
/** Wrong passwords for one account, from wherever they come; addresses have a stricter limit of their own. */
export const MOST_ATTEMPTS = 50

/** Counts attempts to sign in for each account, in the database, so that many addresses do not have many tries. */
export class Attempts {
  readonly #database: SignInDatabase

  constructor(database: SignInDatabase) {
    this.#database = database
  }

  /** Counts one; answers whether it is still within the limit. */
  async take(email: string, now: number): Promise<boolean> {
    const { kysely, table } = this.#database
    const past = now - WINDOW
    const { rows } = await sql<{ count: unknown }>`
      insert into ${table('attempts')} as a (account, count, since) values (${keyOf(email)}, 1, ${now})
      on conflict (account) do update set
        count = case when a.since < ${past} then 1 else a.count + 1 end,
        since = case when a.since < ${past} then ${now} else a.since end
      returning count`.execute(kysely)
    return Number(rows[0]?.count) <= MOST_ATTEMPTS
  }

  /** The right password ends the count, and what is past its time goes. */
  async clear(email: string, now: number): Promise<void> {
    const { kysely, table } = this.#database
    await sql`delete from ${table('attempts')}
      where account = ${keyOf(email)} or since < ${now - WINDOW}`.execute(kysely)
  }
}

function keyOf(email: string): string {
  return createHash('sha256').update(email.trim().toLowerCase()).digest('hex')
}
