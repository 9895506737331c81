import type { Migration } from './migration.ts'

/** Counts the writes to a workspace's people: what has been rendered with their names holds as long as it stands. */
export const names: Migration = {
  version: 6,
  // An older program does not count, and what this one keeps would show names of before.
  readableFrom: 6,
  name: 'count of writes to people',
  sqlite: 'alter table {workspaces} add column people_version integer not null default 0',
  postgres: 'alter table {workspaces} add column people_version bigint not null default 0',
}
