import pg from 'pg'
import { COLUMNS, type FloorStore, floorGroup, floorMembers, PAGE } from './floorStore.ts'

/** The floor on PostgreSQL: prepared statements on a pool; an insert is a transaction by itself. */
export async function postgresFloor(url: string): Promise<FloorStore> {
  const pool = new pg.Pool({ connectionString: url, max: 16 })
  await pool.query(`
    create table tokens (id text primary key, digest bytea not null, workspace_id bigint not null);
    create table groups (key bigint generated always as identity primary key, workspace_id bigint not null,
      id text not null, external_id text, display_name text not null, name text not null, version bigint not null,
      member_count bigint not null, created_at bigint not null, updated_at bigint not null,
      unique (workspace_id, id), unique (workspace_id, name));
    create table members (key bigint primary key, members text not null);
    create table written (key bigint generated always as identity primary key, at bigint not null, who text not null)`)
  const first = async (name: string, text: string, values: unknown[]) =>
    (await pool.query({ name, text, values })).rows[0]
  const select = `select ${COLUMNS} from groups where workspace_id = 1 and`
  return {
    token: (id) => first('token', 'select digest, workspace_id from tokens where id = $1', [id]),
    byName: (name) => first('name', `${select} name = $1`, [name]),
    byId: (id) => first('id', `${select} id = $1`, [id]),
    page: async (startIndex, count) =>
      (await pool.query({ name: 'page', text: PAGE, values: [startIndex, count] })).rows,
    insert: (who) => first('insert', 'insert into written (at, who) values ($1, $2)', [Date.now(), who]),
    rows: async () => Number((await pool.query('select count(*) as n from written')).rows[0].n),
    addToken: async (id, digest) => {
      await pool.query('insert into tokens values ($1, $2, 1)', [id, digest])
    },
    addGroups: async (from, to) => {
      const groups = Array.from({ length: to - from }, (_, n) => floorGroup(from + n))
      const columns = [0, 1, 2].map((column) => groups.map((group) => group[column]))
      await pool.query(
        `insert into groups (workspace_id, id, display_name, name, version, member_count, created_at, updated_at)
         select 1, id, display, name, 1, 10, 0, 0 from unnest($1::text[], $2::text[], $3::text[]) g (id, display, name)`,
        columns,
      )
      const members = Array.from({ length: to - from }, (_, n) => floorMembers(from + n))
      await pool.query('insert into members select $1 + n, text from unnest($2::text[]) with ordinality m (text, n)', [
        from,
        members,
      ])
      await pool.query('analyze')
    },
  }
}
