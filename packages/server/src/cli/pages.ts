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
