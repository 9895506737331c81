import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { peerVersion } from '../peers.ts'
import type { Results } from './results.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** What was measured, with what. */
export function versions({ subjects, data }: Results): string {
  const peers = new Set(subjects.flatMap(({ packages = [] }) => packages))
  const all = [
    ...(data.postgres === undefined ? [] : [`PostgreSQL ${data.postgres}`]),
    `SQLite ${sqlite()}`,
    ...['better-sqlite3', 'pg'].map((name) => `${name} ${ownVersion(name)}`),
    ...[...peers].map((name) => `${name} ${peerVersion(name)}`),
  ]
  const own = commit()
  return `${all.join(', ')}.${own === undefined ? '' : ` Ours: commit ${own}.`}`
}

function sqlite(): string {
  const database = new Database(':memory:')
  const { version } = database.prepare('select sqlite_version() as version').get() as { version: string }
  database.close()
  return version
}

function ownVersion(name: string): string {
  return JSON.parse(readFileSync(`${ROOT}/node_modules/${name}/package.json`, 'utf8')).version
}

/** Undefined outside of a repository. */
function commit(): string | undefined {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no', '--', 'packages', 'bench/*.ts') !== ''
    return `${git('rev-parse', '--short=12', 'HEAD')}${changed ? ', with changes' : ''}`
  } catch {
    return undefined
  }
}
