import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Fault } from '../src/cli/fault.ts'
import { type Flags, publicUrlOf, readConfig, urlOf } from '../src/config.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'optimaite-scim-'))
})

afterAll(() => rmSync(folder, { recursive: true }))

function file(content: unknown): string {
  const path = join(folder, 'config.json')
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

function refusal(flags: Flags, environment: NodeJS.ProcessEnv = {}): Fault {
  try {
    readConfig(flags, environment)
  } catch (error) {
    expect(error).toBeInstanceOf(Fault)
    return error as Fault
  }
  throw new Error('nothing was refused')
}

describe('settings', () => {
  test('have defaults', () => {
    const config = readConfig({ config: file({}) }, {})
    expect(config).toEqual({
      host: '127.0.0.1',
      port: 4000,
      database: 'sqlite:./data/scim.db',
      tablePrefix: 'scim_',
      tableSchema: undefined,
      connections: 10,
      processes: undefined,
      publicUrl: undefined,
      rateLimit: 200,
      apiRateLimit: 200,
      trustedProxies: [],
      logLevel: 'info',
    })
    expect(publicUrlOf(config)).toBe('http://127.0.0.1:4000')
  })

  test('come from the command line before the environment before the file', () => {
    const config = file({ port: 1, rateLimit: 1, host: '::1' })
    expect(readConfig({ config, port: '3' }, { PORT: '2', RATE_LIMIT: '2' })).toMatchObject({
      port: 3,
      rateLimit: 2,
      host: '::1',
    })
  })

  test('take every form that flag, variable and file can have', () => {
    const fromFile = readConfig({ config: file({ port: 8080, trustedProxies: ['10.0.0.1', '::1'] }) }, {})
    const fromText = readConfig({ config: file({}), port: '8080' }, { TRUSTED_PROXIES: '10.0.0.1, ::1' })
    expect(fromText).toEqual(fromFile)
  })

  test('that are empty in the environment are not set', () => {
    expect(readConfig({ config: file({}) }, { PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 4000 })
  })
})

describe('a wrong setting is refused with value, reason and fix', () => {
  test.each([
    ['port', '70000', 'a port is a whole number from 0 to 65535', '--port 4000'],
    ['port', '-1', 'a port is a whole number from 0 to 65535', '--port 4000'],
    ['port', '', 'a port is a whole number from 0 to 65535', '--port 4000'],
    ['port', '4e3', 'a port is a whole number from 0 to 65535', '--port 4000'],
    ['host', 'a host', 'a host is an address of this machine, or a name of it', '--host 127.0.0.1'],
    ['database', 'mysql://db/scim', 'a database is written sqlite:FILE', '--database sqlite:./data/scim.db'],
    ['database', './data/scim.db', 'a database is written sqlite:FILE', '--database sqlite:./data/scim.db'],
    ['database', 'sqlite::memory:', 'the store is a file', '--database sqlite:./data/scim.db'],
    ['database', 'postgresql://db', 'it has to end with the name of a database', '--database sqlite:'],
    ['database', 'postgres:db/scim', 'it is no URL such as postgres://', '--database sqlite:'],
    ['tablePrefix', 'scim-', 'it has to be a lower-case letter', '--table-prefix scim_'],
    ['tablePrefix', 'sqlite_', 'SQLite keeps names', '--table-prefix scim_'],
    ['tableSchema', 'A"b', 'it has to be a lower-case letter', '--table-schema scim'],
    ['connections', '0', 'connections are a whole number from 1 to 1000', '--connections 10'],
    ['processes', '0', 'processes are a whole number from 1 to 256', '--processes 4'],
    [
      'publicUrl',
      'app.example.com',
      'it is no URL that begins with http:// or https://',
      '--public-url https://app.example.com',
    ],
    ['publicUrl', 'ftp://app.example.com', 'it is no URL that begins with', '--public-url https://app.example.com'],
    ['publicUrl', 'https://a.example/?x', 'it must end before any "?"', '--public-url https://app.example.com'],
    ['rateLimit', '1.5', 'a rate limit is a whole number', '--rate-limit 200'],
    ['trustedProxies', 'proxy.example', 'each must be an IP address', '--trusted-proxies 10.0.0.1'],
    ['logLevel', 'loud', 'a log level is one of trace, debug', '--log-level info'],
  ] as const)('%s %s', (name, value, reason, fix) => {
    const { message, next, exitCode } = refusal({ [name]: value, config: file({}) })
    expect(message).toContain(`${value} is not possible: `)
    expect(message).toContain(reason)
    expect(next).toContain(fix)
    expect(exitCode).toBe(2)
  })

  test.each([
    ['postgres://scim:geheim@db/', 'postgres://…@db/'],
    ['postgres://scim:ge@heim/x@db/scim#1', 'postgres://…@db/scim#1'],
    ['postgres://scim:ge heim@db:port/scim', 'postgres://…@db:port/scim'],
    ['postgres:///?user=scim&password=geheim', 'postgres:///?user=scim&password=…'],
  ])('that stands in the environment, without the password in it: %s', (url, shown) => {
    const { message, next } = refusal({ config: file({}) }, { DATABASE_URL: url })
    expect(message).toContain(`DATABASE_URL=${shown} is not possible: it `)
    expect(message + next).not.toContain('heim')
    expect(next).toBe('Set DATABASE_URL to sqlite:./data/scim.db, for instance, or unset it.')
  })

  test.each([
    [{ tableSchema: 'scim' }, 'SQLite has no schemas for tables.'],
    [{ processes: '2' }, 'SQLite is for one process: '],
  ])('on SQLite, that is for PostgreSQL: %j', (settings, reason) => {
    const database = 'postgres://scim:geheim@db/scim?sslmode=verify-full'
    expect(readConfig({ ...settings, database, config: file({}) }, {})).toMatchObject({ database })
    const { message, next, exitCode } = refusal({ ...settings, config: file({}) })
    expect(message).toContain(reason)
    expect(next).toContain('use PostgreSQL: DATABASE_URL=postgres://')
    expect(exitCode).toBe(2)
  })

  test('that stands in the file', () => {
    const path = file({ port: 'four' })
    const { message, next } = refusal({ config: path })
    expect(message).toBe(`"port": four in ${path} is not possible: a port is a whole number from 0 to 65535.`)
    expect(next).toContain('"port"')
  })

  test('that the file calls by a name that is nearly right', () => {
    const { message, next } = refusal({ config: file({ prot: 4000 }) })
    expect(message).toContain('"prot"')
    expect(next).toBe('Did you mean "port"?')
  })

  test('that has no name near it', () => {
    expect(refusal({ config: file({ __proto__: null, colour: 'red' }) }).next).toContain('Known names are host, port')
  })

  test('and so is a file that is missing, or no JSON object', () => {
    expect(refusal({ config: join(folder, 'absent.json') }).message).toContain('there is no such file')
    expect(refusal({ config: file('{ port: 1 }') }).message).toContain('is no JSON')
    expect(refusal({ config: file([]) }).message).toContain('holds no JSON object')
  })
})

test('a service that listens everywhere is reached on this machine', () => {
  expect(urlOf('0.0.0.0', 80)).toBe('http://127.0.0.1:80')
  expect(urlOf('::1', 4000)).toBe('http://[::1]:4000')
  expect(urlOf('localhost', 4000)).toBe('http://localhost:4000')
})
