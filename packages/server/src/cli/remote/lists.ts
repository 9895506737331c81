import { firstOf } from '../pages.ts'
import type { Query, Remote } from './call.ts'

/** A page of a list, as the admin API answers it. */
export interface Items<T> {
  readonly items: T[]
  readonly next?: string | null
}

/** The first items of a list, page by page; all of them unless told otherwise. */
export async function listed<T>(remote: Remote, path: string, query: Query = {}, most?: number): Promise<T[]> {
  return (await firstListed<T>(remote, path, query, most)).items
}

/** The same, and whether there are others. */
export function firstListed<T>(
  remote: Remote,
  path: string,
  query: Query = {},
  most = Number.POSITIVE_INFINITY,
): Promise<{ readonly items: T[]; readonly more: boolean }> {
  const page = async (after: string | undefined, limit: number) => {
    const { items, next } = await remote.call<Items<T>>('GET', path, { query: { ...query, after, limit } })
    return { items, next }
  }
  return firstOf(most, page)
}
