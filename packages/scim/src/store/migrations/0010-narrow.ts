import type { Migration } from './migration.ts'

/**
 * A person of a change says only what the change does not say: a null in `operation` is that of the change, a null in
 * `copies` is one. On PostgreSQL that is 52 bytes instead of 60, and an index of people alone, in which equal rows share
 * their key, is 14 bytes a row instead of 52.
 */
export const narrow: Migration = {
  version: 10,
  readableFrom: 10,
  name: 'history in fewer bytes',
  // Its records take no byte for a 0, a 1 or a null, and its index holds the change's key in any case.
  sqlite: '',
  postgres: `
    alter table {change_people} alter column copies drop not null, alter column copies drop default;
    create index {#change_people_of} on {change_people} (workspace_id, person_key);
    drop index {change_people_person};
  `,
}
