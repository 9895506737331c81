import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const PROGRAM = join(import.meta.dirname, '../packages/server/bin/optimaite-scim.js')

/** The service as `optimaite-scim serve` starts it, on a port of its own and an empty store. */
export interface Running {
  readonly url: string
  /** What the file for its owner says to the first operator. */
  firstOperatorLink(): string
  stop(): Promise<void>
}

export async function startBuilt(...flags: string[]): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'optimaite-scim-e2e-'))
  const child = spawn(
    process.execPath,
    [PROGRAM, 'serve', '--port', '0', '--database', `sqlite:${join(folder, 'scim.db')}`, ...flags],
    { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const url = await listening(child)
  return {
    url,
    firstOperatorLink: () =>
      /\S+\/invite#\S+/.exec(readFileSync(join(folder, 'first-operator-link'), 'utf8'))?.[0] ?? '',
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stderr?.on('data', (data: Buffer) => {
      if (child.exitCode === null && said.length < 10_000) said += data
    })
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}: ${said}`)))
    child.stdout?.on('data', (data: Buffer) => {
      said += data
      const url = /(?:Listening on |"url":")(http:\/\/[\d.]+:\d+)/.exec(said)?.[1]
      if (url) resolve(url)
    })
  })
}
