import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { add, remove } from './client.ts'
import { contradictions, groupFacts } from './history.ts'
import { until } from './pausing.ts'
import { people, personId, type Service, startService } from './service.ts'
import { withClient } from './truth.ts'

const PEOPLE = 1_600
const ids = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, number) => personId(from + number))

let one: Service
let other: Service
beforeAll(async () => {
  one = await startService({ people: PEOPLE })
  other = await startService({ database: one.database })
})
afterAll(async () => {
  await other[Symbol.asyncDispose]()
  await one[Symbol.asyncDispose]()
})

/** Whether the service, or whoever else, waits for a lock. */
const isWaiting = (): Promise<boolean> =>
  withClient(one.database, async (client) => {
    const { rowCount } = await client.query(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    return rowCount !== 0
  })

test('who holds a person wants the group, and who holds the group wants the person: the request is done again', async () => {
  const { client, database } = one
  const { id } = await client.createGroup('Opposite')
  const holder = new pg.Client(database)
  await holder.connect()
  // So that the service is the one to give way.
  await holder.query("set deadlock_timeout = '60s'")
  await holder.query('begin')
  await holder.query(`select 1 from scim_people where id = '${personId(0)}' for update`)
  const request = client.patch(id, add(personId(0)))
  await until(isWaiting)
  await holder.query(`select 1 from scim_groups where id = '${id}' for no key update`)
  await holder.query('commit')
  await holder.end()
  expect((await request).status).toBe(204)
  expect(one.store.counters.waits).toBeGreaterThan(0)
  expect(await groupFacts(database, id)).toMatchObject({ version: 2, members: [personId(0)] })
})

test('large PUTs, batches and people of two processes, in opposite orders: nobody hears of a deadlock', async () => {
  const { database } = one
  const services = [one, other]
  const groups = await Promise.all(
    Array.from({ length: 6 }, (_, number) => one.client.createGroup(`G${number}`, ids(number, number + 50))),
  )
  const requests: Promise<number>[] = []
  const status = async (reply: Promise<{ readonly status: number }>): Promise<number> => (await reply).status
  for (let round = 0; round < 20; round++) {
    for (const [side, { client, scim, workspace }] of services.entries()) {
      const order = side === 0 ? groups : groups.toReversed()
      const group = order[round % order.length] ?? { id: '' }
      if (round % 5 === 0) requests.push(status(client.put(group.id, `P${group.id}`, ids(round, round + 1_400))))
      for (const { id } of order)
        requests.push(status(client.patch(id, add(personId(round), `usr_s${round}`), remove(personId(round + 1)))))
      const some = people(40).slice(round, round + 20)
      const accounts = side === 0 ? some : some.toReversed()
      if (round % 3 === 0)
        requests.push(
          scim.people
            .upsert(
              workspace,
              accounts.map((row) => ({ ...row, displayName: `R${round}` })),
            )
            .then(() => 200),
        )
      if (round % 4 === 0) requests.push(status(client.send('DELETE', `/Users/${personId(round)}`)))
    }
  }
  const counts = new Set(await Promise.all(requests))
  expect([...counts].filter((code) => code >= 300)).toEqual([])
  for (const { id } of groups) {
    const facts = await groupFacts(database, id)
    expect(facts?.members).toEqual(facts?.replayed)
  }
  expect((await contradictions(database)).filter((found) => !found.startsWith('version'))).toEqual([])
})
