import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { SignInDatabase } from './database.ts'

interface OwnTable {
  readonly name: string
  /** Names of columns, with spaces between. */
  readonly text: string
  readonly integer?: string
}

/** The tables that {@link makeOwnTables} makes, and their columns. */
export const OWN_TABLES: readonly OwnTable[] = [
  { name: 'admins', text: 'user_id role', integer: 'created_at last_sign_in_at' },
  { name: 'admin_workspaces', text: 'user_id workspace', integer: 'workspace_created_at' },
  {
    name: 'invitations',
    text: 'id email name role workspaces digest invited_by',
    integer: 'created_at expires_at used_at',
  },
  { name: 'attempts', text: 'account', integer: 'count since' },
  { name: 'secrets', text: 'name secret' },
]

/** Makes the tables that are ours, where they are missing. Times are milliseconds. */
export async function makeOwnTables({ kysely, table, schema }: SignInDatabase): Promise<void> {
  if (schema !== undefined) await sql`create schema if not exists ${sql.id(schema)}`.execute(kysely)
  // Whoever signs in and has no row here may nothing.
  await sql`create table if not exists ${table('admins')} (
    user_id text primary key, role text not null, created_at bigint not null, last_sign_in_at bigint)`.execute(kysely)
  // A slug may be given again once its workspace is gone: the time of creation says which one is meant.
  await sql`create table if not exists ${table('admin_workspaces')} (
    user_id text not null, workspace text not null, workspace_created_at bigint not null,
    primary key (user_id, workspace))`.execute(kysely)
  await sql`create table if not exists ${table('invitations')} (
    id text primary key, email text, name text, role text not null, workspaces text not null, digest text not null unique,
    invited_by text not null, created_at bigint not null, expires_at bigint not null, used_at bigint)`.execute(kysely)
  await sql`create table if not exists ${table('attempts')} (
    account text primary key, count bigint not null, since bigint not null)`.execute(kysely)
  await sql`create table if not exists ${table('secrets')} (
    name text primary key, secret text not null)`.execute(kysely)
}

/** What signs cookies and encrypts two-factor secrets where no file says it: made once, and shared by all processes. */
export async function storedSecret({ kysely, table }: SignInDatabase): Promise<string> {
  const fresh = randomBytes(32).toString('base64url')
  await sql`insert into ${table('secrets')} (name, secret) values ('sign-in', ${fresh})
    on conflict (name) do nothing`.execute(kysely)
  const { rows } = await sql<{ secret: string }>`
    select secret from ${table('secrets')} where name = 'sign-in'`.execute(kysely)
  return rows[0]?.secret ?? fresh
}
