import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A PostgreSQL server of the benchmark's own: its data in a scratch folder, its settings the defaults, commits on disk. */
export interface Cluster {
  /** Of the database `postgres`. */
  readonly url: string
  stop(): Promise<void>
}

const BINARIES = '/usr/lib/postgresql'

/** Starts a cluster from the binaries found on the machine. */
export async function startCluster({ durable }: { durable: boolean }): Promise<Cluster> {
  const versions = existsSync(BINARIES) ? readdirSync(BINARIES).sort((a, b) => Number(b) - Number(a)) : []
  if (versions[0] === undefined) throw new Error(`there are no PostgreSQL binaries in ${BINARIES}`)
  const bin = join(BINARIES, versions[0], 'bin')
  const folder = mkdtempSync(join(tmpdir(), 'scim-bench-postgres-'))
  const data = join(folder, 'data')
  const user = process.getuid?.() === 0 ? account() : undefined
  if (user) chownSync(folder, user.uid, user.gid)
  const run = (program: string, ...args: string[]) =>
    execFileSync(join(bin, program), args, { stdio: ['ignore', 'ignore', 'inherit'], cwd: folder, ...user })
  run('initdb', '-D', data, '-U', 'bench', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync')
  const port = await freePort()
  const options = `-p ${port} -h 127.0.0.1 -k ${folder} -c fsync=${durable ? 'on' : 'off'}`
  run('pg_ctl', '-D', data, '-w', '-l', join(folder, 'log'), '-o', options, 'start')
  return {
    url: `postgres://bench@127.0.0.1:${port}/postgres`,
    stop: async () => {
      run('pg_ctl', '-D', data, '-m', 'immediate', '-w', 'stop')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** PostgreSQL does not run as root. */
function account(): { uid: number; gid: number } {
  const id = (kind: string) => Number(execFileSync('id', [kind, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
