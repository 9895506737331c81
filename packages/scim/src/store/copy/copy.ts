import { numberChanges } from '../feed.ts'
import { databaseStatus, isPostgres, openDatabase } from '../open.ts'
import { statement } from '../statement.ts'
import { TABLES } from '../tables.ts'
import { Checksum } from './checksum.ts'
import { columnsOn, converter, type Direction, readColumns, writtenColumns } from './columns.ts'
import type { CopiedTable, Source, StorePlace, Target } from './ends.ts'
import { openSource, openTarget } from './open.ts'
import { basesOf } from './places.ts'
import { CopyRefused } from './refused.ts'

export interface CopyOptions {
  readonly from: StorePlace
  /** Without workspaces; its tables are made where they are missing. */
  readonly to: StorePlace
  /**
   * From PostgreSQL to SQLite, with several workspaces: whether positions that hosts keep of their feeds may be lost, who are
   * then refused with `feed_position_unknown`, and begin anew.
   */
  readonly newPositions?: boolean
  /**
   * Says which tables beside the store's are to be copied too, in the same transaction, and makes them in the target where they
   * are missing. Asked once both stores are known to be usable; those that others refer to come first.
   */
  readonly beside?: () => Promise<readonly CopiedTable[]>
  readonly onProgress?: (progress: CopyProgress) => void
}

export interface CopyProgress {
  readonly phase: 'copy' | 'compare'
  /** Rows of all tables. */
  readonly done: number
  readonly total: number
}

/** What was copied, and found in the target as it was in the source. */
export interface Copied {
  /** How many rows each table holds. */
  readonly rows: Readonly<Record<string, number>>
  /** Of each table. */
  readonly checksums: Readonly<Record<string, string>>
  /** Whether positions that hosts keep of their feeds go on. */
  readonly keepsPositions: boolean
}

/**
 * Copies a store into an empty one, with all keys, in one transaction: wholly, or not at all. The source is read as it was
 * at one moment; what is written to it meanwhile is not in the copy. Refuses with {@link CopyRefused}.
 */
export async function copyStore({ from, to, newPositions = false, beside, onProgress }: CopyOptions): Promise<Copied> {
  await prepareSource(from, to)
  await prepareTarget(to)
  const tables = [...TABLES, ...((await beside?.()) ?? [])]
  const source = await openSource(from)
  try {
    const target = await openTarget(to)
    try {
      return await new Copying(source, target, tables, onProgress).run(newPositions)
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

async function prepareSource(from: StorePlace, to: StorePlace): Promise<void> {
  const { version, pending } = await databaseStatus(from)
  if (version === 0) throw new CopyRefused('source_missing', 'There is no store to copy.')
  if (pending.length > 0)
    throw new CopyRefused(
      'source_outdated',
      `The store to copy lacks ${pending.length} of the steps that this version knows.`,
    )
  if (isPostgres(from.database) && !isPostgres(to.database)) await numberAll(from)
}

const workspaces = statement<{ key: number }>('select w.key from {workspaces} w')

/** What no reader of a feed has numbered yet gets its place now. */
async function numberAll(from: StorePlace): Promise<void> {
  const store = await openDatabase(from)
  try {
    for (const { key } of await store.all(workspaces, {})) await numberChanges(store, key)
  } finally {
    await store.close()
  }
}

async function prepareTarget(to: StorePlace): Promise<void> {
  const { version, pending } = await databaseStatus(to)
  if (version > 0 && pending.length > 0)
    throw new CopyRefused('target_outdated', `The target lacks ${pending.length} of the steps that this version knows.`)
  // Makes the tables.
  if (version === 0) await (await openDatabase(to)).close()
}

class Copying {
  readonly #source: Source
  readonly #target: Target
  readonly #tables: readonly CopiedTable[]
  readonly #direction: Direction
  readonly #tell: (progress: CopyProgress) => void
  #total = 0
  #done = 0

  constructor(
    source: Source,
    target: Target,
    tables: readonly CopiedTable[],
    tell: CopyOptions['onProgress'] = () => {},
  ) {
    this.#source = source
    this.#target = target
    this.#tables = tables
    this.#direction = { from: source.kind, to: target.kind }
    this.#tell = tell
  }

  async run(newPositions: boolean): Promise<Copied> {
    await this.#requireEmpty()
    const becomesKeys = this.#source.kind === 'postgres' && this.#target.kind === 'sqlite'
    const bases = becomesKeys ? await basesOf(this.#source, newPositions) : new Map<number, number>()
    for (const { name } of this.#tables) this.#total += await countOf(this.#source, name)
    const checksums = new Map<CopiedTable, Checksum>()
    for (const table of this.#tables) checksums.set(table, await this.#copy(table, bases))
    const last = new Map(await this.#source.lastKeys())
    // The keys that changes had are not those that they have now.
    if (becomesKeys) last.delete('changes')
    await this.#target.raiseKeys(last)
    this.#done = 0
    for (const [table, expected] of checksums) await this.#compare(table, expected)
    await this.#target.commit(this.#tables)
    const entries = [...checksums]
    return {
      rows: Object.fromEntries(entries.map(([{ name }, { count }]) => [name, count])),
      checksums: Object.fromEntries(entries.map(([{ name }, { text }]) => [name, text])),
      keepsPositions: ![...bases.values()].some((base) => base > 0),
    }
  }

  async #requireEmpty(): Promise<void> {
    for (const { name, before = 'refused' } of this.#tables) {
      if (before === 'replaced') continue
      const [found] = await this.#target.ask(`select 1 as found from {${name}} limit 1`)
      if (found)
        throw new CopyRefused('target_used', `The target is in use, with rows of ${name}: a copy needs an empty store.`)
    }
  }

  async #copy(table: CopiedTable, bases: ReadonlyMap<number, number>): Promise<Checksum> {
    const columns = columnsOn(this.#target.kind, table)
    const convert = converter(table, this.#direction, bases)
    const checksum = new Checksum()
    if (table.before === 'replaced') await this.#target.clear(table)
    for await (const piece of this.#source.pieces(table, readColumns(table, this.#direction))) {
      const rows = piece.map(convert)
      for (const row of rows) checksum.add(columns, row)
      await this.#target.insert(table, rows)
      this.#progress('copy', rows.length)
    }
    return checksum
  }

  /** Reads back what was written, before it is committed. */
  async #compare(table: CopiedTable, expected: Checksum): Promise<void> {
    const columns = columnsOn(this.#target.kind, table)
    const found = new Checksum()
    for await (const rows of this.#target.pieces(table, writtenColumns(this.#target.kind, table))) {
      for (const row of rows) found.add(columns, row)
      this.#progress('compare', rows.length)
    }
    if (found.equals(expected)) return
    throw new CopyRefused(
      'copy_differs',
      `The table ${table.name} is not in the target as it is in the source (${expected.count} rows, ${found.count} in the target).`,
    )
  }

  #progress(phase: CopyProgress['phase'], rows: number): void {
    this.#done += rows
    this.#tell({ phase, done: this.#done, total: this.#total })
  }
}

async function countOf(source: Source, table: string): Promise<number> {
  const [row] = await source.ask(`select count(*) as count from {${table}}`)
  return Number(row?.count)
}
