import { resolve } from 'node:path'
import Database from 'better-sqlite3'
import { unusableFile } from '../sqlite/fault.ts'
import { configure, type SqliteOptions } from '../sqlite/open.ts'
import { breathe } from '../store.ts'
import { type StoredTable, TABLES } from '../tables.ts'
import { type CopiedTable, pieceOf, type Row, type Source, type Target } from './ends.ts'

export function openSqliteSource({ file, prefix }: SqliteOptions): Source {
  const database = opened(file, { readonly: true, fileMustExist: true })
  // The snapshot is that of the first read.
  database.exec('begin')
  return new SqliteSource(database, prefix)
}

export function openSqliteTarget({ file, prefix }: SqliteOptions): Target {
  const database = opened(file, { fileMustExist: true })
  try {
    configure(database)
    database.exec('begin immediate')
  } catch (error) {
    database.close()
    throw unusableFile(resolve(file), error)
  }
  return new SqliteTarget(database, prefix)
}

function opened(file: string, options: Database.Options): Database.Database {
  try {
    return new Database(resolve(file), options)
  } catch (error) {
    throw unusableFile(resolve(file), error)
  }
}

class SqliteEnd {
  readonly kind = 'sqlite' as const
  protected readonly database: Database.Database
  protected readonly prefix: string

  constructor(database: Database.Database, prefix = 'scim_') {
    this.database = database
    this.prefix = prefix
  }

  async *pieces(table: CopiedTable, columns: Readonly<Record<string, string>>): AsyncGenerator<Row[]> {
    const list = Object.entries(columns).map(([name, sql]) => `${sql} as "${name}"`)
    const select = this.database.prepare<[], Row>(this.named(`select ${list.join(', ')} from {${table.name}} t`))
    let piece: Row[] = []
    for (const row of select.iterate()) {
      piece.push(row)
      if (piece.length < pieceOf(table)) continue
      yield piece
      piece = []
      await breathe()
    }
    if (piece.length > 0) yield piece
  }

  async ask(sql: string): Promise<Row[]> {
    return this.database.prepare<[], Row>(this.named(sql)).all()
  }

  async close(): Promise<void> {
    if (this.database.inTransaction) this.database.exec('rollback')
    this.database.close()
  }

  protected named(sql: string): string {
    return sql.replaceAll(/\{(\w+)\}/g, `${this.prefix}$1`)
  }
}

class SqliteSource extends SqliteEnd implements Source {
  async lastKeys(): Promise<Map<string, number>> {
    const rows = this.database.prepare<[], { name: string; seq: number }>('select name, seq from sqlite_sequence').all()
    const found = new Map(rows.map(({ name, seq }) => [name, seq]))
    return new Map(TABLES.filter(hasKeys).map(({ name }) => [name, found.get(this.prefix + name) ?? 0]))
  }
}

class SqliteTarget extends SqliteEnd implements Target {
  readonly #inserts = new Map<CopiedTable, Database.Statement>()

  async clear({ name }: CopiedTable): Promise<void> {
    this.database.exec(this.named(`delete from {${name}}`))
  }

  async insert(table: CopiedTable, rows: readonly Row[]): Promise<void> {
    const insert = this.#insertOf(table)
    for (const row of rows) insert.run(row)
    await breathe()
  }

  async raiseKeys(last: ReadonlyMap<string, number>): Promise<void> {
    const raise = this.database.prepare('update sqlite_sequence set seq = max(seq, ?) where name = ?')
    const note = this.database.prepare('insert into sqlite_sequence (name, seq) values (?, ?)')
    for (const [table, key] of last) {
      const name = this.prefix + table
      // A table in which there never was a row is not noted there.
      if (raise.run(key, name).changes === 0 && key > 0) note.run(name, key)
    }
  }

  async commit(): Promise<void> {
    this.database.exec('commit')
  }

  #insertOf(table: CopiedTable): Database.Statement {
    const known = this.#inserts.get(table)
    if (known) return known
    const names = table.columns.filter(({ only }) => only === undefined).map(({ name }) => name)
    const values = names.map((name) => `@${name}`).join(', ')
    const insert = this.database.prepare(
      this.named(`insert into {${table.name}} (${names.map((name) => `"${name}"`).join(', ')}) values (${values})`),
    )
    this.#inserts.set(table, insert)
    return insert
  }
}

function hasKeys(table: StoredTable): boolean {
  return table.hasKeys
}
