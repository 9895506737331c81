import { join } from 'node:path'
import { openSqlite, type SqliteOptions } from '../../src/store/sqlite/open.ts'
import type { Reader, Store, Writer } from '../../src/store/store.ts'
import { allWorkspaces, insertWorkspace } from '../../src/store/workspaces.ts'
import { temporaryFolder } from './service.ts'

const SETTINGS = {
  name: 'Name',
  scim: 1,
  unknown_members: 'record',
  unknown_users: 'refuse',
  suspended: 'apply',
  activity_days: 90,
  pending_days: 180,
  guard_on: 0,
  guard_limit: 20,
  created_at: 0,
} as const

/** The simplest row there is: a workspace, whose slug is unique. */
export async function insertRow(writer: Writer, slug: string): Promise<string> {
  await insertWorkspace(writer, { ...SETTINGS, slug })
  return slug
}

/** Slugs of the rows that are stored. */
export async function storedRows(reader: Reader): Promise<string[]> {
  return (await allWorkspaces(reader)).map(({ slug }) => slug)
}

/** A batch ends at its number of requests alone, however slow the machine is. */
const UNHURRIED = { batchMilliseconds: Number.POSITIVE_INFINITY }

/** A store in a folder of its own, closed and gone with `await using`. */
export async function openStore(options: Omit<SqliteOptions, 'file'> = {}): Promise<Store & AsyncDisposable> {
  const folder = temporaryFolder()
  const store = await openSqlite({ writer: UNHURRIED, ...options, file: join(folder.path, 'store.db') })
  const dispose = async (): Promise<void> => {
    await store.close()
    folder[Symbol.dispose]()
  }
  return Object.assign(store, { [Symbol.asyncDispose]: dispose })
}

export interface Outcomes {
  readonly values: unknown[]
  readonly errors: { code?: string; status?: number; headers?: Record<string, string>; cause?: unknown }[]
}

export async function outcomesOf(promises: readonly Promise<unknown>[]): Promise<Outcomes> {
  const settled = await Promise.allSettled(promises)
  return {
    values: settled.filter((outcome) => outcome.status === 'fulfilled').map(({ value }) => value),
    errors: settled.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason),
  }
}
