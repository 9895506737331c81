import { createScim, type Scim } from '../../src/scim.ts'
import { openDatabase } from '../../src/store/open.ts'
import { addWorkspace, Client } from '../people/support.ts'
import { emptyStore } from '../stores.ts'
import { Pausing } from './pausing.ts'

/** Two services on one database: two processes, as far as the database can tell. */
export interface TwoProcesses {
  readonly database: string
  readonly one: Scim
  readonly other: Scim
  /** Stops transactions of `one`. */
  readonly pausing: Pausing
  /** A new workspace, as each of them sees it. */
  workspace(name: string): Promise<{ first: Client; second: Client }>
  close(): Promise<void>
}

export async function openTwo(): Promise<TwoProcesses> {
  const { database, folder, discard } = await emptyStore()
  const pausing = new Pausing()
  const clock = { now: Date.UTC(2026, 0, 31, 12) }
  const options = { publicUrl: 'https://scim.example', clock: () => clock.now, rateLimit: { perSecond: 0, burst: 0 } }
  const one = await createScim({ ...options, database: pausing.wrap(await openDatabase({ database })) })
  const other = await createScim({ ...options, database })
  return {
    database,
    one,
    other,
    pausing,
    async workspace(name) {
      const second = await addWorkspace({ scim: other, folder, clock }, name, { unknownUsers: 'pending' })
      return { first: new Client(one, name, second.token, folder, clock), second }
    },
    async close() {
      await one.close()
      await other.close()
      await discard()
    },
  }
}
