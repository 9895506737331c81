import { closeSync, existsSync, fsyncSync, openSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { Fault, misused } from '../cli/fault.ts'

/** A copy that was made and found whole. */
export interface Backup {
  readonly file: string
  readonly database: string
  readonly bytes: number
  /** How many rows each of our tables holds. */
  readonly rows: Readonly<Record<string, number>>
}

/**
 * Copies a database as it is at this moment, whatever writes to it meanwhile, and proves the copy before it has its name: a
 * file of that name is either the old one or a whole new one, never a part.
 */
export async function backUp(
  database: string,
  target: string,
  { force, prefix }: { force: boolean; prefix: string },
): Promise<Backup> {
  const file = resolve(target)
  if (isSame(file, database)) throw misused(`${file} is the database itself.`, 'Name another file.')
  const reserved = reserve(file, force)
  const part = `${file}.${process.pid}.part`
  try {
    const rows = await copy(database, part, prefix)
    prove(part, rows, prefix)
    sync(part)
    renameSync(part, file)
    return { file, database, bytes: statSync(file).size, rows }
  } catch (error) {
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(part + end, { force: true })
    if (reserved) rmSync(file, { force: true })
    throw explain(error, file)
  }
}

function isSame(file: string, database: string): boolean {
  return existsSync(file) && existsSync(database) && realpathSync(file) === realpathSync(database)
}

/** Takes the name, so that of two backups at once to the same file one is refused. Answers whether it was free. */
function reserve(file: string, force: boolean): boolean {
  try {
    closeSync(openSync(file, 'wx', 0o600))
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw explain(error, file)
    if (!statSync(file).isFile()) throw misused(`${file} is no file.`, 'Name a file that is to be made.')
    if (force) return false
    throw new Fault(`${file} is there already.`, 'Name another file, or replace it with --force.')
  }
}

/** Copies within one snapshot; answers how many rows it has. */
async function copy(database: string, part: string, prefix: string): Promise<Record<string, number>> {
  closeSync(openSync(part, 'wx', 0o600))
  const source = new Database(database, { fileMustExist: true, timeout: 5_000 })
  try {
    // The snapshot holds from the first read on, also for the copy, which is made on this connection.
    source.exec('begin')
    const rows = countRows(source, prefix)
    await source.backup(part)
    return rows
  } finally {
    source.close()
  }
}

/** Opens a copy for reading only, as a restored one would be found, and compares. */
function prove(part: string, rows: Readonly<Record<string, number>>, prefix: string): void {
  standAlone(part)
  const copied = new Database(part, { readonly: true, fileMustExist: true })
  try {
    const verdict = String(copied.pragma('integrity_check', { simple: true }))
    if (verdict !== 'ok') throw damaged(verdict)
    const found = countRows(copied, prefix)
    const tables = new Set([...Object.keys(rows), ...Object.keys(found)])
    for (const table of tables) if (rows[table] !== found[table]) throw damaged(`rows are missing in ${table}`)
  } finally {
    copied.close()
  }
}

/** One file that needs none beside it. */
function standAlone(part: string): void {
  const copied = new Database(part, { fileMustExist: true })
  try {
    copied.pragma('journal_mode = delete')
  } finally {
    copied.close()
  }
}

function countRows(database: Database.Database, prefix: string): Record<string, number> {
  const tables = database
    .prepare<[], string>(`select name from sqlite_schema where type = 'table' and name glob '${prefix}*' order by name`)
    .pluck()
    .all()
  const count = (table: string) => database.prepare<[], number>(`select count(*) from "${table}"`).pluck().get() ?? 0
  return Object.fromEntries(tables.map((table) => [table.slice(prefix.length), count(table)]))
}

/** The name must not be on disk before what it names. */
function sync(part: string): void {
  const descriptor = openSync(part, 'r+')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function damaged(reason: string): Fault {
  return new Fault(
    `The copy is not whole: ${reason.split('\n')[0]}.`,
    'Nothing was kept of it. Check the database with "npx optimaite-scim doctor", and the disk.',
  )
}

function explain(error: unknown, file: string): unknown {
  const { code = '' } = error as NodeJS.ErrnoException
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return misused(`There is no folder ${dirname(file)}.`, 'Make it first, or name a file in another.')
  if (/^(EACCES|EPERM|EROFS)$/.test(code))
    return new Fault(`${file} cannot be written.`, 'Name a file in a folder where this user may write.')
  if (/^(ENOSPC|EDQUOT|SQLITE_FULL)$/.test(code))
    return new Fault(`The disk that is to hold ${file} is full.`, 'Make room, or name a file on another disk.')
  return error
}
