import { expect, test } from 'vitest'
import { Census } from '../../src/provisioning/health/census.ts'
import type { HealthState } from '../../src/provisioning/health/judge.ts'
import type { WorkspaceRow } from '../../src/store/workspaces.ts'

const row = (key: number) => ({ key, slug: `w${key}` }) as WorkspaceRow

/** Of five workspaces, two at a time; judging two takes so many milliseconds. */
function census(took: number) {
  const asked: number[][] = []
  const clock = { now: 1_000 }
  const all = [1, 2, 3, 4, 5].map(row)
  const judge = async (some: readonly WorkspaceRow[]): Promise<HealthState[]> => {
    asked.push(some.map(({ key }) => key))
    clock.now += took
    return some.map(({ key }) => (key === 4 ? 'failing' : 'healthy'))
  }
  return { asked, clock, taken: new Census({ all: async () => all, judge, clock: () => clock.now, piece: 2 }) }
}

test('all are judged, in pieces', async () => {
  const { taken, asked } = census(1)
  const judged = await taken.take()
  expect(judged.map(({ workspace, state }) => [workspace.slug, state])).toEqual([
    ...[
      ['w1', 'healthy'],
      ['w2', 'healthy'],
      ['w3', 'healthy'],
    ],
    ...[
      ['w4', 'failing'],
      ['w5', 'healthy'],
    ],
  ])
  expect(asked).toEqual([[1, 2], [3, 4], [5]])
})

test('what is short is done anew each time', async () => {
  const { taken, asked } = census(16)
  await taken.take()
  await taken.take()
  expect(asked).toHaveLength(6)
})

test('what is long is kept for twenty times what it took', async () => {
  const { taken, asked, clock } = census(100)
  await taken.take()
  clock.now += 5_999
  await taken.take()
  expect(asked).toHaveLength(3)
  clock.now += 1
  await taken.take()
  expect(asked).toHaveLength(6)
})

test('callers at the same time share one; after a fault it is tried again', async () => {
  const { taken, asked } = census(1)
  const [one, other] = await Promise.all([taken.take(), taken.take()])
  expect(one).toBe(other)
  expect(asked).toHaveLength(3)
  let faults = 1
  const faulty = new Census({
    all: async () => [row(1)],
    judge: async () => {
      if (faults-- > 0) throw new Error('the store is away')
      return ['off']
    },
  })
  await expect(faulty.take()).rejects.toThrow('away')
  expect(await faulty.take()).toMatchObject([{ state: 'off' }])
})
