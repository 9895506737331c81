import { fork } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { askBroker, openBroker } from './broker.ts'
import { packageName, type Surroundings } from './candidates.ts'
import { type Cluster, type ClusterOptions, startCluster } from './cluster.ts'
import { createDatabase, templateDatabase, within } from './databases.ts'
import { sharedCluster, testDatabase } from './shared.ts'
import { surroundings } from './surroundings.ts'

const leftovers: (() => unknown)[] = []

afterEach(async () => {
  for (const clear of leftovers.splice(0).reverse()) await clear()
})

async function start(options: ClusterOptions = {}): Promise<Cluster> {
  const cluster = await startCluster({ own: true, ...options })
  leftovers.push(() => cluster.stop())
  return cluster
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  return within(url, async (client) => (await client.query(text)).rows)
}

/** This machine, if npm's package were all that it had. */
function packageOnly(folder?: string): Surroundings {
  const around = surroundings()
  return {
    ...around,
    variables: {},
    list: () => [],
    pgConfig: () => undefined,
    packageFolder: (name) => folder ?? around.packageFolder(name),
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('a cluster keeps what was committed over a restart and, where it is durable, over a crash', async () => {
  const cluster = await start({ durable: true, settings: { statement_timeout: '12345' } })
  expect(await query(cluster.url, 'show statement_timeout')).toEqual([{ statement_timeout: '12345ms' }])
  expect(await query(cluster.url, 'show fsync')).toEqual([{ fsync: 'on' }])
  await query(cluster.url, 'create table kept (word text); insert into kept values ($$Straße$$)')
  const before = cluster.pid
  await cluster.restart('fast')
  await cluster.restart('immediate')
  expect(cluster.pid).not.toBe(before)
  expect(await query(cluster.url, 'select word from kept')).toEqual([{ word: 'Straße' }])
})

test('a cluster that was halted refuses connections until it is resumed', async () => {
  const cluster = await start()
  await cluster.halt()
  await expect(query(cluster.url, 'select 1')).rejects.toThrow('ECONNREFUSED')
  await cluster.resume()
  expect(await query(cluster.url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('stopping leaves neither the server nor its folder', async () => {
  const cluster = await startCluster({ own: true })
  const { pid = 0, log = '' } = cluster
  expect(existsSync(log)).toBe(true)
  await cluster.stop()
  expect(isAlive(pid)).toBe(false)
  expect(existsSync(dirname(log))).toBe(false)
})

test('a run that is killed takes its server along', async () => {
  const child = fork(fileURLToPath(new URL('./abandoned.ts', import.meta.url)), { execArgv: ['--conditions=source'] })
  const [{ pid, log }] = (await once(child, 'message')) as [{ pid: number; log: string }]
  expect(isAlive(pid)).toBe(true)
  child.kill('SIGKILL')
  // The runner's own limit bounds the wait.
  while (isAlive(pid) || existsSync(dirname(log))) await sleep(50)
})

test("the package's server runs where it lies, its library links made by the launcher", async () => {
  const cluster = await start({ around: packageOnly() })
  expect(cluster.kind).toBe('packaged')
  expect(await query(cluster.url, 'show server_version')).toEqual([{ server_version: cluster.version }])
})

test("the package's server runs from a copy where the account cannot reach it, and without links", async () => {
  const around = packageOnly()
  const closed = mkdtempSync(join(tmpdir(), 'scim-closed-'))
  leftovers.push(() => rmSync(closed, { recursive: true }))
  const folder = join(closed, 'package')
  mkdirSync(folder)
  const source = join(around.packageFolder(packageName(around)) ?? '', 'native')
  // As npm unpacks it: without links, and here read-only too, as not everybody runs this as root.
  cpSync(source, join(folder, 'native'), { recursive: true, filter: (path) => !lstatSync(path).isSymbolicLink() })
  chmodSync(join(folder, 'native', 'lib'), 0o555)
  leftovers.push(() => chmodSync(join(folder, 'native', 'lib'), 0o755))
  const cluster = await start({ around: packageOnly(folder) })
  expect(cluster.kind).toBe('packaged')
  expect(cluster.bin?.startsWith(closed)).toBe(false)
  expect(await query(cluster.url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a machine without PostgreSQL fails with a sentence, for whoever asks', async () => {
  const around = { ...packageOnly(), packageFolder: () => undefined }
  await expect(startCluster({ around })).rejects.toThrow(/^No PostgreSQL 15 or newer/)
  const broker = await openBroker({ around })
  leftovers.push(() => broker.close())
  await expect(askBroker(broker.port)).rejects.toThrow(/^No PostgreSQL 15 or newer/)
})

test('a given database is used as it is, loses what the run made in it, and stays', async () => {
  const cluster = await start()
  const around = { ...surroundings(), variables: { TEST_DATABASE_URL: cluster.url } }
  const given = await startCluster({ around })
  expect(given).toMatchObject({ kind: 'given', url: cluster.url })
  await expect(given.restart()).rejects.toThrow('not ours to stop')
  await given.stop()

  const mine = await createDatabase(cluster.url)
  const broker = await openBroker({ around })
  const { url, run } = await askBroker(broker.port)
  const template = await templateDatabase(url, run, async (draft) => {
    await query(draft, 'create table t (id int)')
  })
  await createDatabase(url, { template })
  await broker.close()
  const names = await query(cluster.url, 'select datname from pg_database where not datistemplate order by 1')
  expect(names).toEqual([{ datname: 'postgres' }, { datname: mine.name }])
})

test("a test's database is a copy of the run's template, which is filled once", async () => {
  let fills = 0
  const fill = async (url: string) => {
    fills += 1
    await query(url, 'create table groups (name text); insert into groups values ($$Ä$$), ($$b$$), ($$B$$)')
  }
  const { url } = await sharedCluster()
  const run = `scim_test_own_${process.pid}`
  const [one, two] = await Promise.all([templateDatabase(url, run, fill), templateDatabase(url, run, fill)])
  expect([one, fills]).toEqual([two, 1])
  const [a, b] = await Promise.all([createDatabase(url, { template: one }), createDatabase(url, { template: one })])
  await query(a.url, 'delete from groups')
  const byCodePoint = [{ name: 'B' }, { name: 'b' }, { name: 'Ä' }]
  expect(await query(b.url, 'select name from groups order by name')).toEqual(byCodePoint)
  const open = new pg.Client({ connectionString: a.url })
  open.on('error', () => {})
  await open.connect()
  await a.drop()
  await b.drop()
  await query(url, `drop database ${one}`)
  await expect(query(a.url, 'select 1')).rejects.toThrow('does not exist')
})

test('a template that could not be filled is not there', async () => {
  const { url } = await sharedCluster()
  const run = `scim_test_broken_${process.pid}`
  const fill = () => Promise.reject(new Error('no schema'))
  await expect(templateDatabase(url, run, fill)).rejects.toThrow('no schema')
  expect(await query(url, `select 1 from pg_database where starts_with(datname, '${run}')`)).toEqual([])
})

test('the files of a run share one template', async () => {
  const fill = async (url: string) => {
    await query(url, 'select 1')
  }
  const [a, b] = await Promise.all([testDatabase(fill), testDatabase(fill)])
  expect(a.name).not.toBe(b.name)
  await Promise.all([a.drop(), b.drop()])
})
