import type { Migration } from './migration.ts'

/**
 * What SQLite's planner believes of a table, instead of what it would measure: that a workspace holds many rows. Without,
 * it takes a look at every row of a workspace for cheap, and reading 1,000 people by key took 15 ms rather than 1. Plans
 * depend neither on what a store holds nor on when it was last analysed.
 */
const sqliteStatistics = `
    analyze {people};
    insert into sqlite_stat1 (tbl, idx, stat) values
      ('{people}', 'sqlite_autoindex_{people}_1', '1000000 100000 1'),
      ('{people}', '{people}_name', '1000000 100000 1 1'),
      ('{people}', '{people}_external_id', '1000000 100000 2'),
      ('{person_aliases}', '{person_aliases}', '100000 10000 1'),
      ('{person_aliases}', '{person_aliases}_person', '100000 10000 1 1'),
      ('{person_names}', '{person_names}', '1000000 100000 1'),
      ('{person_names}', '{person_names}_person', '1000000 100000 2 1'),
      ('{person_addresses}', '{person_addresses}', '2000000 200000 100000 1 1'),
      ('{person_addresses}', '{person_addresses}_person', '2000000 200000 2 1 1'),
      ('{groups}', 'sqlite_autoindex_{groups}_1', '100000 10000 1'),
      ('{groups}', 'sqlite_autoindex_{groups}_2', '100000 10000 1'),
      ('{groups}', 'sqlite_autoindex_{groups}_3', '100000 10000 1'),
      ('{memberships}', '{memberships}', '10000000 1000000 1000 1'),
      ('{memberships}', '{memberships}_person', '10000000 1000000 10 1'),
      ('{activity}', '{activity}', '1000000 100000 1'),
      ('{changes}', '{changes}_feed', '1000000 100000 1'),
      ('{changes}', '{changes}_group', '1000000 100000 10'),
      ('{change_people}', '{change_people}', '10000000 1000000 10 1'),
      ('{change_people}', '{change_people}_person', '10000000 1000000 10 1');`

/**
 * Every table leads with its workspace. Text ids stand once, in the row that they name; everywhere else a row is named by
 * its `key`, a small integer: a membership with its reverse index is 23 bytes so, and 219 with text ids.
 *
 * Times are milliseconds since the epoch. `name` columns hold folded text, beside the original.
 */
export const first: Migration = {
  version: 1,
  readableFrom: 1,
  name: 'first tables',
  sqlite: `
    create table {workspaces} (
      key integer primary key autoincrement,
      slug text not null unique,
      name text not null,
      scim integer not null,
      unknown_members text not null,
      unknown_users text not null,
      suspended text not null,
      activity_days integer not null,
      pending_days integer not null,
      created_at integer not null
    );

    -- One row for each id ever named in a workspace, so that resolving an id is one update whatever the number of its
    -- groups. state: 0 unresolved, 1 removed (a tombstone of the id), 2 pending, 3 account.
    create table {people} (
      key integer primary key autoincrement,
      workspace_id integer not null references {workspaces} (key),
      id text not null,
      state integer not null,
      suspended integer not null default 0,
      user_name text,
      display_name text,
      emails text,
      record text,
      name text,
      shown_name text,
      external_id text,
      search text,
      version integer not null default 1,
      created_at integer not null,
      updated_at integer not null,
      unique (workspace_id, id)
    );
    create index {people}_name on {people} (workspace_id, name, id) where name is not null;
    create index {people}_external_id on {people} (workspace_id, external_id) where external_id is not null;

    -- Former ids of people: a pending person's, after an account with an id of its own has claimed it.
    create table {person_aliases} (
      workspace_id integer not null,
      id text not null,
      person_key integer not null,
      primary key (workspace_id, id)
    ) without rowid;
    create index {person_aliases}_person on {person_aliases} (workspace_id, person_key);

    -- userNames of accounts and of provider's records alike: nobody has another's.
    create table {person_names} (
      workspace_id integer not null,
      name text not null,
      person_key integer not null,
      primary key (workspace_id, name)
    ) without rowid;
    create index {person_names}_person on {person_names} (workspace_id, person_key);

    -- kind: 1 an e-mail of the view, 2 a verified e-mail of the account.
    create table {person_addresses} (
      workspace_id integer not null,
      kind integer not null,
      address text not null,
      person_key integer not null,
      primary key (workspace_id, kind, address, person_key)
    ) without rowid;
    create index {person_addresses}_person on {person_addresses} (workspace_id, person_key);

    create table {groups} (
      key integer primary key autoincrement,
      workspace_id integer not null references {workspaces} (key),
      id text not null,
      external_id text,
      display_name text not null,
      name text not null,
      version integer not null,
      managed integer not null,
      member_count integer not null,
      created_at integer not null,
      updated_at integer not null,
      unique (workspace_id, id),
      unique (workspace_id, name),
      unique (workspace_id, external_id)
    );

    create table {memberships} (
      workspace_id integer not null,
      group_key integer not null,
      person_key integer not null,
      primary key (workspace_id, group_key, person_key)
    ) without rowid;
    create index {memberships}_person on {memberships} (workspace_id, person_key, group_key);

    create table {tokens} (
      key integer primary key autoincrement,
      workspace_id integer not null references {workspaces} (key),
      id text not null unique,
      digest blob not null,
      label text not null,
      provider text not null,
      created_by text not null,
      created_at integer not null,
      expires_at integer not null,
      revoked_at integer,
      last_used_at integer,
      last_used_address text,
      last_used_client text
    );
    create index {tokens}_workspace on {tokens} (workspace_id);

    -- Requests refused because of their token, counted for each minute.
    create table {token_refusals} (
      workspace_id integer not null,
      token_key integer not null,
      minute integer not null,
      reason text not null,
      count integer not null,
      primary key (workspace_id, token_key, minute, reason)
    ) without rowid;

    create table {activity} (
      workspace_id integer not null,
      id text not null,
      at integer not null,
      last_at integer not null,
      count integer not null,
      token_key integer,
      client text,
      address text,
      method text not null,
      route text not null,
      status integer not null,
      duration integer not null,
      problem text,
      detail text,
      group_id text,
      person_id text,
      summary text,
      rules text,
      ignored text,
      shape text,
      primary key (workspace_id, id)
    ) without rowid;

    -- key is the position in the feed: one writer at a time, so keys are given in the order of commits.
    create table {changes} (
      key integer primary key autoincrement,
      workspace_id integer not null,
      id text not null,
      at integer not null,
      kind text not null,
      group_key integer,
      group_id text,
      group_name text,
      group_external_id text,
      actor text not null,
      actor_label text not null,
      request text,
      operation integer,
      people_count integer not null,
      details text
    );
    create index {changes}_feed on {changes} (workspace_id, key);
    create index {changes}_group on {changes} (workspace_id, group_key) where group_key is not null;

    create table {change_people} (
      workspace_id integer not null,
      change_key integer not null,
      person_key integer not null,
      operation integer,
      primary key (workspace_id, change_key, person_key)
    ) without rowid;
    create index {change_people}_person on {change_people} (workspace_id, person_key, change_key);
${sqliteStatistics}
  `,
}
