/** Rows asked for at a time. */
export const PAGE = 1_000

/** Every item of a list that is read in pages, each after the last item of the one before. */
export async function allPages<T extends { readonly id: string }>(
  page: (after: { readonly after?: string }) => Promise<readonly T[]>,
): Promise<T[]> {
  const items: T[] = []
  for (;;) {
    const last = items.at(-1)
    const next = await page(last === undefined ? {} : { after: last.id })
    for (const item of next) items.push(item)
    if (next.length < PAGE) return items
  }
}

/** A part of a list, and where the rest begins. */
export interface Part<Item, Place> {
  readonly items: readonly Item[]
  readonly next: Place | null | undefined
}

/** The first items of a list, `most` at the most, page by page; and whether there are others. */
export async function firstOf<Item, Place>(
  most: number,
  page: (after: Place | undefined, limit: number) => Promise<Part<Item, Place>>,
): Promise<{ readonly items: Item[]; readonly more: boolean }> {
  const items: Item[] = []
  for (let after: Place | undefined; ; ) {
    const { items: found, next } = await page(after, Math.min(PAGE, most - items.length))
    for (const item of found) items.push(item)
    if (next === null || next === undefined) return { items, more: false }
    if (items.length >= most) return { items, more: true }
    after = next
  }
}

/** The same of a list that is somebody's. */
export async function firstOfSubject<Subject, Item, Place>(
  most: number,
  page: (after: Place | undefined, limit: number) => Promise<Part<Item, Place> & { readonly subject: Subject }>,
): Promise<{ readonly subject: Subject; readonly entries: Item[]; readonly more: boolean }> {
  const subjects: Subject[] = []
  const { items, more } = await firstOf<Item, Place>(most, async (after, limit) => {
    const part = await page(after, limit)
    subjects.push(part.subject)
    return part
  })
  return { subject: subjects[0] as Subject, entries: items, more }
}
