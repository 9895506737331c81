import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createScim, readMigrationStatus, type Scim } from '../../src/index.ts'

let folder: string
let file: string
let host: Database.Database
const opened: Scim[] = []

/** A host's own database, with tables whose names are near ours. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scim-shared-'))
  file = join(folder, 'app.db')
  host = new Database(file)
  host.exec(`
    create table groups (id integer primary key, title text not null);
    create table people (id integer primary key, mail text unique);
    create index groups_title on groups (title);
    create view everyone as select mail from people;
    create trigger shouting after insert on groups begin update groups set title = upper(title); end;
    insert into groups (title) values ('staff');
    insert into people (mail) values ('host@a.example');
    pragma user_version = 7;
    pragma application_id = 1234;
  `)
})

afterEach(async () => {
  for (const scim of opened.splice(0)) await scim.close()
  host.close()
  rmSync(folder, { recursive: true, force: true })
})

async function open(tablePrefix?: string): Promise<Scim> {
  const scim = await createScim({
    database: `sqlite:${file}`,
    publicUrl: 'https://app.optimaite.example',
    ...(tablePrefix !== undefined && { tablePrefix }),
  })
  opened.push(scim)
  return scim
}

/** Everything that is the host's: its part of the schema, its rows, and what marks the file as its own. */
function hosts(): unknown {
  return {
    schema: host
      .prepare("select * from sqlite_schema where name not glob '[xy]_*' and tbl_name not glob '[xy]_*'")
      .all(),
    groups: host.prepare('select * from groups').all(),
    people: host.prepare('select * from people').all(),
    version: host.pragma('user_version', { simple: true }),
    application: host.pragma('application_id', { simple: true }),
  }
}

function names(): string[] {
  return host.prepare<[], string>("select name from sqlite_schema where type in ('table', 'index')").pluck().all()
}

/** A workspace with one person and one group, made through the SCIM endpoint. */
async function use(scim: Scim, name: string): Promise<void> {
  await scim.workspaces.create('acme', { name, scim: true })
  const { ids } = await scim.people.upsert('acme', [{ userName: 'ana@a.example', displayName: name }])
  const { text } = await scim.tokens.issue('acme', { label: 'Entra', createdBy: 'test' })
  const response = await scim.fetch(
    new Request(`${scim.baseUrl}/Groups`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${text}`, 'Content-Type': 'application/scim+json' },
      body: JSON.stringify({ displayName: name, members: ids.map((value) => ({ value })) }),
    }),
  )
  expect(response.status).toBe(201)
}

test("the host's tables are as they were, and ours have the prefix", async () => {
  const before = hosts()
  const known = new Set(names())
  await use(await open('x_'), 'Engineering')
  const made = names().filter((name) => !known.has(name) && !name.startsWith('sqlite_'))
  expect(made).toContain('x_groups')
  expect(made.filter((name) => !name.startsWith('x_'))).toEqual([])
  const statistics = new Set(['sqlite_stat1', 'sqlite_stat4', 'sqlite_sequence'])
  const without = (state: unknown) =>
    JSON.stringify(state, (_, value) =>
      Array.isArray(value) ? value.filter(({ name }: { name?: string }) => !statistics.has(name ?? '')) : value,
    )
  // Root pages may move with the file; the host's own must not.
  expect(without(hosts())).toBe(without(before))
  expect(host.prepare("select count(*) from sqlite_stat1 where tbl not like 'x\\_%' escape '\\'").pluck().get()).toBe(0)
  expect(host.pragma('integrity_check', { simple: true })).toBe('ok')
})

test('two prefixes in one file are two stores', async () => {
  const [x, y] = [await open('x_'), await open('y_')]
  await use(x, 'Engineering')
  await use(y, 'Sales')
  const groups = async (scim: Scim) => (await scim.groups.list('acme')).map(({ displayName }) => displayName)
  expect([await groups(x), await groups(y)]).toEqual([['Engineering'], ['Sales']])
  await x.workspaces.remove('acme')
  expect(await groups(y)).toEqual(['Sales'])
  expect((await readMigrationStatus(`sqlite:${file}`, { tablePrefix: 'x_' })).pending).toEqual([])
  expect((await readMigrationStatus(`sqlite:${file}`, { tablePrefix: 'z_' })).version).toBe(0)
})

test('what was stored is there again with the prefix, and only with it', async () => {
  await use(await open('x_'), 'Engineering')
  await opened.pop()?.close()
  expect(await (await open('x_')).groups.find('acme', 'Engineering')).toMatchObject({ memberCount: 1 })
  expect(await (await open()).workspaces.list()).toEqual([])
})

test("the host's own connection writes meanwhile, and neither loses anything", async () => {
  const scim = await open('x_')
  await use(scim, 'Engineering')
  const insert = host.prepare('insert into people (mail) values (?)')
  const ours = Array.from({ length: 300 }, (_, i) =>
    scim.people.upsert('acme', [{ id: `usr_${i}`, userName: `p${i}@a.example`, displayName: `P${i}` }]),
  )
  const theirs = Array.from({ length: 300 }, async (_, i) => {
    await scim.people.find('acme', 'ana@a.example')
    insert.run(`p${i}@host.example`)
  })
  await Promise.all([...ours, ...theirs])
  expect(host.prepare('select count(*) from people').pluck().get()).toBe(301)
  expect(await scim.people.list('acme', { limit: 1_000 })).toHaveLength(301)
})

test("beside a large write the host's connection without a timeout tries again, and both end", async () => {
  const scim = await open('x_')
  await scim.workspaces.create('acme', { name: 'Acme', scim: true })
  const { text } = await scim.tokens.issue('acme', { label: 'Entra', createdBy: 'test' })
  const members = Array.from({ length: 20_000 }, (_, i) => ({ value: `usr_${i}` }))
  let ended = false
  const large = scim
    .fetch(
      new Request(`${scim.baseUrl}/Groups`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${text}`, 'Content-Type': 'application/scim+json' },
        body: JSON.stringify({ displayName: 'Everyone', members }),
      }),
    )
    .finally(() => {
      ended = true
    })
  // As the package's README tells a host to do.
  const patient = new Database(file, { timeout: 0 })
  const insert = patient.prepare("insert into groups (title) values ('host')")
  let busy = 0
  let written = 0
  while (!ended || written === 0) {
    try {
      written += insert.run().changes
    } catch (error) {
      expect(error).toMatchObject({ code: 'SQLITE_BUSY' })
      busy += 1
    }
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect((await large).status).toBe(201)
  expect(busy).toBeGreaterThan(0)
  expect(patient.prepare("select count(*) from groups where title = 'HOST'").pluck().get()).toBe(written)
  expect((await scim.groups.list('acme'))[0]).toMatchObject({ memberCount: 20_000 })
  patient.close()
})

test.each(['', '1_', 'x-', 'x y', 'x;drop', '"x"', 'X_', 'ä_', 'sqlite_x', 'x_\n', '_', `x${'y'.repeat(32)}`])(
  'the prefix %j is refused, before anything is made',
  async (prefix) => {
    const before = names()
    await expect(open(prefix)).rejects.toThrow('cannot stand before the names of tables')
    const status = readMigrationStatus(`sqlite:${file}`, { tablePrefix: prefix })
    await expect(status).rejects.toThrow('cannot stand before the names of tables')
    expect(names()).toEqual(before)
  },
)
