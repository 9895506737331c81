import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HistoryRefused } from '../../src/provisioning/history/refused.ts'
import { addWorkspace, type Client, openService } from '../people/support.ts'

const IDS = ['usr_a', 'usr_b', 'usr_c', 'usr_d', 'usr_e']
const ids = fc.uniqueArray(fc.constantFrom(...IDS), { minLength: 1, maxLength: 4 })

type Operation =
  | { readonly kind: 'add' | 'remove' | 'replace'; readonly ids: readonly string[] }
  | { readonly kind: 'put'; readonly ids: readonly string[] }
  | { readonly kind: 'delete' | 'arrive' | 'go'; readonly id: string }
  | { readonly kind: 'rename' | 'claim' }

const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('add', 'remove', 'replace', 'put'), ids }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('delete', 'arrive', 'go'), id: fc.constantFrom(...IDS) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('rename', 'claim') }) },
)

/** The group side by side with a plain set; after each operation both are remembered. */
class Run {
  readonly client: Client
  readonly moments: { at: number; members: Set<string> }[] = []
  readonly accounts = new Set<string>()
  members = new Set<string>()
  group = ''
  #names = 0

  constructor(client: Client) {
    this.client = client
  }

  async start(): Promise<void> {
    this.group = await this.client.group('Crew')
    this.#remember()
  }

  async perform(each: Operation): Promise<void> {
    this.client.clock.now += 1_000
    switch (each.kind) {
      case 'add':
      case 'remove':
      case 'replace': {
        const value = each.ids.map((id) => ({ value: id }))
        await this.client.patch(`/Groups/${this.group}`, [{ op: each.kind, path: 'members', value }])
        this.#change(each.kind, each.ids)
        break
      }
      case 'put': {
        const members = each.ids.map((value) => ({ value }))
        await this.client.put(`/Groups/${this.group}`, { displayName: 'Crew', members })
        this.members = new Set(each.ids)
        break
      }
      case 'delete':
        if ((await this.client.delete(`/Users/${each.id}`)).status === 204) this.members.delete(each.id)
        break
      case 'arrive':
        await this.client.upsert({ id: each.id, userName: each.id })
        this.accounts.add(each.id)
        break
      case 'go':
        await this.client.remove(each.id)
        this.accounts.delete(each.id)
        break
      case 'rename':
        this.#names += 1
        await this.client.patch(`/Groups/${this.group}`, [
          { op: 'replace', path: 'displayName', value: `Crew ${this.#names}` },
        ])
        break
      case 'claim':
        await this.#claim()
    }
    this.#remember()
  }

  /** A pending person joins, and becomes one with somebody who may be there already. */
  async #claim(): Promise<void> {
    this.#names += 1
    const value = `p${this.#names}@x.example`
    const pending = await this.client.pending(value)
    await this.client.addMembers(this.group, pending)
    this.members.add('usr_a')
    // Of two people who are one now, each moment knows what either was.
    await this.client.upsert({ id: 'usr_a', userName: 'usr_a', emails: [{ value, verified: true }] })
    this.accounts.add('usr_a')
  }

  #change(kind: 'add' | 'remove' | 'replace', changed: readonly string[]): void {
    if (kind === 'replace') this.members = new Set(changed)
    for (const id of changed) kind === 'remove' ? this.members.delete(id) : this.members.add(id)
  }

  #remember(): void {
    this.moments.push({ at: this.client.clock.now, members: new Set(this.members) })
  }
}

async function membersAt(client: Client, group: string, at: number): Promise<string[]> {
  const { count, pieces } = await client.scim.history.membersAt(client.workspace, group, at)
  const found: string[] = []
  for await (const piece of pieces) for (const { id } of piece) found.push(id)
  expect(found).toHaveLength(count)
  return found.sort()
}

async function restoreTo(client: Client, group: string, at: number): Promise<void> {
  const { key } = await client.scim.history.previewRestore(client.workspace, group, at)
  await client.scim.history.restore(client.workspace, group, at, { confirm: key, admin: 'Jo' })
}

describe('members at any moment', () => {
  it('are those of a naive model, and restoring leads back to them', async () => {
    const service = await openService()
    let workspaces = 0
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 5, maxLength: 25 }), fc.nat(), async (operations, pick) => {
        workspaces += 1
        const run = new Run(await addWorkspace(service, `h${workspaces}`, { unknownUsers: 'pending' }))
        await run.start()
        for (const each of operations) await run.perform(each)
        for (const { at, members } of run.moments)
          expect(await membersAt(run.client, run.group, at)).toEqual([...members].sort())

        const { at, members } = run.moments[pick % run.moments.length] as (typeof run.moments)[number]
        const now = run.members
        const kept = [...members].filter((id) => now.has(id) || run.accounts.has(id)).sort()
        run.client.clock.now += 1_000
        await restoreTo(run.client, run.group, at)
        expect(await run.client.members(run.group)).toEqual(kept)
        expect(await membersAt(run.client, run.group, run.client.clock.now)).toEqual(kept)

        const end = run.client.clock.now
        run.client.clock.now += 1_000
        await run.client.delete(`/Groups/${run.group}`)
        expect(await membersAt(run.client, run.group, end)).toEqual(kept)
        expect(await membersAt(run.client, run.group, run.client.clock.now)).toEqual([])
        await expect(restoreTo(run.client, run.group, end)).rejects.toThrow(HistoryRefused)
      }),
      { seed: Number(process.env.FC_SEED ?? 42), numRuns: 40 },
    )
  })

  it('count two people who became one by what each was', async () => {
    const client = await openService({ unknownUsers: 'pending' })
    const moments: number[] = []
    const tick = (): void => {
      moments.push(client.clock.now)
      client.clock.now += 1_000
    }
    await client.upsert({ id: 'usr_a', userName: 'a' })
    const pending = await client.pending('p@x.example')
    const crew = await client.group('Crew', 'usr_a', pending)
    tick()
    await client.removeMembers(crew, pending)
    tick()
    await client.removeMembers(crew, 'usr_a')
    tick()
    await client.addMembers(crew, pending, 'usr_a')
    tick()
    await client.upsert({ id: 'usr_a', userName: 'a', emails: [{ value: 'p@x.example', verified: true }] })
    tick()
    await client.removeMembers(crew, pending)
    tick()
    const found = []
    for (const at of moments) found.push(await membersAt(client, crew, at))
    expect(found).toEqual([['usr_a'], ['usr_a'], [], ['usr_a'], ['usr_a'], []])
  })

  it('are read in pieces, of large changes too', async () => {
    const client = await openService()
    const many = Array.from({ length: 5_500 }, (_, index) => `usr_${String(index).padStart(4, '0')}`)
    const crew = await client.group('Crew', ...many)
    for (const id of many.slice(0, 3)) {
      client.clock.now += 1_000
      await client.removeMembers(crew, id)
    }
    expect(await membersAt(client, crew, client.clock.now)).toEqual(many.slice(3))
    expect(await membersAt(client, crew, client.clock.now - 3_000)).toEqual(many)
    expect(await membersAt(client, crew, client.clock.now - 4_000)).toEqual([])
  }, 60_000)
})
