import type { Migration } from './migration.ts'

/**
 * Whether somebody's memberships count, beside the id by which hosts ask: `groups.ofPerson` does without the person's row,
 * which is large and of which a cache holds few. It took 48 µs with that row, of which 10 were for it.
 */
export const standing: Migration = {
  version: 5,
  readableFrom: 4,
  name: 'index of who counts, by id',
  sqlite: `
    create index {people}_standing on {people} (workspace_id, id, state, suspended);
    insert into sqlite_stat1 (tbl, idx, stat) values ('{people}', '{people}_standing', '1000000 100000 1 1 1');
  `,
  // Its index would be read beside the row, which alone says what a transaction sees.
  postgres: '',
}
