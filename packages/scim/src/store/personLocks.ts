import { inPieces } from './pieces.ts'
import { statement } from './statement.ts'
import type { Writer } from './store.ts'

const lock = statement<{ key: number }>(`
  select p.key from each(:people bigint) as e
  find {people} p (p.workspace_id = :workspace and p.key = e.value) {turn p}`)
const turn = statement<{ key: number }>(`
  select p.key from rows(:rows key bigint, state bigint, suspended bigint) as r
  find {people} p (p.workspace_id = :workspace and p.key = r.key
    and (p.state <> r.state or p.suspended <> r.suspended)) {turn p}`)

/**
 * Keeps other transactions from naming people as members, or from changing them: to be done before their memberships are
 * read that are to go, or to count, with them.
 */
export async function lockPeople(writer: Writer, workspace: number, people: readonly number[]): Promise<void> {
  if (!writer.dialect.locksRows || people.length === 0) return
  await writer.all(lock, { workspace, people })
}

/**
 * Of rows to be changed, those that become something else wait for whoever holds them as members; the others' names and
 * addresses change beside that.
 */
export async function turnPeople(
  writer: Writer,
  workspace: number,
  rows: readonly { key: number; state: number; suspended: number }[],
): Promise<void> {
  if (!writer.dialect.locksRows) return
  await inPieces(rows, writer.dialect.piece, async (piece) => {
    const after = piece.map(({ key, state, suspended }) => ({ key, state, suspended }))
    await writer.all(turn, { workspace, rows: after })
  })
}
