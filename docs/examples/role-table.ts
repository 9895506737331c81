import type { Scim } from '@optimaite/scim'
import type Database from 'better-sqlite3'

/**
 * A host's own table of roles, kept in step with a workspace's groups. `grants` says which group gives which role; who has
 * it stands in `role_members`. Table and position change in one transaction, so a crash at any point loses nothing.
 */
export class RoleTable {
  readonly #database: Database.Database
  readonly #grants: ReadonlyMap<string, string>

  constructor(database: Database.Database, grants: Readonly<Record<string, string>>) {
    this.#database = database
    this.#grants = new Map(Object.entries(grants))
    database.exec(`
      create table if not exists role_members (role text, group_id text, person text, primary key (group_id, person));
      create table if not exists feed_positions (workspace text primary key, position text not null)`)
  }

  /** Reads what has happened since the last call; to be called every few seconds, or after a webhook. */
  async follow(scim: Scim, workspace: string): Promise<void> {
    for (let more = true; more; ) {
      const page = await scim.changes.read(workspace, { after: this.#position(workspace) })
      more = page.more
      this.#database.transaction(() => {
        for (const { kind, group, memberships } of page.changes) {
          if (kind === 'group_deleted' && group) this.#run('delete from role_members where group_id = ?', group.id)
          for (const membership of memberships) this.#set(membership)
        }
        this.#run('insert or replace into feed_positions values (?, ?)', workspace, page.position)
      })()
    }
  }

  /** What a person may do. */
  rolesOf(person: string): string[] {
    const select = this.#database.prepare('select distinct role from role_members where person = ? order by role')
    return select.pluck().all(person) as string[]
  }

  #set({ group, person, effective }: { group: string; person: string; effective: boolean }): void {
    const role = this.#grants.get(group)
    if (role === undefined) return
    if (effective) this.#run('insert or replace into role_members values (?, ?, ?)', role, group, person)
    else this.#run('delete from role_members where group_id = ? and person = ?', group, person)
  }

  #position(workspace: string): string | undefined {
    const select = this.#database.prepare('select position from feed_positions where workspace = ?')
    return select.pluck().get(workspace) as string | undefined
  }

  #run(sql: string, ...values: string[]): void {
    this.#database.prepare(sql).run(...values)
  }
}
