import type { Migration } from './migration.ts'

/** What history needs beside the changes themselves: groups that are gone, found by index, and how often a change names a person. */
export const history: Migration = {
  version: 2,
  readableFrom: 1,
  name: 'history of deleted groups and of people who became one',
  sqlite: `
    -- Of two people who became one, both may have been named by a change: it counts for each.
    alter table {change_people} add column copies integer not null default 1;

    create table {former_groups} (
      workspace_id integer not null,
      group_key integer not null,
      id text not null,
      external_id text,
      display_name text not null,
      name text not null,
      created_at integer not null,
      deleted_at integer not null,
      primary key (workspace_id, group_key)
    ) without rowid;
    create unique index {former_groups}_id on {former_groups} (workspace_id, id);
    create index {former_groups}_name on {former_groups} (workspace_id, name, group_key);
    create index {former_groups}_external_id on {former_groups} (workspace_id, external_id, group_key)
      where external_id is not null;

    -- SQLite lowers ASCII only: of groups deleted before this step, other names are found in the case that they had.
    insert into {former_groups} (workspace_id, group_key, id, external_id, display_name, name, created_at, deleted_at)
    select c.workspace_id, c.group_key, c.group_id, c.group_external_id, c.group_name, lower(c.group_name),
      coalesce((select min(b.at) from {changes} b
        where b.workspace_id = c.workspace_id and b.group_key = c.group_key and b.kind = 'group_created'), c.at), c.at
    from {changes} c where c.kind = 'group_deleted';

    insert into sqlite_stat1 (tbl, idx, stat) values
      ('{former_groups}', '{former_groups}', '100000 10000 1'),
      ('{former_groups}', '{former_groups}_id', '100000 10000 1'),
      ('{former_groups}', '{former_groups}_name', '100000 10000 2 1'),
      ('{former_groups}', '{former_groups}_external_id', '100000 10000 2 1');
  `,
  postgres: `
    alter table {change_people} add column copies int not null default 1;

    create table {former_groups} (
      workspace_id bigint not null,
      group_key bigint not null,
      id text collate "C" not null,
      external_id text collate "C",
      external_id_key uuid generated always as (md5(external_id)::uuid) stored,
      display_name text collate "C" not null,
      name text collate "C" not null,
      name_key uuid generated always as (md5(name)::uuid) stored,
      created_at bigint not null,
      deleted_at bigint not null,
      primary key (workspace_id, group_key)
    );
    create unique index {#former_groups_id} on {former_groups} (workspace_id, id);
    create index {#former_groups_name} on {former_groups} (workspace_id, name_key, group_key);
    create index {#former_groups_external_id} on {former_groups} (workspace_id, external_id_key, group_key)
      where external_id is not null;
  `,
}
