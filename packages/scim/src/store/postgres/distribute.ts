import pg from 'pg'
import { type Distribution, DistributionRefused } from '../distribution.ts'
import { type StoredTable, TABLES } from '../tables.ts'
import { readDistribution } from './distribution.ts'
import { isDatabaseError, unusableDatabase } from './fault.ts'
import { type Place, qualified } from './migrating.ts'
import { locationOf, openPostgres, type PostgresOptions } from './open.ts'

/** What was done to tables that were not distributed, in this order. */
export interface Distributed {
  readonly tables: readonly string[]
  readonly distribution: Distribution
}

/**
 * Distributes a store by workspace, as Citus does: each table in a transaction of its own, and with it the rows that it has.
 * What is distributed already stays as it is, so that it can be repeated: after a fault, and after a step with new tables.
 */
export async function distributePostgres(options: PostgresOptions): Promise<Distributed> {
  await (await openPostgres(options)).close()
  const url = options.database as string
  const place: Place = { schema: options.schema, prefix: options.prefix ?? 'scim_' }
  // Tables with many rows take as long as they take.
  const client = new pg.Client({
    connectionString: url,
    application_name: 'optimaite-scim distribute',
    statement_timeout: 0,
  })
  client.on('error', () => {})
  try {
    await client.connect().catch((error: unknown) => {
      throw isDatabaseError(error) ? unusableDatabase(locationOf(url), error) : error
    })
    return await distribute(client, place)
  } finally {
    await client.end().catch(() => {})
  }
}

async function distribute(client: pg.Client, place: Place): Promise<Distributed> {
  const before = await readDistribution(client, place)
  if (before === undefined) throw await refusal(client)
  const tables: string[] = []
  // Nobody migrates or distributes meanwhile.
  await client.query('select pg_advisory_lock(hashtext($1))', [`${qualified(place)}store`])
  const { layout, missing } = (await readDistribution(client, place)) ?? before
  for (const table of TABLES) {
    if (layout !== 'plain' && !missing.includes(table.name)) continue
    await client.query(callFor(table, place))
    tables.push(table.name)
  }
  return { tables, distribution: (await readDistribution(client, place)) ?? before }
}

/** Rows of a workspace are in one place, whatever table they are in, so that statements and foreign keys stay there. */
function callFor({ name, distribution }: StoredTable, place: Place): pg.QueryConfig {
  const table = `${qualified(place)}${name}`
  if (distribution === 'copies') return { text: 'select create_reference_table($1::regclass)', values: [table] }
  if (distribution === 'key')
    return { text: 'select create_distributed_table($1::regclass, $2)', values: [table, distribution] }
  return {
    text: 'select create_distributed_table($1::regclass, $2, colocate_with => $3)',
    values: [table, distribution, `${qualified(place)}workspaces`],
  }
}

async function refusal(client: pg.Client): Promise<DistributionRefused> {
  const { rowCount } = await client.query("select 1 from pg_available_extensions where name = 'citus'")
  if (rowCount === 0)
    return new DistributionRefused(
      'citus_missing',
      'The server has no Citus. ' +
        "Install it on every machine, set shared_preload_libraries = 'citus', restart PostgreSQL and create extension citus in the database.",
    )
  return new DistributionRefused(
    'citus_missing',
    'The database has no Citus, though the server does. Create it there, on every machine: create extension citus;',
  )
}
