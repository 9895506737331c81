import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createScim, distributeStore, readMigrationStatus } from '../../src/index.ts'
import { TABLES } from '../../src/store/tables.ts'
import { createDatabase, type Database } from '../postgres/databases.ts'
import { sharedCluster } from '../postgres/shared.ts'

let database: Database
let client: pg.Client

beforeEach(async () => {
  database = await createDatabase((await sharedCluster()).url)
  client = new pg.Client(database.url)
  await client.connect()
})

afterEach(async () => {
  await client.end()
  await database.drop()
})

/** The functions and the view of Citus that are used, and a note of every call. */
const FAKE = `
  create schema citus_fake;
  create table citus_fake.calls (at serial, name text, relation text, distribution_column text, colocated text);
  create table citus_fake.known (table_name regclass, citus_table_type text);
  create view citus_fake.citus_tables as select * from citus_fake.known;
  create function citus_fake.create_distributed_table(table_name regclass, distribution_column text,
    distribution_type text default 'hash', colocate_with text default 'default') returns void language plpgsql as $$
  begin
    if table_name::text = current_setting('fake.fails', true) then raise exception 'no worker'; end if;
    insert into citus_fake.calls (name, relation, distribution_column, colocated)
      values ('create_distributed_table', table_name::text, distribution_column, colocate_with);
    insert into citus_fake.known values (table_name, 'distributed');
  end $$;
  create function citus_fake.create_reference_table(table_name regclass) returns void language plpgsql as $$
  begin
    insert into citus_fake.calls (name, relation) values ('create_reference_table', table_name::text);
    insert into citus_fake.known values (table_name, 'reference');
  end $$`

async function installFake(): Promise<void> {
  await client.query(FAKE)
  await client.query(`alter database ${database.name} set search_path = public, citus_fake`)
}

async function calls(): Promise<string[]> {
  const { rows } = await client.query('select * from citus_fake.calls order by at')
  return rows.map(({ name, relation, distribution_column: column, colocated }) =>
    [name, relation.replace('public.', ''), column, colocated].filter((part) => part !== null).join(' '),
  )
}

test('without Citus it is refused, with what to do', async () => {
  const refused = distributeStore({ database: database.url })
  await expect(refused).rejects.toMatchObject({
    code: 'citus_missing',
    message: expect.stringMatching(/^The (server|database) has no Citus.*create extension citus/),
  })
  await expect(distributeStore({ database: 'sqlite:./none.db' })).rejects.toMatchObject({ code: 'not_postgres' })
  expect((await readMigrationStatus(database.url)).distribution).toEqual({ layout: 'plain', missing: [] })
})

test('every table is distributed by its workspace, parents first, and slugs are copied to every node', async () => {
  await installFake()
  expect((await distributeStore({ database: database.url })).distribution.layout).toBe('distributed')
  const made = await calls()
  expect(made.slice(0, 3)).toEqual([
    'create_distributed_table scim_workspaces key default',
    'create_reference_table scim_workspace_slugs',
    'create_distributed_table scim_people workspace_id scim_workspaces',
  ])
  const others = TABLES.slice(2).map(({ name }) => `create_distributed_table scim_${name} workspace_id scim_workspaces`)
  expect(made.slice(2)).toEqual(others)
  const { rows } = await client.query(
    `select c.conrelid::regclass::text as child, c.confrelid::regclass::text as parent from pg_constraint c where contype = 'f'`,
  )
  const order = made.map((call) => call.split(' ')[1])
  for (const { child, parent } of rows) expect(order.indexOf(parent)).toBeLessThan(order.indexOf(child))
})

test('it can be repeated, goes on after a fault, and takes what a newer step has made', async () => {
  await installFake()
  await client.query(`alter database ${database.name} set fake.fails = 'scim_memberships'`)
  await expect(distributeStore({ database: database.url })).rejects.toThrow('no worker')
  const half = (await readMigrationStatus(database.url)).distribution
  expect(half?.layout).toBe('partial')
  expect(half?.missing).toContain('memberships')
  expect(half?.missing).not.toContain('groups')
  const scim = await createScim({ database: database.url, publicUrl: 'https://app.optimaite.example' })
  expect((await scim.migrationStatus()).distribution).toEqual(half)
  await scim.close()

  await client.query(`alter database ${database.name} reset fake.fails`)
  expect((await distributeStore({ database: database.url })).tables).toEqual(half?.missing)
  expect((await distributeStore({ database: database.url })).tables).toEqual([])
  expect(await calls()).toHaveLength(TABLES.length)
  await client.query("delete from citus_fake.known where table_name = 'scim_former_groups'::regclass")
  expect((await distributeStore({ database: database.url })).tables).toEqual(['former_groups'])
})

test('tables in a schema of their own are named with it', async () => {
  await installFake()
  await distributeStore({ database: database.url, tableSchema: 'provisioning', tablePrefix: 'x_' })
  expect((await calls()).slice(0, 3)).toEqual([
    'create_distributed_table provisioning.x_workspaces key default',
    'create_reference_table provisioning.x_workspace_slugs',
    'create_distributed_table provisioning.x_people workspace_id "provisioning".x_workspaces',
  ])
  const { distribution } = await readMigrationStatus(database.url, { tableSchema: 'provisioning', tablePrefix: 'x_' })
  expect(distribution).toEqual({ layout: 'distributed', missing: [] })
})
