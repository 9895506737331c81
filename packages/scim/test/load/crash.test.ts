import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { messageOf, run } from './child.ts'
import { add, Client, remove } from './client.ts'
import { expectSame } from './expectSame.ts'
import { firstPeople, groupOfSize, nameOfSize, prepareStore } from './fixture.ts'
import { contradictions, groupFacts } from './history.ts'
import { personId, startService, temporaryFolder } from './service.ts'

const SERVER = new URL('crash-server.ts', import.meta.url)
const CLIENTS = 16

interface Running {
  readonly child: ChildProcess
  readonly client: Client
  /** When the process has ended. */
  readonly ended: Promise<unknown>
}

async function start(file: string, ...kill: string[]): Promise<Running> {
  const child = run(SERVER, file, ...kill)
  const ended = once(child, 'exit')
  const { base, authorization } = await messageOf<{ base: string; authorization: string }>(child)
  return { child, client: new Client(base, authorization.replace('Bearer ', '')), ended }
}

async function kill({ child, client, ended }: Running): Promise<void> {
  child.kill('SIGKILL')
  await ended
  client.close()
}

/** What a client has been told of its own people in a group, and what it asked for last and was told nothing of. */
interface Told {
  readonly members: Set<string>
  asked: { readonly person: string; readonly adds: boolean } | undefined
}

/** Adds people of its own to the group and takes every third out again, until the connection is gone. */
async function work(client: Client, group: string, number: number, told: Told, answered: () => void): Promise<void> {
  for (let step = 0; ; step++) {
    const adds = step % 3 !== 2
    const person = adds ? `usr_c${number}x${step}x${told.members.size}` : [...told.members][0]
    if (person === undefined) continue
    told.asked = { person, adds }
    try {
      const { status } = await client.patch(group, adds ? add(person) : remove(person))
      expect(status).toBe(204)
    } catch (error) {
      if (error instanceof Error && 'code' in error) return
      throw error
    }
    if (adds) told.members.add(person)
    else told.members.delete(person)
    told.asked = undefined
    answered()
  }
}

test('killed under load ten times: every acknowledged write is there, and none half applied', async () => {
  using folder = temporaryFolder()
  const file = join(folder.path, 'data', 'scim.db')
  const told = Array.from({ length: CLIENTS }, (): Told => ({ members: new Set(), asked: undefined }))
  let group = ''
  for (let round = 0; round < 10; round++) {
    const running = await start(file)
    group ||= (await running.client.createGroup('Under fire')).id
    let answers = 0
    const enough = new Promise<void>((resolve) => {
      const answered = (): void => {
        answers += 1
        if (answers === 20 + 13 * round) resolve()
      }
      for (const [number, mine] of told.entries()) void work(running.client, group, number, mine, answered)
    })
    await Promise.race([enough, running.ended])
    expect(running.child.exitCode).toBeNull()
    await kill(running)
    expect(await contradictions(`sqlite:${file}`)).toEqual([])
    const facts = await groupFacts(`sqlite:${file}`, group)
    const stored = new Set(facts?.members)
    expect(facts?.replayed).toEqual(facts?.members)
    for (const { members, asked } of told) {
      if (asked && stored.has(asked.person)) members.add(asked.person)
      else if (asked) members.delete(asked.person)
    }
    expect(told.flatMap(({ members }) => [...members]).sort()).toEqual(facts?.members)
  }
  expect((await groupFacts(`sqlite:${file}`, group))?.version).toBeGreaterThan(500)
})

let prepared: ReturnType<typeof temporaryFolder>
beforeAll(async () => {
  prepared = temporaryFolder()
  await prepareStore(`sqlite:${join(prepared.path, 'prepared.db')}`)
})
afterAll(() => prepared[Symbol.dispose]())

const SIZE = 10_001
const KILLS: [when: string, pattern: string, count: number][] = [
  ['in the middle of removing', 'delete from scim_memberships', 3],
  ['in the middle of the history', 'insert into scim_change_people', 2],
  // The first commit is that of the token.
  ['before the commit', '^commit$', 2],
]

test.each(KILLS)('killed %s of a large PUT: nothing of it is there', async (_, pattern, count) => {
  using folder = temporaryFolder()
  const file = join(folder.path, 'scim.db')
  cpSync(join(prepared.path, 'prepared.db'), file)
  const running = await start(file, pattern, String(count))
  const wanted = Array.from({ length: SIZE }, (__, number) => personId(number + SIZE / 2 + 0.5))
  await expect(running.client.put(groupOfSize(SIZE), 'New name', wanted)).rejects.toMatchObject({ code: 'ECONNRESET' })
  expect((await running.ended) as unknown[]).toEqual([null, 'SIGKILL'])
  running.client.close()
  expect(await contradictions(`sqlite:${file}`)).toEqual([])
  const facts = await groupFacts(`sqlite:${file}`, groupOfSize(SIZE))
  expect(facts).toMatchObject({ version: 1, requests: 0 })
  expectSame(facts?.members, firstPeople(SIZE))
  await using service = await startService({ database: `sqlite:${file}` })
  const group = await service.client.read(groupOfSize(SIZE))
  expect(group.displayName).toBe(nameOfSize(SIZE))
  expect(group.members).toHaveLength(SIZE)
  expect((await service.client.put(groupOfSize(SIZE), 'New name', wanted)).status).toBe(200)
  expectSame((await groupFacts(`sqlite:${file}`, groupOfSize(SIZE)))?.members, wanted.sort())
})
