import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Model, type Row } from './model.ts'
import { addWorkspace, type Client, danglingRows, openService, wrongCounts } from './support.ts'

const GROUPS = ['Red', 'Blue']
/** Few of each, so that they meet; some names are addresses, and one is another in capitals. */
const NAMES = ['ana', 'ANA', 'bo@x.example', 'cy@x.example', 'di']
const ADDRESSES = ['ana', 'Bo@X.example', 'cy@x.example']
const IDS = ['usr_a', 'usr_b', 'usr_c', 'usr_d']

/** An id of the host's, or the n-th of those that the service has given. */
type Reference = string | number

type Operation =
  | { readonly kind: 'upsert'; readonly rows: readonly (Omit<Row, 'id'> & { readonly id: Reference | undefined })[] }
  | { readonly kind: 'remove'; readonly ids: readonly Reference[] }
  | { readonly kind: 'post'; readonly userName: string }
  | {
      readonly kind: 'put'
      readonly id: Reference
      readonly userName: string | undefined
      readonly active: boolean | undefined
    }
  | { readonly kind: 'delete'; readonly id: Reference }
  | {
      readonly kind: 'members'
      readonly group: string
      readonly op: 'add' | 'remove' | 'replace'
      readonly ids: readonly Reference[]
    }

const name = fc.constantFrom(...NAMES)
const reference: fc.Arbitrary<Reference> = fc.oneof(fc.constantFrom(...IDS), fc.nat({ max: 5 }))
const references = fc.uniqueArray(reference, { minLength: 1, maxLength: 3 })
const verified = fc.uniqueArray(fc.constantFrom(...ADDRESSES), { maxLength: 2 })
const id = fc.oneof({ arbitrary: fc.constant(undefined), weight: 1 }, { arbitrary: reference, weight: 3 })
const row = fc.record({ id, userName: name, verified })

const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('upsert'), rows: fc.array(row, { minLength: 1, maxLength: 3 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove'), ids: references }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('post'), userName: name }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('put'),
      id: reference,
      userName: fc.option(name, { nil: undefined }),
      active: fc.option(fc.boolean(), { nil: undefined }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete'), id: reference }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('members'),
      group: fc.constantFrom(...GROUPS),
      op: fc.constantFrom('add', 'remove', 'replace'),
      ids: references,
    }),
  },
)

/** The service and the model side by side; both are told the same. */
class Run {
  readonly client: Client
  readonly model = new Model()
  readonly groups = new Map<string, string>()
  readonly given: string[] = []

  constructor(client: Client) {
    this.client = client
  }

  async start(): Promise<void> {
    for (const group of GROUPS) {
      this.groups.set(group, await this.client.group(group))
      this.model.groups.set(group, new Set())
    }
  }

  async perform(operation: Operation): Promise<void> {
    switch (operation.kind) {
      case 'upsert':
        return this.#upsert(operation.rows.map((each) => ({ ...each, id: this.#id(each.id) })))
      case 'remove': {
        const ids = operation.ids.map((each) => this.#id(each))
        await this.client.remove(...ids)
        return this.model.remove(ids)
      }
      case 'post': {
        const { status, body } = await this.client.post('/Users', { userName: operation.userName })
        if (status === 201) this.given.push(body.id)
        return expect(status).toBe(this.model.post(operation.userName, body.id))
      }
      case 'put': {
        const { userName, active } = operation
        const { status } = await this.client.put(`/Users/${this.#id(operation.id)}`, { userName, active })
        return expect(status).toBe(this.model.put(this.#id(operation.id), { userName, active }))
      }
      case 'delete': {
        const { status } = await this.client.delete(`/Users/${this.#id(operation.id)}`)
        return expect(status).toBe(this.model.delete(this.#id(operation.id)))
      }
      case 'members':
        return this.#changeMembers(
          operation.group,
          operation.op,
          operation.ids.map((each) => this.#id(each)),
        )
    }
  }

  async #upsert(rows: readonly (Omit<Row, 'id'> & { id: string | undefined })[]): Promise<void> {
    const people = rows.map(({ id: given, userName, verified: addresses }) => ({
      ...(given === undefined ? {} : { id: given }),
      userName,
      verified: addresses,
    }))
    const apply = this.model.upsert(people)
    const emails = (addresses: readonly string[]) => addresses.map((value) => ({ value, verified: true }))
    const sent = people.map(({ verified: addresses, ...rest }) => ({ ...rest, emails: emails(addresses) }))
    const ids = await this.client.upsert(...sent).catch((error: Error) => error.name)
    if (typeof ids === 'string') {
      expect([ids, apply]).toEqual(['RowsRefused', undefined])
      return
    }
    expect(apply).toBeDefined()
    apply?.(ids)
    for (const each of ids) if (!IDS.includes(each) && !this.given.includes(each)) this.given.push(each)
  }

  async #changeMembers(group: string, op: 'add' | 'remove' | 'replace', ids: readonly string[]): Promise<void> {
    const value = ids.map((member) => ({ value: member }))
    const { status } = await this.client.patch(`/Groups/${this.groups.get(group)}`, [{ op, path: 'members', value }])
    expect(status).toBe(204)
    this.model.changeMembers(group, op, ids)
  }

  async compare(): Promise<void> {
    const { body } = await this.client.get('/Users')
    const users = body.Resources.map(({ id: userId, userName, active }) => ({ id: userId, userName, active }))
    expect(byId(users)).toEqual(byId(this.model.users()))
    for (const [group, groupId] of this.groups) {
      expect(await this.client.states(groupId)).toEqual(this.model.states(group))
      const members = (await this.client.get(`/Groups/${groupId}`)).body.members.map(({ value }) => value)
      expect(members.sort()).toEqual(Object.keys(this.model.states(group)).sort())
    }
    for (const userName of NAMES)
      expect(await this.client.find(`userName eq "${userName}"`)).toEqual(this.model.finds(userName))
  }

  #id(sought: Reference): string
  #id(sought: Reference | undefined): string | undefined
  #id(sought: Reference | undefined): string | undefined {
    if (typeof sought !== 'number') return sought
    return this.given.length === 0 ? 'usr_none' : this.given[sought % this.given.length]
  }
}

function byId<T extends { readonly id: string }>(rows: readonly T[]): T[] {
  return [...rows].sort((left, right) => (left.id < right.id ? -1 : 1))
}

describe('people and memberships', () => {
  it('agree with a naive model after any operations, in every workspace of a store', async () => {
    const service = await openService()
    let workspaces = 0
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 5, maxLength: 25 }), async (operations) => {
        workspaces += 1
        const run = new Run(await addWorkspace(service, `w${workspaces}`, { unknownUsers: 'pending' }))
        await run.start()
        for (const each of operations) await run.perform(each)
        await run.compare()
        expect(await wrongCounts(service)).toEqual([])
        expect(await danglingRows(service)).toEqual([])
      }),
      { seed: Number(process.env.FC_SEED ?? 42), numRuns: 60 },
    )
  })
})
