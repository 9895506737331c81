import type { Migration } from './migration.ts'

// Texts compare by code point.
const text = 'text collate "C"'

/**
 * What the admin API stands on. Keys and entries of the audit trail that belong to no workspace have 0 in its place: no
 * workspace has that key.
 */
export const admin: Migration = {
  version: 7,
  readableFrom: 6,
  name: 'API keys, setup links and the audit trail',
  sqlite: `
    -- scopes is a JSON array of names; no expires_at: until it is revoked.
    create table {api_keys} (
      workspace_id integer not null,
      id text not null,
      digest blob not null,
      name text not null,
      scopes text not null,
      created_by text not null,
      created_at integer not null,
      expires_at integer,
      revoked_at integer,
      last_used_at integer,
      last_used_address text,
      last_used_client text,
      primary key (workspace_id, id)
    ) without rowid;

    -- Claimed by one browser, whose session has a secret of its own; token_id is the last token that it issued.
    create table {setup_links} (
      workspace_id integer not null,
      id text not null,
      digest blob not null,
      provider text not null,
      note text,
      created_by text not null,
      created_at integer not null,
      expires_at integer not null,
      revoked_at integer,
      claimed_at integer,
      claimed_address text,
      claimed_client text,
      session_digest blob,
      token_id text,
      issued_at integer,
      issued_address text,
      issued_client text,
      primary key (workspace_id, id)
    ) without rowid;

    -- slug tells of which workspace an entry is that was written when it was gone.
    create table {audit} (
      workspace_id integer not null,
      id text not null,
      at integer not null,
      slug text,
      actor_kind text not null,
      actor_id text not null,
      actor_name text not null,
      address text,
      action text not null,
      target text,
      status integer not null,
      details text,
      primary key (workspace_id, id)
    ) without rowid;

    insert into sqlite_stat1 (tbl, idx, stat) values
      ('{api_keys}', '{api_keys}', '10000 1000 1'),
      ('{setup_links}', '{setup_links}', '10000 1000 1'),
      ('{audit}', '{audit}', '1000000 100000 1');
  `,
  postgres: `
    create table {api_keys} (
      workspace_id bigint not null,
      id ${text} not null,
      digest bytea not null,
      name ${text} not null,
      scopes ${text} not null,
      created_by ${text} not null,
      created_at bigint not null,
      expires_at bigint,
      revoked_at bigint,
      last_used_at bigint,
      last_used_address ${text},
      last_used_client ${text},
      primary key (workspace_id, id)
    );

    create table {setup_links} (
      workspace_id bigint not null,
      id ${text} not null,
      digest bytea not null,
      provider ${text} not null,
      note ${text},
      created_by ${text} not null,
      created_at bigint not null,
      expires_at bigint not null,
      revoked_at bigint,
      claimed_at bigint,
      claimed_address ${text},
      claimed_client ${text},
      session_digest bytea,
      token_id ${text},
      issued_at bigint,
      issued_address ${text},
      issued_client ${text},
      primary key (workspace_id, id)
    );

    create table {audit} (
      workspace_id bigint not null,
      id ${text} not null,
      at bigint not null,
      slug ${text},
      actor_kind ${text} not null,
      actor_id ${text} not null,
      actor_name ${text} not null,
      address ${text},
      action ${text} not null,
      target ${text},
      status int not null,
      details ${text},
      primary key (workspace_id, id)
    );
  `,
}
