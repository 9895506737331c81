import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createScim, type Scim } from '../../src/index.ts'
import { openSqlite } from '../../src/store/sqlite/open.ts'

/** Statements that walk a whole workspace because a whole workspace is asked for. */
const WALKS = [
  /^select count\(\*\) as count from scim_(groups|people)/,
  /order by [gp]\.id asc limit/,
  /from scim_tokens where workspace_id = \? order by key/,
  /from scim_workspaces order by slug/,
  /^delete from scim_.* limit/s,
  /from scim_store$/,
  // The foreign keys of a row that has none yet.
  /^insert into scim_workspaces/,
  /p\.updated_at < \?/,
  // The end of the feed: the last entry of the index.
  /order by c\.key desc limit 1$/,
]

const folder = mkdtempSync(join(tmpdir(), 'scim-plans-'))
const prepared = new Set<string>()
let scim: Scim
let token: string

/** A connection that remembers what it prepared. */
function connect(file: string): Database.Database {
  const database = new Database(file, { timeout: 0 })
  const prepare = database.prepare.bind(database)
  database.prepare = ((sql: string) => {
    prepared.add(sql.trim())
    return prepare(sql)
  }) as typeof database.prepare
  return database
}

async function send(method: string, path: string, body?: unknown): Promise<Response> {
  return scim.fetch(
    new Request(`https://app.optimaite.example/api/auth/scim/v2${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
  )
}

function patch(...operations: unknown[]) {
  return { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations }
}

beforeAll(async () => {
  const store = await openSqlite({ file: join(folder, 'scim.db'), connect })
  scim = await createScim({ database: store, publicUrl: 'https://app.optimaite.example' })
  await scim.workspaces.create('plans', { name: 'Plans', scim: true, unknownUsers: 'pending' })
  token = (await scim.tokens.issue('plans', { label: 'test', createdBy: 'test' })).text
  await live()
})

afterAll(async () => {
  await scim.close()
  rmSync(folder, { recursive: true })
})

/** One of everything that a provider and a host do. */
async function live(): Promise<void> {
  const value = 'ana@plans.example'
  await scim.people.upsert('plans', [{ id: 'usr_ana', userName: value, emails: [{ value, verified: true }] }])
  await scim.people.upsert('plans', [{ id: 'usr_bo', userName: 'bo@plans.example' }])
  const created = await send('POST', '/Groups', {
    displayName: 'One',
    members: [{ value: 'usr_ana' }, { value: 'usr_late' }],
  })
  const { id } = (await created.json()) as { id: string }
  await send(
    'PATCH',
    `/Groups/${id}`,
    patch({ op: 'add', path: 'members', value: [{ value: 'usr_bo' }, { value: 'usr_x' }] }),
  )
  await send('PATCH', `/Groups/${id}`, patch({ op: 'remove', path: 'members[value eq "usr_bo"]' }))
  await send('PATCH', `/Groups/${id}`, patch({ op: 'remove', path: 'members[display sw "b"]' }))
  await send('PUT', `/Groups/${id}`, { displayName: 'Two', members: [{ value: 'usr_bo' }, { value: 'usr_late' }] })
  await send('POST', '/Groups', { displayName: 'two' })
  for (const path of [
    `/Groups/${id}`,
    `/Groups/${id}?excludedAttributes=members`,
    '/Groups',
    '/Users',
    '/Users/usr_ana',
  ]) {
    await send('GET', path)
  }
  for (const filter of [
    'displayName eq "two"',
    'externalId eq "x"',
    `id eq "${id}" and members eq "usr_bo"`,
    'members.value eq "usr_bo"',
  ]) {
    await send('GET', `/Groups?filter=${encodeURIComponent(filter)}`)
  }
  for (const filter of [
    'userName eq "ana@plans.example"',
    'userName eq "nobody"',
    'externalId eq "x"',
    'emails.value eq "ana@plans.example"',
    'emails[type eq "work"].value eq "ana@plans.example"',
    'id eq "usr_ana"',
  ]) {
    await send('GET', `/Users?filter=${encodeURIComponent(filter)}`)
  }
  await scim.people.upsert('plans', [{ id: 'usr_late', userName: 'late@plans.example' }])
  const pending = await send('POST', '/Users', { userName: 'pat@plans.example' })
  const { id: pat } = (await pending.json()) as { id: string }
  await send('PATCH', `/Groups/${id}`, patch({ op: 'add', path: 'members', value: [{ value: pat }] }))
  const address = 'pat@plans.example'
  await scim.people.upsert('plans', [{ id: 'usr_pat', userName: 'pat', emails: [{ value: address, verified: true }] }])
  await send('GET', `/Users/${pat}`)
  await send('PATCH', '/Users/usr_ana', patch({ op: 'replace', path: 'active', value: false }))
  await send('DELETE', '/Users/usr_ana')
  await scim.people.remove('plans', ['usr_bo'])
  const group = await scim.groups.find('plans', 'two')
  await scim.groups.membersWithStates('plans', group?.id ?? '')
  await scim.people.find('plans', 'usr_pat')
  await scim.groups.members('plans', group?.id ?? '')
  await scim.groups.ofPerson('plans', 'usr_pat')
  await scim.groups.ofPerson('plans', 'usr_pat')
  await scim.workspaces.change('plans', { suspended: 'ignore' })
  await scim.changes.read('plans', { limit: 1 })
  await scim.changes.read('plans', { after: await scim.changes.end('plans') })
  await scim.changes.read('plans')
  await scim.problems.list('plans')
  const local = await scim.groups.create('plans', { displayName: 'Local', members: ['usr_stranger'] })
  await scim.problems.dismiss('plans', 'usr_stranger')
  await scim.groups.release('plans', local.id)
  await scim.people.reconcile('plans', [{ id: 'usr_ana', userName: value }])
  await scim.activity.list('plans')
  await scim.prune()
  await send('DELETE', `/Groups/${id}`)
  await history(id)
}

/** One of everything that is asked of history. */
async function history(deleted: string): Promise<void> {
  const created = await send('POST', '/Groups', {
    displayName: 'Two',
    externalId: 'e',
    members: [{ value: 'usr_pat' }],
  })
  const { id } = (await created.json()) as { id: string }
  await scim.history.explain('plans', 'pat', deleted)
  await scim.history.explain('plans', 'usr_ana', 'two')
  await scim.history.explain('plans', 'usr_ana', 'Local')
  const { entries } = await scim.history.ofGroup('plans', 'two')
  await scim.history.ofPerson('plans', 'pat')
  await scim.history.people('plans', entries[0]?.position ?? 0)
  await scim.history.membersAt('plans', id, Date.now())
  const { key } = await scim.history.previewRestore('plans', id, 0)
  await scim.history.restore('plans', id, 0, { confirm: key, admin: 'test' })
  await scim.history.erase('plans', 'pat', { by: 'test' })
}

function plan(sql: string): string[] {
  const database = new Database(join(folder, 'scim.db'), { readonly: true })
  try {
    const parameters = Array.from(sql.replaceAll(/'[^']*'/g, '').matchAll(/\?/g), () => null)
    return database
      .prepare<unknown[], { detail: string }>(`explain query plan ${sql}`)
      .all(...parameters)
      .map(({ detail }) => detail)
  } finally {
    database.close()
  }
}

/** A step that reads every row of a table, or every row that a workspace has in it. */
function walks(detail: string): boolean {
  return (
    /^SCAN (?:[a-z] )?USING|^SCAN (?:g|p|m|n|a|c|t|w|scim_\w+)$/.test(detail) || /\(workspace_id=\?\)$/.test(detail)
  )
}

test('no statement but a list walks a whole table or workspace', () => {
  const statements = [...prepared].filter(
    (sql) => /^(select|insert|update|delete|with)\b/.test(sql) && sql.includes('scim_'),
  )
  expect(statements.length).toBeGreaterThan(40)
  const found = statements
    .filter((sql) => !WALKS.some((pattern) => pattern.test(sql)))
    .flatMap((sql) =>
      plan(sql)
        .filter(walks)
        .map((detail) => `${detail} in ${sql}`),
    )
  expect(found).toEqual([])
})

test('no statement is planned anew for the bound of a select', () => {
  expect([...prepared].filter((sql) => /\b(?:limit|offset) \?/.test(sql))).toEqual([])
})
