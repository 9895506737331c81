import type { After } from '../../store/problems.ts'
import { breathe } from '../../store/store.ts'

const PAGE = 1_000

/** Hands on rows that are read in pages by key, with a turn of the loop between, so that there may be any number. */
export async function allPages<Row extends { readonly key: number }>(
  read: (page: After) => Promise<Row[]>,
  handle: (rows: readonly Row[]) => Promise<void>,
): Promise<void> {
  let after = 0
  let rows: Row[]
  do {
    rows = await read({ after, limit: PAGE })
    if (rows.length > 0) await handle(rows)
    after = rows.at(-1)?.key ?? after
    await breathe()
  } while (rows.length === PAGE)
}
