import Database from 'better-sqlite3'
import { createScim } from '../../src/scim.ts'
import { isPostgres } from '../../src/store/open.ts'
import { personId, WORKSPACE } from './service.ts'
import { fileOf, withClient } from './truth.ts'

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
export async function prepareStore(database: string): Promise<void> {
  const scim = await createScim({ database, publicUrl: 'http://localhost' })
  await scim.workspaces.create(WORKSPACE, { name: 'Load', scim: true })
  await scim.close()
  const statements = [insertPeople(isPostgres(database)), ...SIZES.flatMap(insertGroup)]
  if (isPostgres(database)) await withClient(database, (client) => client.query(statements.join(';')))
  else writeFile(fileOf(database), statements)
}

function writeFile(path: string, statements: readonly string[]): void {
  const file = new Database(path)
  file.pragma('synchronous = OFF')
  file.transaction(() => {
    for (const sql of statements) file.prepare(sql).run()
  })()
  file.close()
}

function insertPeople(onPostgres: boolean): string {
  const padded = onPostgres ? `lpad(i::text, 6, '0')` : `printf('%06d', i)`
  const document = (mail: string, shown: string): string =>
    onPostgres
      ? `jsonb_build_object('userName', ${mail}, 'displayName', lower(${shown}), 'active', true, 'shown', lower(${shown}))`
      : `json_object('userName', ${mail}, 'displayName', lower(${shown}), 'active', json('true'), 'shown', lower(${shown}))`
  return `
    with recursive n (i) as (select 0 union all select i + 1 from n where i + 1 < ${PEOPLE}),
    named as (select i, 'usr_p' || ${padded} as id, 'p' || i || '@example.com' as mail, 'Person ' || i as shown from n)
    insert into scim_people (workspace_id, id, state, user_name, display_name, emails, name, shown_name, search,
      created_at, updated_at)
    select w.key, n.id, 3, n.mail, n.shown, '[]', n.mail, n.shown, ${document('n.mail', 'n.shown')}, 0, 0
    from scim_workspaces w cross join named n order by n.i`
}

function insertGroup(size: number): string[] {
  const id = groupOfSize(size)
  const first = `(select p.workspace_id, p.key from scim_people p order by p.key limit ${size}) as p`
  return [
    `insert into scim_groups (workspace_id, id, display_name, name, version, managed, member_count, created_at, updated_at)
      select w.key, '${id}', '${nameOfSize(size)}', '${nameOfSize(size).toLowerCase()}', 1, 1, ${size}, 0, 0
      from scim_workspaces w`,
    `insert into scim_memberships (workspace_id, group_key, person_key)
      select g.workspace_id, g.key, p.key from scim_groups g cross join ${first} where g.id = '${id}'`,
    `insert into scim_changes (workspace_id, id, at, kind, group_key, group_id, actor, actor_label, request, people_count)
      select g.workspace_id, 'chg_${size}', 0, 'members_added', g.key, g.id, 'token', 'prepared', '${PREPARED}_${size}', ${size}
      from scim_groups g where g.id = '${id}'`,
    `insert into scim_change_people (workspace_id, change_key, person_key)
      select c.workspace_id, c.key, p.key from scim_changes c cross join ${first} where c.id = 'chg_${size}'`,
  ]
}
