import type { ClientBase, Pool } from 'pg'
import type { Distribution } from '../distribution.ts'
import { TABLES } from '../tables.ts'
import { type Place, qualified } from './migrating.ts'

/** What is distributed already; nothing where there is no Citus. */
export async function readDistribution(client: Pool | ClientBase, place: Place): Promise<Distribution | undefined> {
  const { rows: present } = await client.query<{ found: string | null }>(
    `select to_regclass('citus_tables')::text as found`,
  )
  if (present[0]?.found == null) return undefined
  const before = qualified(place)
  const { rows } = await client.query<{ name: string }>(
    `select t.name from unnest($1::text[]) as t(name)
      where exists (select 1 from citus_tables c where c.table_name = to_regclass($2 || t.name)
        and c.citus_table_type in ('distributed', 'reference'))`,
    [TABLES.map(({ name }) => name), before],
  )
  const found = new Set(rows.map(({ name }) => name))
  if (found.size === 0) return { layout: 'plain', missing: [] }
  const missing = TABLES.map(({ name }) => name).filter((name) => !found.has(name))
  return { layout: missing.length === 0 ? 'distributed' : 'partial', missing }
}

export const PLAIN: Distribution = { layout: 'plain', missing: [] }
