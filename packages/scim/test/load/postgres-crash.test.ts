import { once } from 'node:events'
import { scheduler } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cluster, startCluster } from '../postgres/cluster.ts'
import { createDatabase } from '../postgres/databases.ts'
import { messageOf, run } from './child.ts'
import { Client } from './client.ts'
import { contradictions, groupFacts } from './history.ts'
import { until } from './pausing.ts'
import { startService } from './service.ts'
import { Told } from './told.ts'

const SERVER = new URL('postgres-server.ts', import.meta.url)
const CLIENTS = 16

let cluster: Cluster
beforeAll(async () => {
  cluster = await startCluster({ own: true, durable: true })
})
afterAll(() => cluster.stop())

const clients = (): Told[] => Array.from({ length: CLIENTS }, (_, number) => new Told(String(number)))
const acknowledged = (told: readonly Told[]): number => told.reduce((sum, one) => sum + one.acknowledged, 0)

async function expectTruth(database: string, group: string, told: readonly Told[]): Promise<void> {
  expect(await contradictions(database)).toEqual([])
  const facts = await groupFacts(database, group)
  expect(facts?.replayed).toEqual(facts?.members)
  const stored = new Set(facts?.members)
  for (const one of told) one.compare(stored)
}

test('the server crashes under load, and comes back: refused meanwhile, recovered by itself, nothing acknowledged is lost', async () => {
  const { url: database } = await createDatabase(cluster.url)
  await using service = await startService({ database })
  const { client } = service
  const group = (await client.createGroup('Under fire')).id
  const told = clients()
  let goesOn = true
  const working = Promise.all(told.map((one) => one.work(client, group, () => goesOn)))
  for (const mode of ['immediate', 'fast', 'immediate'] as const) {
    const before = acknowledged(told)
    await until(async () => acknowledged(told) > before + 40)
    await cluster.halt(mode)
    const outage = await client.patch(group, { op: 'replace', path: 'displayName', value: mode })
    expect(outage.status).toBe(503)
    expect((await client.send('GET', `/Groups/${group}`)).status).toBe(503)
    await cluster.resume()
  }
  const before = acknowledged(told)
  await until(async () => acknowledged(told) > before + 40)
  goesOn = false
  await working
  expect(told.some(({ uncertain }) => uncertain.size > 0)).toBe(true)
  await expectTruth(database, group, told)
})

test('the service is killed under load five times: every acknowledged write is there, and none half applied', async () => {
  const { url: database } = await createDatabase(cluster.url)
  const told = clients()
  let group = ''
  for (let round = 0; round < 5; round++) {
    const child = run(SERVER, database)
    const ended = once(child, 'exit')
    const { base, authorization } = await messageOf<{ base: string; authorization: string }>(child)
    const client = new Client(base, authorization.replace('Bearer ', ''))
    group ||= (await client.createGroup('Under fire')).id
    const before = acknowledged(told)
    const working = Promise.all(told.map((one) => one.work(client, group, () => true)))
    await until(async () => acknowledged(told) > before + 20 + 13 * round)
    child.kill('SIGKILL')
    await ended
    await working
    client.close()
    // The server ends the transactions of a client that is gone once it hears of it.
    await scheduler.wait(100)
    await expectTruth(database, group, told)
  }
})
