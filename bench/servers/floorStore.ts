import Database from 'better-sqlite3'

/** What the floor does to a database for a request: a look-up of the token, and one prepared statement. */
export interface FloorStore {
  token(id: string): Promise<{ digest: Buffer } | undefined> | { digest: Buffer } | undefined
  byName(name: string): Promise<unknown> | unknown
  byId(id: string): Promise<unknown> | unknown
  /** So many groups from a place on, each with a text of its members. */
  page(startIndex: number, count: number): Promise<Paged[]> | Paged[]
  /** One row, with a commit of its own. */
  insert(who: string): Promise<unknown> | unknown
  rows(): Promise<number>
  addToken(id: string, digest: Buffer): Promise<void>
  addGroups(from: number, to: number): Promise<void>
}

export type Paged = Readonly<Record<string, unknown>> & { readonly members: string }

/** The select lists what a find of the service answers with. */
const COLUMNS = 'id, external_id, display_name, version, member_count, created_at, updated_at'

/** The same settings as the service's connection has. */
export function sqliteFloor(file: string): FloorStore {
  const database = new Database(file)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  // 48 MB, as the service's reading connection has; its writing one has less.
  database.pragma('cache_size = -49152')
  database.pragma('wal_autocheckpoint = 10000')
  database.exec(`
    create table tokens (id text primary key, digest blob not null, workspace_id integer not null);
    create table groups (key integer primary key, workspace_id integer not null, id text not null, external_id text,
      display_name text not null, name text not null, version integer not null, member_count integer not null,
      created_at integer not null, updated_at integer not null, unique (workspace_id, id), unique (workspace_id, name));
    create table members (key integer primary key, members text not null);
    create table written (key integer primary key, at integer not null, who text not null)`)
  const token = database.prepare('select digest, workspace_id from tokens where id = ?')
  const byName = database.prepare(`select ${COLUMNS} from groups where workspace_id = 1 and name = ?`)
  const byId = database.prepare(`select ${COLUMNS} from groups where workspace_id = 1 and id = ?`)
  const page = database.prepare(PAGE.replaceAll(/\$\d/g, '?'))
  const insert = database.prepare('insert into written (at, who) values (?, ?)')
  return {
    token: (id) => token.get(id) as { digest: Buffer } | undefined,
    byName: (name) => byName.get(name),
    byId: (id) => byId.get(id),
    page: (startIndex, count) => page.all(startIndex, count) as Paged[],
    insert: (who) => insert.run(Date.now(), who),
    rows: async () => (database.prepare('select count(*) as n from written').get() as { n: number }).n,
    addToken: async (id, digest) => {
      database.prepare('insert into tokens values (?, ?, 1)').run(id, digest)
    },
    addGroups: async (from, to) => {
      const add = database.prepare(`
        insert into groups (workspace_id, id, display_name, name, version, member_count, created_at, updated_at)
        values (1, ?, ?, ?, 1, 10, 0, 0)`)
      const addMembers = database.prepare('insert into members values (?, ?)')
      database.transaction(() => {
        for (let n = from; n < to; n++) addMembers.run(add.run(...floorGroup(n)).lastInsertRowid, floorMembers(n))
      })()
    },
  }
}

/** Id, name and folded name of a group. */
export function floorGroup(n: number): [string, string, string] {
  const number = String(n).padStart(6, '0')
  return [`grp_${number.padStart(26, '0')}`, `Group ${number}`, `group ${number}`]
}

/** Ten members as a page shows them, kept as one text. */
export function floorMembers(n: number): string {
  return JSON.stringify(Array.from({ length: 10 }, (_, i) => ({ value: `usr_${n * 10 + i}`, type: 'User' })))
}

/** Keys of groups begin with 1 and have no gaps: a place is a key. */
const PAGE = `select ${COLUMNS}, members from groups join members using (key)
  where workspace_id = 1 and key >= $1 order by key limit $2`

export { COLUMNS, PAGE }
