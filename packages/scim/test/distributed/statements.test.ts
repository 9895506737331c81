import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createScim, type Scim } from '../../src/index.ts'
import { MIGRATIONS } from '../../src/store/migrate.ts'
import { postgresDialect } from '../../src/store/postgres/dialect.ts'
import { compile } from '../../src/store/statement.ts'
import { violationOf } from '../../src/store/violation.ts'
import { createDatabase, type Database } from '../postgres/databases.ts'
import { sharedCluster } from '../postgres/shared.ts'
import { sender, wholeLife } from '../store/life.ts'
import { unbound } from './conditions.ts'

const recorded = vi.hoisted(() => new Set<string>())

// Every statement is made here: those that modules define when they are loaded, and those that filters and lists build.
vi.mock('../../src/store/statement.ts', async (original) => ({
  ...(await original<typeof import('../../src/store/statement.ts')>()),
  statement: (text: string) => {
    recorded.add(text)
    return { text }
  },
}))

/** Statements that are about no one workspace, or about one that has no key yet. */
const EXCEPTIONS: Readonly<Record<string, RegExp>> = {
  'a new workspace is given its key': /^insert into scim_workspaces as w/,
  'all workspaces are listed': /^select [\w, ]+ from scim_workspaces order by slug$/,
  'a copy goes through all workspaces': /^select w\.key from scim_workspaces w$/,
}

const FILTERS = {
  Groups: [
    'members.display co "a" or not (members pr)',
    'members[value eq "usr_pat" and display pr]',
    'members.value ne "usr_pat"',
    'members.value eq null and externalId ne null',
    'meta.lastModified gt "2020-01-01T00:00:00Z" and members.$ref co "Users"',
  ],
  Users: [
    'groups.display sw "T" or groups.value eq "grp_01"',
    'groups[value eq "grp_01" and display pr]',
    'name.familyName eq "x" and name pr and active eq true',
    'emails[type eq "work" and value co "x"] or emails.value eq "a@x.example"',
    'groups.value ne null and userName ge "a"',
  ],
}

let database: Database
let scim: Scim

beforeAll(async () => {
  const folder = fileURLToPath(new URL('../../src/store', import.meta.url))
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  for (const file of files) await import(join(folder, file))
  database = await createDatabase((await sharedCluster()).url)
  scim = await createScim({ database: database.url, publicUrl: 'https://app.optimaite.example' })
  const send = sender(scim, await wholeLife(scim, 'plans'))
  for (const [list, filters] of Object.entries(FILTERS)) {
    for (const filter of filters) {
      const asked = `/${list}?filter=${encodeURIComponent(filter)}`
      for (const page of [
        '',
        '&sortBy=displayName&count=1',
        '&cursor&count=1',
        '&sortBy=meta.created&sortOrder=descending',
      ]) {
        expect([asked, (await send('GET', asked + page)).status]).toEqual([asked, 200])
      }
    }
  }
  await scim.workspaces.remove('plans')
})

afterAll(async () => {
  await scim.close()
  await database.drop()
})

/** As they are sent; of those that look into an array also the text for one element. */
function compiled(): string[] {
  const texts = [...recorded].flatMap((text) =>
    [false, true].map((single) => compile(text, postgresDialect, 'scim_', single).sql.trim().replaceAll(/\s+/g, ' ')),
  )
  return [...new Set(texts)].filter((sql) => sql.includes('scim_') && !sql.includes('scim_store'))
}

function withoutExceptions(): string[] {
  return compiled().filter((sql) => !Object.values(EXCEPTIONS).some((pattern) => pattern.test(sql)))
}

test('no table is named without its workspace', () => {
  const statements = withoutExceptions()
  expect(statements.length).toBeGreaterThan(150)
  expect(statements.flatMap((sql) => unbound(sql).map((complaint) => `${complaint}: ${sql}`))).toEqual([])
  for (const [reason, pattern] of Object.entries(EXCEPTIONS))
    expect([reason, compiled().some((sql) => pattern.test(sql))]).toEqual([reason, true])
})

test('what is inserted by a select begins at a distributed row, and what comes back is of a named target', () => {
  const inserts = withoutExceptions().filter((sql) => /^insert into scim_(?!workspace_slugs)/.test(sql))
  const selects = inserts.filter((sql) => !/^insert into \S+(?: as \w)? \([^)]*\) values/.test(sql))
  expect(selects.filter((sql) => !/ select .* from scim_\w+ \w /.test(sql))).toEqual([])
  expect(inserts.filter((sql) => /returning/.test(sql) && !/^insert into \S+ as \w /.test(sql))).toEqual([])
})

test('no statement asks the clock, merges, or names a workspace anew', () => {
  const clock = /\b(?:now|clock_timestamp|statement_timestamp|transaction_timestamp)\(|current_timestamp|\bmerge into\b/
  expect(compiled().filter((sql) => clock.test(sql))).toEqual([])
  expect(compiled().filter((sql) => /^update .* set (?:.*, )?workspace_id =/.test(sql))).toEqual([])
})

test('no step does to a table what cannot be done once it is distributed', () => {
  for (const { name, postgres } of MIGRATIONS.slice(1)) {
    const refused = [
      /add column [^;,]*\b(?:check|unique|references|primary key|identity|serial)\b/,
      /alter table [^;]*add column[^;]*add constraint/,
      /rename constraint|create trigger|on delete set null|\bexclude using\b/,
    ]
    for (const pattern of refused) expect([name, pattern.test(postgres)]).toEqual([name, false])
  }
})

test('names of constraints and indexes have room for the number of a shard', async () => {
  const client = new pg.Client(database.url)
  await client.connect()
  const { rows } = await client.query<{ name: string; unique: string | null }>(`
    select conname as name, null as unique from pg_constraint c join pg_class t on t.oid = c.conrelid
      where starts_with(t.relname, 'scim_') and t.relname <> 'scim_store'
    union all select indexname, indexdef from pg_indexes where starts_with(tablename, 'scim_')`)
  await client.end()
  expect(rows.length).toBeGreaterThan(30)
  expect(rows.map(({ name }) => name).filter((name) => name.length >= 40)).toEqual([])
  const unique = rows.filter(
    (row) => /^create unique index/i.test(row.unique ?? '') && !row.name.endsWith('workspace_slugs_slug'),
  )
  expect(unique.filter((row) => !/\((?:workspace_id|key)\b/.test(row.unique ?? ''))).toEqual([])
})

test('a violation is known by the code and the message alone, with the number of a shard', () => {
  const violation = (name: string) =>
    violationOf(Object.assign(new Error(`duplicate key value violates unique constraint "${name}"`), { code: '23505' }))
  expect(violation('scim_groups_name_102087')).toMatchObject({ table: 'groups', column: 'name' })
  expect(violation('scim_groups_external_id_102087')).toMatchObject({ table: 'groups', column: 'external_id' })
  expect(violation('scim_person_names_name_102091')).toMatchObject({ table: 'person_names', column: 'name' })
  expect(violation('scim_workspace_slugs_slug_102033')).toMatchObject({ table: 'workspace_slugs', column: 'slug' })
})
