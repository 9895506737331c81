import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type Account, giveTo } from './account.ts'
import type { Binaries } from './binaries.ts'

/** `fast` ends sessions and stops in order; `immediate` is a crash: nothing is flushed, the next start recovers. */
export type StopMode = 'fast' | 'immediate'

const SIGNALS = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const

export interface ServerSetup {
  readonly binaries: Binaries
  readonly scratch: string
  readonly account: Account | undefined
  readonly durable: boolean
  readonly password: string
  readonly settings: Readonly<Record<string, string>>
}

/** A data folder and the server on it; the port stays the same over restarts. */
export class Server {
  readonly log: string
  private readonly setup: ServerSetup
  private port = 0
  private child: ChildProcess | undefined

  constructor(setup: ServerSetup) {
    this.setup = setup
    this.log = join(setup.scratch, 'log')
  }

  get url(): string {
    return `postgres://scim:${this.setup.password}@127.0.0.1:${this.port}/postgres`
  }

  get pid(): number | undefined {
    return this.child?.pid
  }

  /** Makes the data folder, and starts on a port that is free. */
  async create(): Promise<void> {
    this.initialise()
    for (let tries = 5; ; tries -= 1) {
      this.port = await freePort()
      try {
        return await this.start()
      } catch (error) {
        // Somebody else may have taken the port in between.
        if (tries === 1 || !/Address already in use/.test(this.logged())) throw error
      }
    }
  }

  async start(): Promise<void> {
    const { binaries, scratch, account } = this.setup
    const log = openSync(this.log, 'a', 0o600)
    const child = spawn(join(binaries.bin, 'postgres'), ['-D', join(scratch, 'data'), ...this.settings()], {
      cwd: scratch,
      // A terminal's interrupt would reach it before the tests are through with it; the guard ends it.
      detached: true,
      stdio: ['ignore', log, log],
      ...account,
    })
    closeSync(log)
    child.unref()
    this.child = child
    try {
      await this.ready(child)
    } catch (error) {
      await this.stop('immediate')
      throw error
    }
  }

  /** Resolves once its process has ended. */
  async stop(mode: StopMode): Promise<void> {
    const child = this.child
    this.child = undefined
    if (child === undefined || hasEnded(child)) return
    child.ref()
    const ended = once(child, 'exit')
    // A test may have paused it.
    child.kill('SIGCONT')
    child.kill(SIGNALS[mode])
    await ended
  }

  private initialise(): void {
    const { binaries, scratch, account, durable, password } = this.setup
    const secret = join(scratch, 'password')
    writeFileSync(secret, password, { mode: 0o600 })
    giveTo(account, secret)
    writeFileSync(this.log, '')
    chmodSync(this.log, 0o600)
    const { status, stderr, error } = spawnSync(
      join(binaries.bin, 'initdb'),
      [
        ...['-D', join(scratch, 'data'), '--username=scim', `--pwfile=${secret}`, '--auth=password'],
        ...['--encoding=UTF8', '--no-locale', ...(durable ? [] : ['--no-sync'])],
      ],
      { cwd: scratch, encoding: 'utf8', ...account },
    )
    rmSync(secret)
    if (status !== 0) throw new Error(`initdb of PostgreSQL ${binaries.version} failed: ${error?.message ?? stderr}`)
  }

  private settings(): string[] {
    const { scratch, durable, settings } = this.setup
    const all = {
      listen_addresses: '127.0.0.1',
      port: String(this.port),
      unix_socket_directories: scratch,
      max_connections: '200',
      // Of the data nothing has to survive the run, unless a crash or a commit's price is what is tested.
      ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
      ...settings,
    }
    return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  }

  private async ready(child: ChildProcess): Promise<void> {
    let failed: Error | undefined
    child.once('error', (error) => {
      failed = error
    })
    // Recovery after a crash may take its time; a server that has given up is told from one that is not there yet.
    for (let waits = 0; waits < 2_400; waits += 1) {
      if (failed !== undefined) throw failed
      if (hasEnded(child)) throw new Error(`PostgreSQL did not start:\n${this.logged()}`)
      if (await answers(this.url)) return
      await sleep(25)
    }
    throw new Error(`PostgreSQL does not answer:\n${this.logged()}`)
  }

  private logged(): string {
    return readFileSync(this.log, 'utf8').split('\n').slice(-30).join('\n')
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

async function freePort(): Promise<number> {
  const listener = createServer()
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  listener.close()
  await once(listener, 'close')
  if (address === null || typeof address === 'string') throw new Error('a listener on TCP has no port')
  return address.port
}
