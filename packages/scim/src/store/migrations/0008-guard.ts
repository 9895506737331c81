import type { Migration } from './migration.ts'

/**
 * The guard against mass removal. What a group has lost is told by its changes; only those that the guard counted are in the
 * index, so that a workspace without it pays nothing.
 */
export const guard: Migration = {
  version: 8,
  readableFrom: 6,
  name: 'guard against mass removal',
  sqlite: `
    alter table {workspaces} add column guard_on integer not null default 0;
    alter table {workspaces} add column guard_limit integer not null default 20;
    alter table {changes} add column lost integer;
    create index {changes}_lost on {changes} (workspace_id, group_key, at) where lost > 0;

    -- digest: of the people whom the removal would take; equal removals from a group are one hold.
    create table {holds} (
      workspace_id integer not null,
      id text not null,
      group_key integer not null,
      digest text not null,
      group_id text not null,
      group_name text not null,
      kind text not null,
      status text not null,
      losses integer not null,
      lost_before integer not null,
      allowed integer not null,
      used integer not null default 0,
      count integer not null,
      first_at integer not null,
      last_at integer not null,
      request text,
      token_label text not null,
      provider text not null,
      decided_at integer,
      decided_by text,
      primary key (workspace_id, id)
    ) without rowid;
    create unique index {holds}_equal on {holds} (workspace_id, group_key, digest);
    create index {holds}_admitting on {holds} (workspace_id, group_key, decided_at) where status = 'let_through';

    insert into sqlite_stat1 (tbl, idx, stat) values
      ('{changes}', '{changes}_lost', '10000 1000 10 1'),
      ('{holds}', '{holds}', '1000 100 1'),
      ('{holds}', '{holds}_equal', '1000 100 10 1'),
      ('{holds}', '{holds}_admitting', '100 10 2 1');
  `,
  postgres: `
    alter table {workspaces} add column guard_on int not null default 0;
    alter table {workspaces} add column guard_limit int not null default 20;
    alter table {changes} add column lost int;
    create index {#changes_lost} on {changes} (workspace_id, group_key, at) where lost > 0;

    create table {holds} (
      workspace_id bigint not null,
      id text collate "C" not null,
      group_key bigint not null,
      digest text collate "C" not null,
      group_id text collate "C" not null,
      group_name text collate "C" not null,
      kind text collate "C" not null,
      status text collate "C" not null,
      losses bigint not null,
      lost_before bigint not null,
      allowed bigint not null,
      used bigint not null default 0,
      count bigint not null,
      first_at bigint not null,
      last_at bigint not null,
      request text collate "C",
      token_label text collate "C" not null,
      provider text collate "C" not null,
      decided_at bigint,
      decided_by text collate "C",
      primary key (workspace_id, id)
    );
    create unique index {#holds_equal} on {holds} (workspace_id, group_key, digest);
    create index {#holds_admitting} on {holds} (workspace_id, group_key, decided_at) where status = 'let_through';
  `,
}
