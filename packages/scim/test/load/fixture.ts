import Database from 'better-sqlite3'
import { createScim } from '../../src/scim.ts'
import { personId, WORKSPACE } from './service.ts'

/** What the thresholds of DESIGN.md 7 ask for. */
export const SIZES = [101, 1_001, 10_001, 100_001] as const

/** People of the prepared store: as many as the largest group, and some who are in no group. */
export const PEOPLE = 100_101

/** Begins the names of requests that no activity entry tells of. */
export const PREPARED = 'act_prepared'

/** The prepared group of a size. */
export const groupOfSize = (size: number): string => `grp_01J${String(size).padStart(23, '0')}`
export const nameOfSize = (size: number): string => `Group of ${size}`

/** The first people, who are the members of the prepared group of that size. */
export function firstPeople(count: number): string[] {
  return Array.from({ length: count }, (_, number) => personId(number))
}

/**
 * A store with a group of each of {@link SIZES}, written directly in SQL: a second, where the endpoint would take half a
 * minute.
 */
export async function prepareStore(file: string): Promise<void> {
  const scim = await createScim({ database: `sqlite:${file}`, publicUrl: 'http://localhost' })
  await scim.workspaces.create(WORKSPACE, { name: 'Load', scim: true })
  await scim.close()
  const database = new Database(file)
  database.pragma('synchronous = OFF')
  database.transaction(() => {
    database
      .prepare(
        `with recursive n (i) as (select 0 union all select i + 1 from n where i + 1 < ?),
        named as (select i, printf('usr_p%06d', i) as id, 'p' || i || '@example.com' as mail, 'Person ' || i as shown from n)
        insert into scim_people (workspace_id, id, state, user_name, display_name, emails, name, shown_name, search,
          created_at, updated_at)
        select 1, id, 3, mail, shown, '[]', mail, shown,
          json_object('userName', mail, 'displayName', lower(shown), 'active', json('true'), 'shown', lower(shown)), 0, 0
        from named`,
      )
      .run(PEOPLE)
    for (const size of SIZES) {
      const name = nameOfSize(size)
      const { lastInsertRowid } = database
        .prepare(
          `insert into scim_groups (workspace_id, id, display_name, name, version, managed, member_count, created_at,
            updated_at) values (1, ?, ?, ?, 1, 1, ?, 0, 0)`,
        )
        .run(groupOfSize(size), name, name.toLowerCase(), size)
      database
        .prepare(
          `insert into scim_memberships (workspace_id, group_key, person_key)
          select 1, ?, key from scim_people order by key limit ?`,
        )
        .run(lastInsertRowid, size)
      const change = database
        .prepare(
          `insert into scim_changes (workspace_id, id, at, kind, group_key, group_id, actor, actor_label, request, people_count)
          values (1, ?, 0, 'members_added', ?, ?, 'token', 'prepared', ?, ?)`,
        )
        .run(`chg_${size}`, lastInsertRowid, groupOfSize(size), `${PREPARED}_${size}`, size)
      database
        .prepare(
          `insert into scim_change_people (workspace_id, change_key, person_key)
          select 1, ?, key from scim_people order by key limit ?`,
        )
        .run(change.lastInsertRowid, size)
    }
  })()
  database.close()
}
