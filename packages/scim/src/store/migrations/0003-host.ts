import type { Migration } from './migration.ts'

/**
 * What the host application's and admins' questions need: who is suspended, and what is open. Nobody with an account in
 * good standing has an entry in either index, so that large imports do not pay for them.
 */
export const host: Migration = {
  version: 3,
  readableFrom: 1,
  name: 'indexes of suspended people and open problems',
  sqlite: `
    create index {people}_suspended on {people} (workspace_id, key) where suspended = 1;
    create index {people}_open on {people} (workspace_id, state, key) where state < 3;
    insert into sqlite_stat1 (tbl, idx, stat) values
      ('{people}', '{people}_suspended', '10000 1000 1'),
      ('{people}', '{people}_open', '100000 10000 3000 1');
  `,
  postgres: `
    create index {#people_suspended} on {people} (workspace_id, key) where suspended = 1;
    create index {#people_open} on {people} (workspace_id, state, key) where state < 3;
  `,
}
