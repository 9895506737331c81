import { inject } from 'vitest'
import { askBroker, type SharedCluster } from './broker.ts'
import { createDatabase, type Database, templateDatabase } from './databases.ts'
import './globalSetup.ts'

let cluster: Promise<SharedCluster> | undefined

/** The run's cluster. Fails, and never skips, where there is no PostgreSQL. */
export function sharedCluster(): Promise<SharedCluster> {
  cluster ??= askBroker(inject('postgres'))
  return cluster
}

let template: Promise<string> | undefined

/** A database of its own for a test's store: a copy of the run's template, which `fill` makes once. */
export async function testDatabase(fill: (url: string) => Promise<void>): Promise<Database> {
  const { url, run } = await sharedCluster()
  template ??= templateDatabase(url, run, fill)
  return createDatabase(url, { template: await template })
}
