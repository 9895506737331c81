import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Account } from './account.ts'
import { type Candidate, OLDEST } from './candidates.ts'

/** Binaries that have been seen to run as the account that will run them. */
export interface Binaries {
  readonly bin: string
  /** Such as `15.18`. */
  readonly version: string
  /** Which kind of candidate they came from. */
  readonly kind: 'found' | 'packaged'
}

/**
 * The first candidate whose server starts as `account`; asking it for its version also loads its libraries. A candidate
 * that does not is named in `refused`, with the reason.
 */
export function usable(
  all: readonly Exclude<Candidate, { kind: 'given' }>[],
  scratch: string,
  account: Account | undefined,
): { readonly binaries: Binaries | undefined; readonly refused: readonly string[] } {
  const refused: string[] = []
  for (const candidate of all) {
    const places = candidate.kind === 'found' ? [() => candidate.bin] : packaged(candidate, scratch)
    for (const place of places) {
      const bin = place()
      const answer = versionOf(bin, scratch, account)
      if ('version' in answer) return { binaries: { bin, kind: candidate.kind, version: answer.version }, refused }
      refused.push(`${bin}: ${answer.reason}`)
    }
  }
  return { binaries: undefined, refused }
}

/** Where it lies, and failing that a copy: a folder may be closed to the account, or read-only with its links missing. */
function packaged({ native }: { readonly native: string }, scratch: string): (() => string)[] {
  return [
    () => {
      attempt(() => link(native))
      return join(native, 'bin')
    },
    () => {
      const copy = join(scratch, 'native')
      mkdirSync(copy, { mode: 0o755 })
      cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
      // Modes are copied too, and links go here.
      chmodSync(join(copy, 'lib'), 0o755)
      link(copy)
      return join(copy, 'bin')
    },
  ]
}

/**
 * npm packs no links, so the package lists those of its libraries (`source` is what exists), to be made by an install
 * script. Where such scripts are off nobody has made them.
 */
function link(native: string): void {
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as readonly Link[]
  for (const { source, target } of links) {
    // Both begin with `native/`, and lie in one folder.
    if (dirname(source) !== dirname(target)) throw new Error(`${target} would lead to another folder`)
    const [, ...path] = target.split('/')
    attempt(() => symlinkSync(basename(source), join(native, ...path)))
  }
}

interface Link {
  readonly source: string
  readonly target: string
}

function versionOf(bin: string, cwd: string, account: Account | undefined): { version: string } | { reason: string } {
  const { status, stdout, stderr, error } = spawnSync(join(bin, 'postgres'), ['--version'], {
    cwd,
    encoding: 'utf8',
    ...account,
  })
  if (error !== undefined) return { reason: error.message }
  const version = /\(PostgreSQL\) (\d+(?:\.\d+)?)/.exec(stdout)?.[1]
  if (status !== 0 || version === undefined) return { reason: stderr.trim().split('\n')[0] ?? `exit ${status}` }
  return Number.parseInt(version, 10) < OLDEST ? { reason: `PostgreSQL ${version}` } : { version }
}

/** Links that are there already, and folders that are read-only, show in whether the server starts. */
function attempt(act: () => void): void {
  try {
    act()
  } catch {}
}
