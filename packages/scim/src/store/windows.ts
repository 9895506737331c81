import { breathe } from './store.ts'

/**
 * How to look for what no index finds: in windows of a bounded number of rows, in the order of an index, with a turn of the
 * event loop between.
 */
export interface Windows<Row, Place> {
  /** Where a window ends that begins behind a place; nothing where everything that is left fits into one. */
  end(after: Place): Promise<Place | undefined>
  /** What is wanted of the rows behind `after`, up to `end` and with it, `limit` of them at the most. */
  rows(after: Place, end: Place | undefined, limit: number): Promise<Row[]>
  place(row: Row): Place
}

/** Rows that one statement looks through. */
export const WINDOW = 5_000

/**
 * Rows until there are `limit` of them; `next` is the place to go on from, where there may be more. With `most`, so many
 * windows are looked through, and the page may be short.
 */
export async function inWindows<Row, Place>(
  windows: Windows<Row, Place>,
  { after, limit, most = Number.POSITIVE_INFINITY }: { after: Place; limit: number; most?: number },
): Promise<{ rows: Row[]; next: Place | undefined }> {
  const found: Row[] = []
  let start = after
  for (let looked = 1; ; looked += 1) {
    const end = await windows.end(start)
    for (const row of await windows.rows(start, end, limit - found.length)) found.push(row)
    const last = found.at(-1)
    if (found.length >= limit && last !== undefined) return { rows: found, next: windows.place(last) }
    if (end === undefined || looked >= most) return { rows: found, next: end }
    start = end
    await breathe()
  }
}
