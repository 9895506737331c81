import { describe, expect, test } from 'vitest'
import { unbound } from './conditions.ts'

const RIGHT = [
  'select g.id from scim_groups g where g.workspace_id = $1 and g.id = $2',
  'select id from scim_groups where workspace_id = $1',
  'select w.key from scim_workspaces w where w.key = $1 for no key update of w',
  'select 1 from scim_memberships m join scim_groups g on g.workspace_id = m.workspace_id and g.key = m.group_key where m.workspace_id = $1',
  'select 1 from scim_workspaces w cross join scim_memberships m where w.key = $1 and m.workspace_id = w.key',
  'select 1 from scim_people p where p.workspace_id = $1 and (p.id = $2 or exists (select 1 from scim_memberships m where m.workspace_id = p.workspace_id))',
  'select p.id from unnest($2::bigint[]) with ordinality as e(value, key) cross join lateral (select * from scim_people p where p.workspace_id = $1 and p.key = e.value offset 0) as p',
  'insert into scim_memberships as m (workspace_id, group_key, person_key) select g.workspace_id, g.key, e.value from scim_groups g cross join unnest($3::bigint[]) as e(value) where g.workspace_id = $1 and g.key = $2 on conflict do nothing returning person_key',
  'insert into scim_changes as c (workspace_id, id) values ($1, $2) returning key',
  'update scim_people as p set id = r.id from json_to_recordset($2::json) as r(id text) where p.workspace_id = $1 and p.key = r.key',
  'delete from scim_activity where workspace_id = $1 and id in (select id from scim_activity where workspace_id = $1 limit 1)',
  'select workspace_id from scim_workspace_slugs where slug = $1',
  'select w.key, (select count(*) from scim_groups g where g.workspace_id = w.key) from scim_workspaces w where w.key = any($1::bigint[])',
  'select t.key from scim_workspaces w join scim_tokens t on t.workspace_id = w.key where w.key = ($2::bigint[])[1]',
]

const WRONG: readonly (readonly [string, string])[] = [
  ['select g.id from scim_groups g where g.workspace_id = any($1::bigint[])', 'scim_groups g without'],
  ['select w.slug from scim_workspaces w where w.scim = any($1::bigint[])', 'scim_workspaces w without'],
  [
    'select (select count(*) from scim_groups g where g.id = $2) from scim_workspaces w where w.key = any($1::bigint[])',
    'scim_groups g without',
  ],
  ['select g.id from scim_groups g where g.id = $1', 'scim_groups g without'],
  ['select g.id from scim_groups g where g.workspace_id = $1 or g.id = $2', 'scim_groups g without'],
  ['select g.id from scim_groups g where not (g.workspace_id = $1)', 'scim_groups g without'],
  ['select g.id from scim_groups g where g.workspace_id = 1', 'scim_groups g without'],
  [
    'select 1 from scim_memberships m join scim_people p on p.key = m.person_key where m.workspace_id = $1',
    'scim_people p',
  ],
  [
    'select 1 from scim_memberships m, scim_people p where m.workspace_id = $1 and p.key = m.person_key',
    'scim_people p',
  ],
  ['select 1 from scim_memberships m join scim_people p on p.workspace_id = m.workspace_id', 'scim_memberships m'],
  [
    'select 1 from scim_people p where p.workspace_id = $1 and exists (select 1 from scim_memberships m where m.person_key = p.key)',
    'scim_memberships m',
  ],
  [
    'select 1 from scim_people p where p.workspace_id = $1 and (p.id = $2 or p.key in (select a.person_key from scim_person_aliases a where a.id = $2))',
    'scim_person_aliases a',
  ],
  [
    'select (select count(*) from scim_memberships m where m.group_key = g.key) from scim_groups g where g.workspace_id = $1',
    'scim_memberships m',
  ],
  [
    'select p.id from unnest($2::bigint[]) as e(value) cross join lateral (select * from scim_people p where p.key = e.value offset 0) as p',
    'scim_people p',
  ],
  [
    'select 1 from scim_groups g where g.workspace_id = $1 union select 1 from scim_people p where p.id = $2',
    'scim_people p',
  ],
  [
    'select 1 from scim_groups g where g.workspace_id = $1 and exists (select 1 from scim_people p where p.workspace_id = $2)',
    'several workspaces',
  ],
  ['update scim_groups set name = $2 where key = $1', 'scim_groups scim_groups'],
  [
    'update scim_people as p set id = f.id from scim_person_aliases f where p.workspace_id = $1 and f.person_key = p.key',
    'scim_person_aliases f',
  ],
  ['delete from scim_groups where key = $1', 'scim_groups scim_groups'],
  ['delete from scim_groups g using scim_people p where g.workspace_id = $1 and p.key = g.key', 'scim_people p'],
  ['insert into scim_changes (id) values ($1)', 'scim_changes is given rows'],
  [
    'insert into scim_changes (workspace_id, id) select c.key, c.id from scim_changes c where c.workspace_id = $1',
    'scim_changes is given rows',
  ],
  [
    'insert into scim_changes (workspace_id, key) values ($1, (select key from scim_groups g where g.workspace_id = $1))',
    'sub-selects',
  ],
]

describe('the check of workspaces', () => {
  test.each(RIGHT)('lets pass: %s', (sql) => {
    expect(unbound(sql)).toEqual([])
  })

  test.each(WRONG)('finds what is forgotten in: %s', (sql, complaint) => {
    expect(unbound(sql).join('; ')).toContain(complaint)
  })
})
