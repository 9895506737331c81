import { scheduler } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Consumer, effectivePairs } from '../host/consumer.ts'
import type { Client } from '../people/support.ts'
import { type Action, ON_GROUP, ON_GROUPS, ON_PEOPLE, populate, type World } from './actions.ts'
import { contradictions } from './history.ts'
import { until } from './pausing.ts'
import { openTwo, type TwoProcesses } from './twoProcesses.ts'

/*
 * Two processes, as far as the database can tell. One is stopped after each statement of its transaction in turn, the other
 * does what it has to do meanwhile, until it is done or waits for the first. Whatever comes of it has to be what comes of
 * one after the other, in one of the two orders.
 */

let two: TwoProcesses
let watcher: pg.Client
let workspaces = 0

beforeAll(async () => {
  two = await openTwo()
  watcher = new pg.Client(two.database)
  await watcher.connect()
  // Deadlocks are met here on purpose, and are not to take a second each. Only a superuser may say so.
  const { rows } = await watcher.query('select current_database() as name')
  await watcher.query(`alter database "${rows[0]?.name}" set deadlock_timeout = '20ms'`).catch(() => {})
})
afterAll(async () => {
  await watcher.end()
  await two.close()
})

interface Pair {
  readonly first: Client
  readonly second: Client
  readonly world: World
}

/** A new workspace, as each of the processes sees it. */
async function workspace(): Promise<Pair> {
  const pair = await two.workspace(`w${workspaces++}`)
  return { ...pair, world: await populate(pair.second) }
}

/** What is left: the members of each group with their states, and versions. */
async function outcome({ second }: Pair, { g, h, pen }: World): Promise<unknown> {
  const groups: unknown[] = []
  for (const id of [g, h]) {
    const { status, headers } = await second.get(`/Groups/${id}`)
    if (status !== 200) {
      groups.push(status)
      continue
    }
    const states = Object.entries(await second.states(id)).map(([member, state]) => [
      member === pen ? 'pen' : member,
      state,
    ])
    groups.push([headers.get('etag'), Object.fromEntries(states.sort())])
  }
  return groups
}

/** One after the other. */
async function serially(pair: Pair, actions: readonly Action[]): Promise<unknown[]> {
  const answers: unknown[] = []
  for (const action of actions) answers.push(await action(pair.second, pair.world))
  return answers
}

async function isWaiting(): Promise<boolean> {
  const { rows } = await watcher.query(
    `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' limit 1`,
  )
  return rows.length > 0
}

async function meet(held: Action, meanwhile: Action): Promise<number> {
  const forth = await workspace()
  const [heldFirst, thenMeanwhile] = await serially(forth, [held, meanwhile])
  const back = await workspace()
  const [meanwhileFirst, thenHeld] = await serially(back, [meanwhile, held])
  const allowed = [
    [heldFirst, thenMeanwhile, await outcome(forth, forth.world)],
    [thenHeld, meanwhileFirst, await outcome(back, back.world)],
  ]
  for (let after = 1; ; after++) {
    const pair = await workspace()
    const consumer = new Consumer(two.other, pair.second.workspace)
    await consumer.follow()
    two.pausing.arm(after)
    let isOver = false
    const holding = held(pair.first, pair.world).finally(() => (isOver = true))
    await Promise.race([two.pausing.reached, holding])
    if (isOver) return after
    let isDone = false
    const doing = meanwhile(pair.second, pair.world).finally(() => (isDone = true))
    await until(async () => isDone || (await isWaiting()))
    // A reader has to wait where a transaction about people holds the workspace.
    const reading = consumer.follow()
    await Promise.race([reading, scheduler.wait(20)])
    two.pausing.go()
    const answers = [await holding, await doing]
    await reading
    const found = [...answers, await outcome(pair, pair.world)]
    expect(
      allowed.map((serial) => JSON.stringify(serial)),
      `stopped after statement ${after}`,
    ).toContain(JSON.stringify(found))
    await consumer.follow()
    expect([...consumer.pairs].sort()).toEqual(await effectivePairs(two.other, pair.second.workspace))
  }
}

const PAIRS = [
  ...Object.keys(ON_GROUPS).map((name) => [name, ON_GROUPS, ON_PEOPLE] as const),
  ...Object.keys(ON_PEOPLE).map((name) => [name, ON_PEOPLE, ON_GROUPS] as const),
  ...Object.keys(ON_GROUP).map((name) => [name, ON_GROUP, ON_GROUP] as const),
]

describe.each(PAIRS)('while a transaction is held: %s', (name, own, others) => {
  test.each(Object.keys(others))('%s', async (meanwhile) => {
    expect(await meet(own[name] as Action, others[meanwhile] as Action)).toBeGreaterThan(2)
  })
})

test('all of that left nothing that contradicts itself', async () => {
  expect(workspaces).toBeGreaterThan(0)
  expect(await contradictions(two.database, { claims: true })).toEqual([])
})
