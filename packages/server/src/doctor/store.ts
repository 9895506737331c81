import { type MigrationStatus, readMigrationStatus, StoreTooNew } from '@optimaite/scim'
import Database from 'better-sqlite3'
import { counted } from '../cli/format.ts'
import { PROGRAM } from '../cli/name.ts'
import { type DatabaseSettings, databaseLocation, databaseOptions, isPostgres } from '../database.ts'
import { type Finding, fine, wrong } from './finding.ts'

/** Which step the tables are at. */
export async function checkVersion(settings: DatabaseSettings, hint: string): Promise<Finding> {
  let status: MigrationStatus
  try {
    status = await readMigrationStatus(settings.database, databaseOptions(settings))
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    if (error instanceof StoreTooNew) return wrong('store', message, 'Start the newer version of this program.')
    return wrong('store', message, 'Restore it from a backup, or name another with --database URL.')
  }
  const { version, newest, pending } = status
  if (version === 0 && isPostgres(settings)) {
    const found = `There is nothing of this program in ${databaseLocation(settings)}.`
    return wrong(
      'store',
      found,
      `Start the service with "${PROGRAM} serve${hint}", or name another with --database URL.`,
    )
  }
  if (pending.length === 0) return fine('store', `The store is up to date, at step ${version} of ${newest}.`)
  const found = `The store is at step ${version} of ${newest}: ${counted(pending.length, 'step')} to do.`
  return wrong('store', found, `Run "${PROGRAM} migrate${hint}", or start the service, which does it.`)
}

/** Whether every page, index and reference is as it should be. Reads all of the file. */
export function checkIntegrity(file: string): Finding {
  const fix = 'Stop the service, keep a copy of the file for analysis, and restore the latest backup.'
  let database: Database.Database | undefined
  try {
    database = new Database(file, { readonly: true, fileMustExist: true, timeout: 5_000 })
    const verdict = String(database.pragma('integrity_check(1)', { simple: true }))
    if (verdict !== 'ok') return wrong('integrity', `The store is damaged: ${verdict.split('\n').at(-1)}.`, fix)
    const dangling = database.pragma('foreign_key_check') as unknown[]
    if (dangling.length === 0) return fine('integrity', 'The store is whole.')
    return wrong('integrity', `The store is damaged: ${counted(dangling.length, 'row')} refer to what is gone.`, fix)
  } catch (error) {
    return wrong('integrity', `The store cannot be read: ${(error as Error).message}.`, fix)
  } finally {
    database?.close()
  }
}
