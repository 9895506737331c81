import { execFileSync } from 'node:child_process'
import { createScim, SCIM_PATH, type Scim } from '@optimaite/scim'
import { onTestFinished } from 'vitest'
import { type Running, start } from './cli.ts'

/** The real service on a PostgreSQL. */
export interface Service {
  readonly running: Running
  /** Where it listens. */
  readonly url: string
  /** The SCIM base URL. */
  readonly baseUrl: string
  /** Asks it to stop; answers what it wrote to its log. */
  stop(): Promise<Line[]>
}

/** A line of the log. */
export type Line = Readonly<Record<string, unknown>>

export async function serveOn(database: string, cwd: string, ...args: readonly string[]): Promise<Service> {
  const running = start(['serve', '--port', '0', '--rate-limit', '0', ...args], {
    cwd,
    env: { DATABASE_URL: database },
  })
  const shown = await running.until(/(Holds|No workspace) .*\n/)
  const [, url = '', count = '1'] = /Listening on ([^\s,]+)(?:, with (\d+) processes)?/.exec(shown) ?? []
  // It answers as soon as one of them does.
  while (!(await metricsOf(url)).includes(`\nscim_processes ${count}\n`));
  return {
    running,
    url,
    baseUrl: url + SCIM_PATH,
    async stop() {
      running.kill('SIGTERM')
      const { code, stderr } = await running.ended
      if (code !== 0) throw new Error(`it ended with ${code}: ${stderr}`)
      return linesOf(stderr)
    },
  }
}

export async function metricsOf(url: string): Promise<string> {
  return (await fetch(`${url}/metrics`, { headers: { Connection: 'close' } })).text()
}

export function linesOf(stderr: string): Line[] {
  return stderr
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}

/** A host application on the same store. */
export async function hostOn(database: string): Promise<Scim> {
  const scim = await createScim({ database, publicUrl: 'https://app.example.com' })
  onTestFinished(() => scim.close())
  return scim
}

/** A workspace, and a token of it. */
export async function workspaceIn(scim: Scim, slug: string): Promise<string> {
  await scim.workspaces.create(slug, { name: slug, scim: true })
  return (await scim.tokens.issue(slug, { label: 'test', createdBy: 'test' })).text
}

export function childrenOf(pid: number): number[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid)
    .map(([child = 0]) => child)
}
