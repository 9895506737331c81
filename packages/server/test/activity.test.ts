import { describe, expect, test } from 'vitest'
import { arrivals } from '../src/activity/arrivals.ts'
import { sentenceOf } from '../src/activity/sentence.ts'
import type { ListedEntry } from '../src/cli/library.ts'

const ENTRY: ListedEntry = {
  id: 'act_1',
  at: Date.UTC(2026, 0, 31, 12),
  count: 1,
  lastAt: Date.UTC(2026, 0, 31, 12),
  token: 'Entra',
  client: null,
  address: null,
  method: 'PATCH',
  route: '/Groups/{id}',
  status: 204,
  milliseconds: 3,
  problem: null,
  detail: null,
  fix: null,
  groupId: 'grp_1',
  personId: null,
  effect: null,
  lookup: null,
  rules: [],
  ignored: [],
}

async function told(entry: Partial<ListedEntry>): Promise<string> {
  return sentenceOf({ ...ENTRY, ...entry }, async (kind) => (kind === 'group' ? '"Engineering"' : 'ana@a.example'))
}

describe('an entry reads as a sentence', () => {
  test.each([
    [{ effect: { added: 2, removed: 1 } }, 'Entra: "Engineering": 2 members added, 1 member removed'],
    [{ effect: { renamed: ['Dev', 'Engineering'] as const } }, '"Engineering": renamed from "Dev" to "Engineering"'],
    [{ effect: { created: true } }, '"Engineering": created'],
    [{ effect: { deleted: true } }, '"Engineering": deleted'],
    [{ effect: {} }, '"Engineering": nothing to change'],
    [{ groupId: null, personId: 'usr_1', effect: { suspended: true } }, 'ana@a.example: suspended'],
    [{ groupId: null, personId: 'usr_1', effect: { suspended: false } }, 'ana@a.example: active again'],
    [{ groupId: null, lookup: { filter: 'userName eq "a"', found: 0 } }, 'looked up userName eq "a", found 0'],
    [{ token: null }, 'a token that is gone: read "Engineering"'],
    [{ count: 3 }, '(3 times, last 2026-01-31T12:00:00Z)'],
  ])('%j', async (entry, words) => {
    const text = await told(entry)
    expect(text).toContain(words)
    expect(text).toMatch(/^2026-01-31T12:00:00Z .*204.* PATCH {2}\/Groups\/\{id\} {2}.*\n$/)
  })

  test('and a failure says why, what to do, and by which reference it is found', async () => {
    const failure = {
      status: 409,
      problem: 'group_name_taken',
      detail: 'The name is taken.',
      fix: 'Rename one.',
    } as const
    const lines = (await told({ ...failure, ignored: ['nickName'] })).split('\n')
    expect(lines[0]).toContain('Entra could not change "Engineering": the group name is taken')
    expect(lines[1]).toBe('  The name is taken.')
    expect(lines[2]).toContain('Rename one.')
    expect(lines[3]).toBe('  Passed over: nickName')
    expect(lines[4]).toContain('act_1')
  })
})

describe('following', () => {
  function log(...stored: ListedEntry[]) {
    const read = async (after: string) =>
      stored
        .filter(({ id }) => id > after)
        .sort((left, right) => (left.id < right.id ? -1 : 1))
        .slice(0, 2)
    return { stored, read }
  }
  const entry = (number: number): ListedEntry => ({ ...ENTRY, id: `act_${number}`, at: ENTRY.at + number * 1_000 })
  const ids = (entries: readonly ListedEntry[]) => entries.map(({ id }) => id)

  test('shows each entry once, also one that is written after a later one', async () => {
    const { stored, read } = log(entry(10), entry(12))
    const next = arrivals(read, [...stored])
    expect(ids(await next())).toEqual([])
    stored.push(entry(13), entry(15), entry(16))
    expect(ids(await next())).toEqual(['act_13', 'act_15', 'act_16'])
    stored.push(entry(11), entry(14))
    expect(ids(await next())).toEqual(['act_11', 'act_14'])
    expect(ids(await next())).toEqual([])
  })

  test('forgets what nothing can come before any more, and asks no further back', async () => {
    const { stored, read } = log(entry(10))
    const asked: string[] = []
    const next = arrivals((after) => {
      asked.push(after)
      return read(after)
    }, [])
    await next()
    stored.push(entry(50), entry(90))
    expect(ids(await next())).toEqual(['act_50', 'act_90'])
    asked.length = 0
    expect(ids(await next())).toEqual([])
    expect(asked[0]).toBe('act_50')
  })

  test('of a workspace where nothing has happened yet begins with the first entry', async () => {
    const { stored, read } = log()
    const next = arrivals(read, [])
    expect(ids(await next())).toEqual([])
    stored.push(entry(10))
    expect(ids(await next())).toEqual(['act_10'])
  })
})
