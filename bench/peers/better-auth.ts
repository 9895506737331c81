import { kyselyAdapter } from '@better-auth/kysely-adapter'
import { scim } from '@better-auth/scim'
import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { toNodeHandler } from 'better-auth/node'
import Database from 'better-sqlite3'
import { Kysely, PostgresDialect, SqliteDialect } from 'kysely'
import { Pool } from 'pg'
import { listen } from '../servers/answer.ts'

/**
 * better-auth with its SCIM plugin, as the plugin's page "System for Cross-domain Identity Management" sets it up: an
 * adapter with transactions, one connection with one bearer credential, tables made by its own migration.
 */
const [database = ''] = process.argv.slice(2)
const token = 'a-long-token-of-the-benchmark-0123456789'
const postgres = database.startsWith('postgres')
const dialect = postgres
  ? new PostgresDialect({ pool: new Pool({ connectionString: database }) })
  : new SqliteDialect({ database: durable(new Database(database)) })
const type = postgres ? 'postgres' : 'sqlite'
const db = new Kysely<Record<string, never>>({ dialect })

const options = {
  baseURL: 'http://127.0.0.1/api/auth',
  secret: 'a-secret-of-the-benchmark-0123456789',
  telemetry: { enabled: false },
  // On by default in production; nobody's is on here.
  rateLimit: { enabled: false },
  plugins: [
    scim({
      connections: [
        {
          id: 'workforce-bench',
          provisioningDomainId: 'workspace-bench',
          credentials: [{ type: 'bearer', id: 'workforce-primary', token }],
        },
      ],
    }),
  ],
} as const

const { runMigrations } = await getMigrations({ ...options, database: { db, type } } as never)
await runMigrations()
const auth = betterAuth({ ...options, database: kyselyAdapter(db as never, { type, transaction: true }) } as never)
listen(toNodeHandler(auth), { base: '/api/auth/scim/v2', token })

/** The settings that the service uses: an answered write is on disk. */
function durable(file: InstanceType<typeof Database>): InstanceType<typeof Database> {
  file.pragma('journal_mode = WAL')
  file.pragma('synchronous = FULL')
  return file
}
