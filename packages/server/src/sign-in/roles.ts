import { sql } from 'kysely'
import type { Queries, SignInDatabase } from './database.ts'

export const ROLES = ['operator', 'workspace_admin'] as const
export type Role = (typeof ROLES)[number]

/** A workspace, told from one that had its slug before. */
export interface WorkspaceMark {
  readonly slug: string
  readonly createdAt: number
}

/** What somebody who signs in may. */
export interface Powers {
  readonly role: Role
  readonly workspaces: readonly WorkspaceMark[]
}

/** Whether a workspace is one of some, and not another that has the slug of one. */
export function isAmong({ slug, createdAt }: WorkspaceMark, marks: readonly WorkspaceMark[]): boolean {
  return marks.some((mark) => mark.slug === slug && mark.createdAt === createdAt)
}

/** Whether powers are no more than others. */
export function isWithin({ role, workspaces }: Powers, others: Powers): boolean {
  if (others.role === 'operator') return true
  return role !== 'operator' && workspaces.every((workspace) => isAmong(workspace, others.workspaces))
}

/** Who may what: beside better-auth's tables, so that nothing it lets users change of themselves could reach it. */
export class Roles {
  readonly #database: SignInDatabase

  constructor(database: SignInDatabase) {
    this.#database = database
  }

  async of(user: string): Promise<Powers | undefined> {
    const { kysely, table } = this.#database
    const { rows } = await sql<{ role: Role; slug: string | null; at: unknown }>`
      select a.role as role, w.workspace as slug, w.workspace_created_at as at
      from ${table('admins')} a left join ${table('admin_workspaces')} w on w.user_id = a.user_id
      where a.user_id = ${user} order by w.workspace`.execute(kysely)
    const [first] = rows
    if (!first) return undefined
    const workspaces = rows.flatMap(({ slug, at }) => (slug === null ? [] : [{ slug, createdAt: Number(at) }]))
    return { role: first.role, workspaces }
  }

  /** Gives a role and workspaces besides those there are; nobody becomes less by it. Answers whether there is such a user. */
  async give(user: string, { role, workspaces }: Powers, at: number): Promise<boolean> {
    const { kysely, table, type } = this.#database
    return kysely.transaction().execute(async (transaction) => {
      // Held until the end, so that a removal of the user, which drops the role last, finds it.
      const lock = type === 'postgres' ? sql`for key share` : sql``
      const { rows } = await sql`select 1 from ${table('users')} where id = ${user} ${lock}`.execute(transaction)
      if (rows.length === 0) return false
      await sql`insert into ${table('admins')} (user_id, role, created_at) values (${user}, ${role}, ${at})
        on conflict (user_id) do update set
        role = case when excluded.role = 'operator' then 'operator' else ${table('admins')}.role end`.execute(
        transaction,
      )
      for (const { slug, createdAt } of workspaces)
        await sql`insert into ${table('admin_workspaces')} (user_id, workspace, workspace_created_at)
          values (${user}, ${slug}, ${createdAt})
          on conflict (user_id, workspace) do update set workspace_created_at = excluded.workspace_created_at
          where excluded.workspace_created_at > ${table('admin_workspaces')}.workspace_created_at`.execute(transaction)
      return true
    })
  }

  /** Takes a workspace away; answers whether nothing is left to sign in for. */
  async takeWorkspace(user: string, slug: string): Promise<'kept' | 'last' | 'none'> {
    const { kysely, table } = this.#database
    return kysely.transaction().execute(async (transaction) => {
      const { numAffectedRows } = await sql`delete from ${table('admin_workspaces')}
        where user_id = ${user} and workspace = ${slug}`.execute(transaction)
      if (!numAffectedRows) return 'none'
      const { rows } = await sql`select 1 from ${table('admins')} a where a.user_id = ${user} and a.role <> 'operator'
        and not exists (select 1 from ${table('admin_workspaces')} w where w.user_id = a.user_id)`.execute(transaction)
      if (rows.length === 0) return 'kept'
      await this.#forget(transaction, user)
      return 'last'
    })
  }

  /** Takes everything away. An operator who is the last one stays. */
  async takeAll(user: string): Promise<'gone' | 'last_operator' | 'none'> {
    const { kysely, table, type } = this.#database
    return kysely.transaction().execute(async (transaction) => {
      // Two operators who remove each other at once must not both succeed.
      const lock = type === 'postgres' ? sql`for update` : sql``
      const { rows } = await sql<{ id: string }>`select user_id as id from ${table('admins')}
        where role = 'operator' order by user_id ${lock}`.execute(transaction)
      if (rows.length === 1 && rows[0]?.id === user) return 'last_operator'
      return (await this.#forget(transaction, user)) ? 'gone' : 'none'
    })
  }

  /** Takes everything away from who is gone. */
  async drop(user: string): Promise<void> {
    await this.#database.kysely.transaction().execute((transaction) => this.#forget(transaction, user))
  }

  async operatorExists(): Promise<boolean> {
    const { kysely, table } = this.#database
    const { rows } = await sql`select 1 from ${table('admins')} where role = 'operator' limit 1`.execute(kysely)
    return rows.length > 0
  }

  async noteSignIn(user: string, at: number): Promise<void> {
    const { kysely, table } = this.#database
    await sql`update ${table('admins')} set last_sign_in_at = ${at} where user_id = ${user}`.execute(kysely)
  }

  async #forget(queries: Queries, user: string): Promise<boolean> {
    const { table } = this.#database
    await sql`delete from ${table('admin_workspaces')} where user_id = ${user}`.execute(queries)
    const { numAffectedRows } = await sql`delete from ${table('admins')} where user_id = ${user}`.execute(queries)
    return numAffectedRows === 1n
  }
}
