import { join } from 'node:path'
import type { Cluster } from '../packages/scim/test/postgres/cluster.ts'
import { within } from '../packages/scim/test/postgres/databases.ts'
import type { Subject } from './subjects.ts'

/** An empty database for a subject: a file, a URL, or nothing for one that keeps all in memory. */
export async function emptyDatabase(
  { id, store }: Subject,
  folder: string,
  cluster: Cluster | undefined,
  suffix = '',
): Promise<string> {
  if (store === 'memory') return ''
  const name = `${id}${suffix}`
  if (store === 'SQLite') return join(folder, `${name}.db`)
  if (!cluster) throw new Error('no PostgreSQL was found on this machine')
  await once(cluster.url, `drop database if exists "${name}"`)
  await once(cluster.url, `create database "${name}"`)
  const url = new URL(cluster.url)
  url.pathname = `/${name}`
  return url.href
}

/** Bytes of a PostgreSQL database on disk. */
export async function databaseSize(url: string): Promise<number> {
  await once(url, 'checkpoint')
  const [row] = await once(url, 'select pg_database_size(current_database()) as size')
  return Number(row?.size)
}

/** Such as 17.10. */
export async function serverVersion(url: string): Promise<string | undefined> {
  const [row] = await once(url, 'show server_version')
  return row?.server_version?.split(' ')[0]
}

async function once(url: string, text: string): Promise<{ size?: string; server_version?: string }[]> {
  return within(url, async (client) => (await client.query(text)).rows)
}
