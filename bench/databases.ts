import { join } from 'node:path'
import type { Cluster } from './postgres.ts'
import type { Subject } from './subjects.ts'

/** The PostgreSQL driver is one of the peers' packages: see bench/peers. */
const driver = (): Promise<{
  createDatabase(url: string, name: string): Promise<string>
  databaseSize(url: string): Promise<number>
}> => import(new URL('peers/databases.ts', import.meta.url).href)

export async function databaseSize(url: string): Promise<number> {
  return (await driver()).databaseSize(url)
}

/** An empty database for a subject: a file, a URL, or nothing for one that keeps all in memory. */
export async function emptyDatabase(
  { id, store }: Subject,
  folder: string,
  cluster: Cluster | undefined,
  suffix = '',
): Promise<string> {
  if (store === 'memory') return ''
  if (store === 'SQLite') return join(folder, `${id}${suffix}.db`)
  if (!cluster) throw new Error('no PostgreSQL was found on this machine')
  return (await driver()).createDatabase(cluster.url, `${id}${suffix}`)
}
