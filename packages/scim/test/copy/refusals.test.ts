import Database from 'better-sqlite3'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { copyStore } from '../../src/index.ts'
import type { StoreKind } from '../../src/store/copy/ends.ts'
import { TABLES } from '../../src/store/tables.ts'
import { emptyPlace, openScim, richStore } from './support.ts'

async function execute(place: string, sql: string): Promise<void> {
  if (place.startsWith('sqlite:')) {
    const database = new Database(place.slice('sqlite:'.length))
    database.exec(sql)
    database.close()
    return
  }
  const client = new pg.Client(place)
  await client.connect()
  await client.query(sql)
  await client.end()
}

async function rowsIn(place: string): Promise<number> {
  const scim = await openScim(place)
  let rows = 0
  for (const { name } of TABLES) {
    const found = await scim.store.get<{ count: number }>({ text: `select count(*) as count from {${name}}` }, {})
    rows += Number(found?.count)
  }
  return rows
}

async function richPlace(kind: StoreKind, slugs?: readonly string[]): Promise<string> {
  const place = await emptyPlace(kind)
  const scim = await openScim(place)
  await richStore(scim, slugs)
  return place
}

/** A target with all tables, in which something happens to memberships that are written. */
async function brokenPlace(kind: StoreKind, change: 'fault' | 'loss' | 'alteration'): Promise<string> {
  const place = await emptyPlace(kind)
  await (await openScim(place)).flush()
  const sqlite = {
    fault: "create trigger t before insert on scim_memberships begin select raise(abort, 'no room'); end",
    loss: 'create trigger t before insert on scim_memberships begin select raise(ignore); end',
    alteration: `create trigger t after insert on scim_people begin
      update scim_people set shown_name = 'someone' where key = new.key; end`,
  }
  const body = {
    fault: "raise exception 'no room'",
    loss: 'return null',
    alteration: "new.shown_name := 'someone'; return new",
  }
  const table = change === 'alteration' ? 'people' : 'memberships'
  const postgres = `create function t() returns trigger language plpgsql as $$ begin ${body[change]}; end $$;
    create trigger t before insert on scim_${table} for each row execute function t()`
  await execute(place, kind === 'sqlite' ? sqlite[change] : postgres)
  return place
}

describe.each<StoreKind>(['sqlite', 'postgres'])('to %s', (kind) => {
  test('a target with a workspace is refused, and stays as it is', async () => {
    const from = await richPlace('sqlite', ['acme'])
    const to = await emptyPlace(kind)
    const scim = await openScim(to)
    await scim.workspaces.create('mine', { name: 'Mine' })
    await expect(copyStore({ from: { database: from }, to: { database: to } })).rejects.toMatchObject({
      code: 'target_used',
      message: expect.stringMatching(/^The target is in use, with rows of workspaces/),
    })
    expect((await scim.workspaces.list()).map(({ slug }) => slug)).toEqual(['mine'])
  })

  test('a fault in the middle leaves the target empty, and the copy can be made again', async () => {
    const from = await richPlace('sqlite', ['acme'])
    const to = await brokenPlace(kind, 'fault')
    await expect(copyStore({ from: { database: from }, to: { database: to } })).rejects.toThrow('no room')
    expect(await rowsIn(to)).toBe(0)
    await execute(to, kind === 'sqlite' ? 'drop trigger t' : 'drop trigger t on scim_memberships')
    await copyStore({ from: { database: from }, to: { database: to } })
    expect(await rowsIn(to)).toBe(await rowsIn(from))
  })

  test.each(['loss', 'alteration'] as const)(
    'a target that differs by %s is found before the commit',
    async (change) => {
      const from = await richPlace('sqlite', ['acme'])
      const to = await brokenPlace(kind, change)
      await expect(copyStore({ from: { database: from }, to: { database: to } })).rejects.toMatchObject({
        code: 'copy_differs',
        message: expect.stringContaining(change === 'loss' ? 'memberships' : 'people'),
      })
      expect(await rowsIn(to)).toBe(0)
    },
  )
})

test('a source that is not there, or lacks steps, is refused and not made or migrated', async () => {
  const to = { database: await emptyPlace('sqlite') }
  const missing = { database: await emptyPlace('sqlite') }
  await expect(copyStore({ from: missing, to })).rejects.toMatchObject({ code: 'source_missing' })
  const old = { database: await richPlace('sqlite', ['acme']) }
  await execute(old.database, 'update scim_store set version = 3')
  await expect(copyStore({ from: old, to })).rejects.toMatchObject({ code: 'source_outdated' })
  await expect(copyStore({ from: missing, to: old })).rejects.toMatchObject({ code: 'source_missing' })
  const fresh = { database: await richPlace('sqlite', ['acme']) }
  await expect(copyStore({ from: fresh, to: old })).rejects.toMatchObject({ code: 'target_outdated' })
})

test('what is written to the source during the copy is not in it', async () => {
  for (const kind of ['sqlite', 'postgres'] as const) {
    const from = await richPlace(kind, ['acme'])
    const to = await emptyPlace(kind)
    const source = await openScim(from)
    let writing: Promise<unknown> | undefined
    await copyStore({
      from: { database: from },
      to: { database: to },
      onProgress: () => {
        writing ??= source.groups.create('acme', { displayName: 'Late', members: [] })
      },
    })
    await writing
    const target = await openScim(to)
    expect(await source.groups.find('acme', 'Late')).toBeDefined()
    expect(await target.groups.find('acme', 'Late')).toBeUndefined()
  }
})

test('feeds of several workspaces on PostgreSQL are numbered anew for SQLite only where that is wanted', async () => {
  const from = { database: await richPlace('postgres') }
  const to = { database: await emptyPlace('sqlite') }
  const source = await openScim(from.database)
  const [first, second] = [
    await source.changes.end('acme'),
    (await source.changes.read('other', { limit: 3 })).position,
  ]
  await source.changes.end('other')
  await expect(copyStore({ from, to })).rejects.toMatchObject({ code: 'positions_collide' })
  expect((await copyStore({ from, to, newPositions: true })).keepsPositions).toBe(false)
  const target = await openScim(to.database)
  expect((await target.changes.read('acme', { after: first })).changes).toEqual([])
  await expect(target.changes.read('other', { after: second })).rejects.toMatchObject({ code: 'feed_position_unknown' })
  const all = await source.changes.read('other', { limit: 10_000 })
  expect((await target.changes.read('other', { limit: 10_000 })).changes).toEqual(all.changes)
})
