import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Consumer, effectivePairs, told } from '../host/consumer.ts'
import type { Client } from '../people/support.ts'
import { type Action, ON_GROUPS, ON_PEOPLE, populate, type World } from './actions.ts'
import { contradictions } from './history.ts'
import { rowsOf } from './truth.ts'
import { openTwo, type TwoProcesses } from './twoProcesses.ts'

let two: TwoProcesses
beforeAll(async () => {
  two = await openTwo()
})
afterAll(() => two.close())

/** Places in the feed that are given twice, or not at all. */
const misplaced = () =>
  rowsOf(
    two.database,
    `select workspace_id, position, count(*) as count from scim_changes
    group by workspace_id, position having count(*) > 1 or position is null`,
  )

test('a transaction is held open while later ones commit: a reader misses nothing and repeats nothing', async () => {
  const { first, second } = await two.workspace('held')
  const group = await second.group('Crew', 'usr_bob')
  const others = await second.group('Others')
  await second.upsert(...['ana', 'bo', 'cy'].map((name) => ({ id: `usr_${name}`, userName: name })))
  const consumer = new Consumer(two.other, 'held')
  await consumer.follow()
  two.pausing.arm(5)
  const held = first.addMembers(group, 'usr_ana')
  await two.pausing.reached
  await second.addMembers(others, 'usr_bo')
  const seen = await consumer.follow()
  expect(told(seen)).toEqual(['members_added Others +usr_bo'])
  await second.addMembers(others, 'usr_cy')
  two.pausing.go()
  expect((await held).status).toBe(204)
  seen.push(...(await consumer.follow()))
  expect(told(seen).sort()).toEqual([
    'members_added Crew +usr_ana',
    'members_added Others +usr_bo',
    'members_added Others +usr_cy',
  ])
  expect([...consumer.pairs].sort()).toEqual(await effectivePairs(two.other, 'held'))
  expect(await misplaced()).toEqual([])
})

test('many readers of both processes number at once: each change has one place, the same for all', async () => {
  const { first, second } = await two.workspace('readers')
  const group = await second.group('Crew')
  const consumers = Array.from({ length: 8 }, (_, number) => new Consumer(number % 2 ? two.one : two.other, 'readers'))
  const seen: string[][] = consumers.map(() => [])
  const read = async (): Promise<void> => {
    await Promise.all(
      consumers.map(async (consumer, number) => {
        for (const { id } of await consumer.follow((number % 3) + 1)) seen[number]?.push(id)
      }),
    )
  }
  for (let round = 0; round < 5; round++) {
    const writing = Array.from({ length: 10 }, (_, number) =>
      (number % 2 ? first : second).addMembers(group, `usr_r${round}x${number}`),
    )
    await Promise.all([read(), ...writing])
  }
  await read()
  for (const ids of seen) expect(ids).toEqual(seen[0])
  expect(new Set(seen[0]).size).toBe(1 + 50)
  expect(await misplaced()).toEqual([])
})

const ACTIONS: Readonly<Record<string, Action>> = { ...ON_GROUPS, ...ON_PEOPLE }
const actions = fc.array(fc.constantFrom(...Object.keys(ACTIONS)), { minLength: 3, maxLength: 10 })

/** One seed that is the same everywhere, and one that is new each time, shown in the test's name. */
const SEEDS = [
  { seed: Number(process.env.FC_SEED ?? 20260131), numRuns: 15 },
  { seed: Math.trunc(Math.random() * 0x7fff_ffff), numRuns: 10 },
]

async function perform(client: Client, world: World, names: readonly string[]): Promise<void> {
  for (const name of names) await ACTIONS[name]?.(client, world)
}

test.for(SEEDS)(
  'two processes write at random, and whoever follows the feed and stops anywhere is exact (seed $seed)',
  async (run) => {
    let runs = 0
    const property = fc.asyncProperty(actions, actions, fc.integer({ min: 1, max: 3 }), async (forth, back, limit) => {
      const name = `r${run.seed}x${runs++}`
      const { first, second } = await two.workspace(name)
      const world = await populate(second)
      const consumer = new Consumer(two.other, name)
      const stopped: Consumer[] = []
      let isOver = false
      const reading = (async () => {
        while (!isOver) {
          await consumer.page(limit)
          stopped.push(consumer.resume())
        }
      })()
      await Promise.all([perform(first, world, forth), perform(second, world, back)])
      isOver = true
      await reading
      const effective = await effectivePairs(two.one, name)
      for (const resumed of [consumer, ...stopped.slice(-10)]) {
        await resumed.follow()
        expect([...resumed.pairs].sort()).toEqual(effective)
      }
    })
    await fc.assert(property, { ...run, endOnFailure: true })
    expect(await contradictions(two.database, { claims: true })).toEqual([])
  },
)
