import { postgresOptions, sqliteOptions, withDriver } from '../names.ts'
import { isPostgres } from '../open.ts'
import type { Source, StorePlace, Target } from './ends.ts'
import { openSqliteSource, openSqliteTarget } from './sqlite.ts'

export async function openSource(place: StorePlace): Promise<Source> {
  if (!isPostgres(place.database)) return openSqliteSource(sqliteOptions(place.database, place))
  const { openPostgresSource } = await withDriver(() => import('./postgres.ts'))
  return openPostgresSource(place.database, postgresOptions(place))
}

export async function openTarget(place: StorePlace): Promise<Target> {
  if (!isPostgres(place.database)) return openSqliteTarget(sqliteOptions(place.database, place))
  const { openPostgresTarget } = await withDriver(() => import('./postgres.ts'))
  return openPostgresTarget(place.database, postgresOptions(place))
}
