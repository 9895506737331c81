import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type NodeAdapterOptions, nodeListener } from '../../src/adapters/node.ts'
import { createScim, SCIM_PATH, type Scim } from '../../src/scim.ts'
import { openDatabase } from '../../src/store/open.ts'
import { openSqlite, type SqliteOptions } from '../../src/store/sqlite/open.ts'
import type { Store } from '../../src/store/store.ts'
import { emptyStore } from '../stores.ts'
import { Client } from './client.ts'
import { fileOf } from './truth.ts'

export interface Service extends AsyncDisposable {
  readonly scim: Scim
  readonly store: Store
  readonly server: Server
  readonly client: Client
  /** As `createScim` takes it. */
  readonly database: string
  readonly workspace: string
}

export interface ServiceOptions extends Partial<Pick<SqliteOptions, 'connect' | 'writer'>> {
  /** One that is there already, and stays; an empty one of its own unless said otherwise. */
  readonly database?: string
  /** Fills the store before it is opened. */
  readonly prepare?: (database: string) => void | Promise<void>
  /** On PostgreSQL, connections at the most. */
  readonly connections?: number
  /** Between the floors above and the store, such as a counter of statements. */
  readonly wrap?: (store: Store) => Store
  readonly adapter?: NodeAdapterOptions
  readonly people?: number
  readonly unknownMembers?: 'record' | 'reject'
}

/** A folder that is gone with `using`. */
export function temporaryFolder(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'scim-load-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

/** The slug of the one workspace. */
export const WORKSPACE = 'load'

export const personId = (number: number): string => `usr_p${String(number).padStart(6, '0')}`

export function people(count: number): { id: string; userName: string; displayName: string }[] {
  return Array.from({ length: count }, (_, number) => ({
    id: personId(number),
    userName: `p${number}@example.com`,
    displayName: `Person ${number}`,
  }))
}

/** The node adapter over a store of its own, with a workspace, people in it and a token. */
export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const {
    prepare,
    wrap = (store) => store,
    adapter,
    people: count = 0,
    unknownMembers = 'record',
    connections,
    connect,
    writer,
  } = options
  const own = options.database === undefined ? await emptyStore() : undefined
  const database = options.database ?? own?.database ?? ''
  await prepare?.(database)
  const store = database.startsWith('sqlite:')
    ? await openSqlite({ file: fileOf(database), ...(connect && { connect }), ...(writer && { writer }) })
    : await openDatabase({ database, connections })
  // Longer than a test thinks between two requests: both ends are in one process, and a busy one would use what is closed.
  const server = createServer({ keepAliveTimeout: 300_000 })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const scim = await createScim({ database: wrap(store), publicUrl: origin, rateLimit: { perSecond: 0, burst: 0 } })
  server.on('request', nodeListener(scim.handle, adapter))
  const workspace = WORKSPACE
  if (!(await scim.workspaces.find(workspace)))
    await scim.workspaces.create(workspace, { name: 'Load', scim: true, unknownMembers })
  if (count > 0) await scim.people.upsert(workspace, people(count))
  const { text } = await scim.tokens.issue(workspace, { label: 'test', createdBy: 'test' })
  const client = new Client(origin + SCIM_PATH, text)
  return {
    scim,
    store,
    server,
    client,
    database,
    workspace,
    async [Symbol.asyncDispose]() {
      client.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await scim.close()
      await own?.discard()
    },
  }
}
