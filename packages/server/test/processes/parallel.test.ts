import { beforeEach, expect, test } from 'vitest'
import { Consumer, effectivePairs } from '../../../scim/test/host/consumer.ts'
import { add, Client, type Reply, remove, valuesOf } from '../../../scim/test/load/client.ts'
import { freshFolder } from '../support/cli.ts'
import { emptyDatabase } from '../support/postgres.ts'
import { hostOn, type Line, serveOn, workspaceIn } from '../support/processes.ts'

const CLIENTS = 64
const ROUNDS = 4
let cwd: string

beforeEach(async () => {
  cwd = await freshFolder()
})

const person = (number: number): string => `usr_p${String(number).padStart(3, '0')}`
const account = (number: number, name = 'Person') => ({
  id: person(number),
  userName: `p${number}@a.example`,
  displayName: `${name} ${number}`,
})
const numbers = (count: number): number[] => Array.from({ length: count }, (_, number) => number)

/** Each is another client, which goes on when it has its answer. */
async function everyClient(work: (number: number) => Promise<void>): Promise<void> {
  await Promise.all(numbers(CLIENTS).map(work))
}

function expectDone({ status, text }: Reply): void {
  expect(status, text).toBe(204)
}

/** Processes that changed a group. */
function workersOf(lines: readonly Line[]): Set<unknown> {
  return new Set(lines.filter(({ method }) => method === 'PATCH').map(({ worker }) => worker))
}

test('64 clients change one group by four processes: none lost, none refused, and two readers of the feed see the same', async () => {
  const { url } = await emptyDatabase()
  const service = await serveOn(url, cwd, '--processes', '4')
  const [scim, other] = [await hostOn(url), await hostOn(url)]
  const token = await workspaceIn(scim, 'acme')
  await scim.people.upsert(
    'acme',
    numbers(CLIENTS * ROUNDS).map((number) => account(number)),
  )
  const client = new Client(service.baseUrl, token, CLIENTS)
  const { id } = await client.createGroup('One')
  const consumers = [new Consumer(scim, 'acme'), new Consumer(other, 'acme')]
  let isDone = false
  const following = consumers.map(async (consumer) => {
    do await consumer.follow(50)
    while (!isDone)
  })
  const versions = new Set<unknown>()
  const clients = everyClient(async (number) => {
    for (const round of numbers(ROUNDS)) {
      const reply = await client.patch(id, add(person(number * ROUNDS + round)))
      expectDone(reply)
      versions.add(reply.headers.etag)
    }
  })
  await Promise.all([clients.finally(() => (isDone = true)), ...following])
  const group = await client.read(id)
  expect(valuesOf(group)).toEqual(numbers(CLIENTS * ROUNDS).map(person))
  expect(group.meta.version).toBe(`W/"${1 + CLIENTS * ROUNDS}"`)
  expect(versions.size).toBe(CLIENTS * ROUNDS)
  const pairs = await effectivePairs(scim, 'acme', 100)
  for (const consumer of consumers) {
    await consumer.follow()
    expect([...consumer.pairs].sort()).toEqual(pairs.sort())
  }
  client.close()
  expect(workersOf(await service.stop()).size).toBe(4)
})

test('64 clients add and remove in several groups while the host stores people: as if one after the other', async () => {
  const { url } = await emptyDatabase()
  const service = await serveOn(url, cwd, '--processes', '4')
  const scim = await hostOn(url)
  const token = await workspaceIn(scim, 'acme')
  // Each client has two people of its own; of every other client the host does not know them yet.
  const all = numbers(2 * CLIENTS)
  await scim.people.upsert(
    'acme',
    all.filter((number) => number % 4 < 2).map((number) => account(number)),
  )
  const client = new Client(service.baseUrl, token, CLIENTS)
  const groups = await Promise.all(numbers(6).map((number) => client.createGroup(`Group ${number}`)))
  const model = new Map(groups.map(({ id }) => [id, new Set<string>()]))
  const consumer = new Consumer(scim, 'acme')
  let isDone = false
  const host = (async () => {
    for (let round = 0; !isDone; round++) {
      const people = all.map((number) => account(number, `Round ${round}`))
      if (round % 2 === 1) people.reverse()
      await scim.people.upsert('acme', people)
      await consumer.follow(50)
    }
  })()
  const clients = everyClient(async (number) => {
    const mine = [person(2 * number), person(2 * number + 1)]
    for (const step of numbers(6)) {
      const { id } = groups[(number * 5 + step * step) % groups.length] ?? { id: '' }
      const members = model.get(id) as Set<string>
      const chosen = step % 3 === 0 ? mine : [mine[step % 2] ?? '']
      const isRemoved = step % 4 === 3
      expectDone(await client.patch(id, isRemoved ? remove(...chosen) : add(...chosen)))
      for (const one of chosen) isRemoved ? members.delete(one) : members.add(one)
    }
  })
  await Promise.all([clients.finally(() => (isDone = true)), host])
  for (const [id, members] of model) expect(valuesOf(await client.read(id))).toEqual([...members].sort())
  await consumer.follow()
  const wanted = [...model].flatMap(([id, members]) => [...members].map((one) => `${id} ${one}`))
  expect((await effectivePairs(scim, 'acme', 100)).sort()).toEqual(wanted.sort())
  expect([...consumer.pairs].sort()).toEqual(wanted)
  client.close()
  const lines = await service.stop()
  expect(lines.filter(({ status }) => Number(status) >= 500)).toEqual([])
  expect(workersOf(lines).size).toBe(4)
})
