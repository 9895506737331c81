import type { Appended, Inserted, Row } from '../insertion.ts'
import { inPieces } from '../pieces.ts'
import type { ConnectionSession } from './session.ts'

/**
 * Rows that a transaction has yet to write: of all requests of a batch together, since a row among others costs a tenth of a
 * statement of its own. They are written in the order in which they were appended, while the locks of their groups are held:
 * so the keys of a group's changes follow each other as its transactions do.
 */
export class Appendix {
  #rows: Appended[] = []

  add(appended: Appended): void {
    this.#rows.push(appended)
  }

  async flush(session: ConnectionSession): Promise<void> {
    await Promise.all(await this.send(session))
  }

  /** Sends all rows; answers what has not been answered yet. */
  async send(session: ConnectionSession): Promise<Promise<unknown>[]> {
    if (this.#rows.length === 0) return []
    const rows = this.#rows
    this.#rows = []
    const keyed = rows.filter(({ insertion }) => insertion.isKeyed)
    const keys = new Map<string, number>()
    for (const inserted of await Promise.all(await insert<Inserted>(session, keyed)))
      for (const { key, id } of inserted) keys.set(id, key)
    const others = rows.filter(({ insertion }) => !insertion.isKeyed)
    for (const row of keyed) for (const part of partsOf(row, keys)) others.push(part)
    return insert(session, others)
  }
}

function partsOf({ parts, workspace, row }: Appended, keys: ReadonlyMap<string, number>): Appended[] {
  const key = keys.get(row.id as string)
  // A workspace that is gone takes no rows.
  if (!parts || key === undefined) return []
  const { insertion, column, rows } = parts
  return rows.map((part) => ({ insertion, workspace, row: { ...part, [column]: key } }))
}

/** One statement for each table and workspace, all of them sent before the first is answered. */
async function insert<T>(session: ConnectionSession, appended: readonly Appended[]): Promise<Promise<T[]>[]> {
  const tables = Map.groupBy(appended, ({ insertion }) => insertion)
  const sent: Promise<T[]>[] = []
  for (const [insertion, ofTable] of tables)
    for (const [workspace, ofWorkspace] of Map.groupBy(ofTable, (row) => row.workspace))
      await inPieces(ofWorkspace, session.dialect.piece, async (piece) => {
        const answer = session.all(insertion.many, { workspace, rows: piece.map(rowOf) }) as Promise<T[]>
        // Told when all are awaited.
        answer.catch(() => {})
        sent.push(answer)
      })
  return sent
}

function rowOf({ row }: Appended): Row {
  return row
}
