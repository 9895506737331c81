import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { giveTo, unprivileged } from './account.ts'
import { usable } from './binaries.ts'
import { type Candidate, candidates, nowhere, type Surroundings } from './candidates.ts'
import { guard } from './guard.ts'
import { Server, type StopMode } from './server.ts'
import { surroundings } from './surroundings.ts'

export interface ClusterOptions {
  /** Commits reach the disk, as in production: for benchmarks and crashes. Without it they do not, which is faster. */
  readonly durable?: boolean
  /** Takes no notice of `TEST_DATABASE_URL`: for tests that stop or starve the server. */
  readonly own?: boolean
  /** Further settings of the server, such as `statement_timeout`. */
  readonly settings?: Readonly<Record<string, string>>
  /** Where PostgreSQL may come from; this machine unless said otherwise. */
  readonly around?: Surroundings
}

/** A PostgreSQL that answers. */
export interface Cluster {
  /** Of a superuser, on 127.0.0.1, ending in `/postgres`; or what `TEST_DATABASE_URL` says. */
  readonly url: string
  /** `given`: it is somebody else's, and only its databases that we made are ours. */
  readonly kind: 'given' | 'found' | 'packaged'
  /** Such as `17.10`; of a given one the server knows. */
  readonly version: string | undefined
  /** The folder of its programs; those of npm are the server's only, without `pg_dump` and the like. */
  readonly bin: string | undefined
  /** Of the postmaster, while it runs and is ours. */
  readonly pid: number | undefined
  /** The server's log, where it is ours. */
  readonly log: string | undefined
  /** Stops the server without giving it up, until `resume`. Refused for a given one. */
  halt(mode?: StopMode): Promise<void>
  resume(): Promise<void>
  restart(mode?: StopMode): Promise<void>
  /** Gives it up, with all that it holds. A given one stays as it is. */
  stop(): Promise<void>
}

/** The first PostgreSQL that `candidates` names and that runs here; an error that says what was looked for if there is none. */
export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  const around = options.around ?? surroundings()
  const variables = options.own === true ? { ...around.variables, TEST_DATABASE_URL: undefined } : around.variables
  const all = candidates({ ...around, variables })
  const [first] = all
  if (first?.kind === 'given') return given(first.url)
  return await started(options, all.filter(isProgram), around)
}

async function started(
  { durable = false, settings = {} }: ClusterOptions,
  all: readonly Exclude<Candidate, { kind: 'given' }>[],
  around: Surroundings,
): Promise<Cluster> {
  const account = unprivileged()
  const scratch = mkdtempSync(join(tmpdir(), 'scim-postgres-'))
  const release = guard(scratch)
  try {
    giveTo(account, scratch)
    const { binaries, refused } = usable(all, scratch, account)
    if (binaries === undefined) throw new Error(nowhere(around, refused))
    const password = randomBytes(12).toString('hex')
    const server = new Server({ binaries, scratch, account, durable, password, settings })
    await server.create()
    const halt = (mode: StopMode = 'fast') => server.stop(mode)
    return {
      kind: binaries.kind,
      version: binaries.version,
      bin: binaries.bin,
      url: server.url,
      log: server.log,
      get pid() {
        return server.pid
      },
      halt,
      resume: () => server.start(),
      restart: async (mode) => {
        await halt(mode)
        await server.start()
      },
      stop: async () => {
        await server.stop('immediate')
        await release()
      },
    }
  } catch (error) {
    await release()
    throw error
  }
}

function given(url: string): Cluster {
  const refuse = async () => {
    throw new Error('The server behind TEST_DATABASE_URL is not ours to stop: start one with { own: true } for that.')
  }
  return {
    kind: 'given',
    url,
    version: undefined,
    bin: undefined,
    pid: undefined,
    log: undefined,
    halt: refuse,
    resume: refuse,
    restart: refuse,
    stop: async () => {},
  }
}

function isProgram(candidate: Candidate): candidate is Exclude<Candidate, { kind: 'given' }> {
  return candidate.kind !== 'given'
}
