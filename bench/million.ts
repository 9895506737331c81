import { existsSync, statSync } from 'node:fs'
import { createScim } from '@optimaite/scim'
import { client } from './client.ts'
import { databaseSize } from './databases.ts'
import { initialSync, type Sync } from './initialSync.ts'
import { addOurPeople } from './people.ts'
import { serve } from './serve.ts'
import { emptyStock } from './stock.ts'
import type { Subject } from './subjects.ts'

/** A large initial sync into an empty store, by a server of its own. */
export interface Million extends Sync {
  /** Bytes of resident memory of the server at the most. */
  readonly peak: number
  /** Bytes on disk of a membership with its reverse index and its history. */
  readonly bytes: number
  /** Calls of the library's `groups.ofPerson` a second, one after the other, with all of them stored. */
  readonly ofPerson: number
}

const MEMBERS = 500

export async function syncMillion(
  subject: Subject,
  database: string,
  { groups, people }: { groups: number; people: number },
): Promise<Million> {
  const { ids, token } = await addOurPeople(database, people)
  const before = await size(database)
  const served = await serve(subject.script, [database, token])
  const calls = client(served)
  const stock = emptyStock(subject, served, calls, ids)
  const plan = { groups, members: MEMBERS, batch: 100, parallel: 8, cap: Number.POSITIVE_INFINITY, readBack: true }
  const sync = await initialSync(stock, plan)
  const { peak } = await served.figures()
  calls.close()
  await served.stop()
  if (!sync) throw new Error('too few people')
  // Closes the store after: until then what SQLite has in its log and its file counts twice.
  const ofPerson = await ofPersonRate(database, ids)
  const bytes = ((await size(database)) - before) / sync.acknowledged
  return { ...sync, peak, bytes, ofPerson }
}

async function ofPersonRate(database: string, ids: readonly string[]): Promise<number> {
  const url = database.startsWith('postgres') ? database : `sqlite:${database}`
  const scim = await createScim({ database: url, publicUrl: 'http://127.0.0.1' })
  const start = performance.now()
  let calls = 0
  for (; performance.now() < start + 2_000; calls++)
    await scim.groups.ofPerson('bench', ids[(calls * 7_919) % ids.length] as string)
  const seconds = (performance.now() - start) / 1_000
  await scim.close()
  return calls / seconds
}

async function size(database: string): Promise<number> {
  if (database.startsWith('postgres')) return databaseSize(database)
  return [database, `${database}-wal`].reduce((sum, file) => sum + (existsSync(file) ? statSync(file).size : 0), 0)
}
