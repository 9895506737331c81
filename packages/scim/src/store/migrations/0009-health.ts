import type { Migration } from './migration.ts'

/**
 * Finds what went wrong, and what was asked about one group or person, without a walk over all activity; and groups by the
 * order of their names, of which an index holds the first 200 characters.
 */
export const health: Migration = {
  version: 9,
  readableFrom: 6,
  name: 'indexes of activity by outcome, group and person, and of groups in the order of names',
  sqlite: `
    create index {activity}_failed on {activity} (workspace_id, id) where status >= 400;
    create index {activity}_group on {activity} (workspace_id, group_id, id) where group_id is not null;
    create index {activity}_person on {activity} (workspace_id, person_id, id) where person_id is not null;
    create index {groups}_ordered on {groups} (workspace_id, substr(name, 1, 200));
    insert into sqlite_stat1 (tbl, idx, stat) values
      ('{activity}', '{activity}_failed', '10000 1000 1'),
      ('{activity}', '{activity}_group', '500000 50000 100 1'),
      ('{activity}', '{activity}_person', '500000 50000 100 1'),
      ('{groups}', '{groups}_ordered', '100000 10000 1');
  `,
  postgres: `
    create index {#activity_failed} on {activity} (workspace_id, id) where status >= 400;
    create index {#activity_group} on {activity} (workspace_id, group_id, id) where group_id is not null;
    create index {#activity_person} on {activity} (workspace_id, person_id, id) where person_id is not null;
    create index {#groups_ordered} on {groups} (workspace_id, substr(name, 1, 200), key);
  `,
}
