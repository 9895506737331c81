import type { Migration } from './migration.ts'

/**
 * Slugs in a table of their own: a store that is distributed by workspace can hold them unique only in one that every node
 * has a copy of. An older program would add workspaces that this one cannot find.
 */
export const slugs: Migration = {
  version: 4,
  readableFrom: 4,
  name: 'slugs of workspaces in a table of their own',
  sqlite: `
    create table {workspace_slugs} (
      slug text primary key,
      workspace_id integer not null
    ) without rowid;
    insert into {workspace_slugs} (slug, workspace_id) select slug, key from {workspaces};
  `,
  postgres: `
    create table {workspace_slugs} (
      slug text collate "C" not null,
      workspace_id bigint not null,
      constraint {#workspace_slugs_slug} primary key (slug)
    );
    insert into {workspace_slugs} (slug, workspace_id) select slug, key from {workspaces};
  `,
}
