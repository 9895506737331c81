import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { add, type Client, remove, replace, valuesOf } from './client.ts'
import { firstPeople } from './fixture.ts'
import { contradictions, groupFacts, operationsOf } from './history.ts'
import { applyAll, type Command, command, Model, memberOperations, SEED, wireOperation } from './model.ts'
import { type Service, startService } from './service.ts'

let service: Service
beforeAll(async () => {
  service = await startService({ people: 4 })
})
afterAll(() => service[Symbol.asyncDispose]())

const UNKNOWN = 'grp_01J00000000000000000000000'

class Run {
  readonly #client: Client
  readonly model = new Model()
  readonly ids: string[] = []

  constructor(client: Client) {
    this.#client = client
  }

  async perform(sent: Command): Promise<void> {
    const { status, expected } = await this.#send(sent)
    expect(status).toBe(expected)
  }

  async #send(sent: Command): Promise<{ status: number; expected: number }> {
    const { model } = this
    const client = this.#client
    if (sent.kind === 'post') {
      const { displayName, people } = sent
      const body = { displayName, members: people.map((value) => ({ value })) }
      const reply = await client.send('POST', '/Groups', body)
      if (reply.status === 201) this.ids.push(reply.json().id)
      return { status: reply.status, expected: model.post(displayName, people) }
    }
    const id = this.ids[sent.group] ?? UNKNOWN
    switch (sent.kind) {
      case 'patch': {
        const { status } = await client.patch(id, ...sent.operations.map(wireOperation))
        return { status, expected: model.patch(sent.group, sent.operations) }
      }
      case 'put': {
        const { displayName, people } = sent
        const body = { displayName, ...(people && { members: people.map((value) => ({ value })) }) }
        const { status } = await client.send('PUT', `/Groups/${id}`, body)
        return { status, expected: model.put(sent.group, displayName, people) }
      }
      case 'delete':
        return { status: (await client.send('DELETE', `/Groups/${id}`)).status, expected: model.delete(sent.group) }
    }
  }

  async compare(database: string): Promise<void> {
    for (const [index, id] of this.ids.entries()) {
      const expected = this.model.groups[index]
      const reply = await this.#client.send('GET', `/Groups/${id}`)
      if (!expected) {
        expect(reply.status).toBe(404)
        continue
      }
      const group = reply.json()
      const { displayName, members, version } = expected
      expect({ displayName: group.displayName, members: valuesOf(group), version: group.meta.version }).toEqual({
        displayName,
        members,
        version: `W/"${version}"`,
      })
      expect(await groupFacts(database, id)).toMatchObject({ members, replayed: members, member_count: members.length })
    }
  }

  async clear(): Promise<void> {
    for (const id of this.ids) await this.#client.send('DELETE', `/Groups/${id}`)
  }
}

test('random requests one after the other agree with a naive model', async () => {
  const property = fc.asyncProperty(fc.array(command, { minLength: 4, maxLength: 20 }), async (commands) => {
    const run = new Run(service.client)
    try {
      for (const sent of commands) await run.perform(sent)
      await run.compare(service.database)
    } finally {
      await run.clear()
    }
  })
  await fc.assert(property, { seed: SEED, numRuns: 60 })
  expect(await contradictions(service.database)).toEqual([])
})

test('a PATCH leaves the same as a PUT of what its operations come to, and records the net difference', async () => {
  const { client, database } = service
  const delta = await client.createGroup('Delta')
  const full = await client.createGroup('Full')
  const property = fc.asyncProperty(memberOperations, async (list) => {
    const before = valuesOf(await client.read(delta.id))
    const after = applyAll({ displayName: '', members: before, version: 1 }, list).members
    expect((await client.patch(delta.id, ...list.map(wireOperation))).status).toBe(204)
    await client.put(full.id, 'Full', after)
    const [left, right] = [await groupFacts(database, delta.id), await groupFacts(database, full.id)]
    expect(left?.members).toEqual(after)
    // The same changes, version for version: nothing is recorded that cancels itself out.
    const { id: _, ...facts } = left ?? { id: '' }
    expect(right).toMatchObject(facts)
  })
  await fc.assert(property, { seed: SEED, numRuns: 100 })
})

test('each person of a change names the operation that moved it', async () => {
  const { client, database } = service
  const [a = '', b = '', c = '', d = ''] = firstPeople(4)
  const { id } = await client.createGroup('Operations', [a, b])
  await client.patch(id, { op: 'replace', path: 'displayName', value: 'Operations II' }, replace(b), add(c), add(d))
  await client.patch(id, remove(c), { op: 'remove', path: `members[value eq "${d}" and value pr]` })
  await client.put(id, 'Operations II', [a])
  expect(await operationsOf(database, id)).toEqual([
    [
      'members_added',
      [
        [a, null],
        [b, null],
      ],
    ],
    ['members_removed', [[a, 1]]],
    [
      'members_added',
      [
        [c, 2],
        [d, 3],
      ],
    ],
    [
      'members_removed',
      [
        [c, 0],
        [d, 1],
      ],
    ],
    ['members_removed', [[b, null]]],
    ['members_added', [[a, null]]],
  ])
})
