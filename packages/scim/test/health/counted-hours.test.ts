import { describe, expect, test } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../src/base/clock.ts'
import { type Count, CountedHours, SETTLED_AFTER } from '../../src/provisioning/health/countedHours.ts'

interface Entry {
  readonly workspace: number
  readonly at: number
  count: number
  readonly failed: boolean
}

const START = Date.UTC(2026, 0, 31, 12, 34, 56)

/** A log that remembers what was asked of it. */
function logOf() {
  const entries: Entry[] = []
  const asked: { workspaces: readonly number[]; from: number; until: number }[] = []
  const sumOf = (workspace: number, from: number, until: number) => {
    const among = entries.filter((one) => one.workspace === workspace && one.at >= from && one.at < until)
    const sum = (some: readonly Entry[]): number => some.reduce((total, { count }) => total + count, 0)
    return { requests: sum(among), failed: sum(among.filter(({ failed }) => failed)) }
  }
  const count: Count = async (workspaces, from, until) => {
    asked.push({ workspaces, from, until })
    const sums = workspaces.map((workspace) => [workspace, sumOf(workspace, from, until)] as const)
    return new Map(sums.filter(([, { requests }]) => requests > 0))
  }
  return { entries, asked, count, sumOf }
}

describe('the hours of a day', () => {
  test('add up to what is in the log, whatever comes, folds and is forgotten meanwhile', async () => {
    const { entries, count, sumOf } = logOf()
    const hours = new CountedHours(count, 2)
    let seed = 1
    const random = (below: number): number => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed % below
    }
    for (let now = START, step = 0; now < START + 3 * DAY; now += 1 + random(40 * MINUTE), step++) {
      for (let i = random(4); i > 0; i--) {
        const at = now - random(90_000)
        entries.push({ workspace: 1 + random(3), at, count: 1, failed: random(4) === 0 })
      }
      // Polls of an hour fold into its first.
      const folding = entries.find(({ at }) => at > now - HOUR)
      if (folding) folding.count++
      const workspaces = [1, 2, 3].filter(() => random(3) > 0)
      const found = await hours.of(workspaces, now - DAY, now)
      const wanted = workspaces.map((one) => [one, sumOf(one, now - DAY, Number.POSITIVE_INFINITY)])
      expect([...found], `step ${step}`).toEqual(wanted)
      expect(hours.size).toBeLessThanOrEqual(2)
    }
  })

  test('are counted once, but those that are still added to', async () => {
    const { asked, count } = logOf()
    const hours = new CountedHours(count)
    await hours.of([1, 2], START - DAY, START)
    expect(asked.length).toBeGreaterThan(20)
    asked.length = 0
    await hours.of([1, 2], START - DAY + 1, START + 1)
    expect(asked).toEqual([
      { workspaces: [1, 2], from: START - DAY + 1, until: Date.UTC(2026, 0, 30, 13) },
      { workspaces: [1, 2], from: Date.UTC(2026, 0, 31, 10), until: Number.POSITIVE_INFINITY },
    ])
    expect(Date.UTC(2026, 0, 31, 10)).toBeLessThanOrEqual(START - SETTLED_AFTER)
    asked.length = 0
    // Of a workspace that is new, and of the hour that has settled since.
    await hours.of([1, 3], START - DAY + HOUR, START + HOUR)
    const whole = asked.filter(({ from, until }) => until - from === HOUR)
    expect(whole.map(({ workspaces }) => workspaces)).toEqual([...Array(20).fill([3]), [1, 3]])
  })
})
