import { type Client, each } from './client.ts'
import { Ledger } from './ledger.ts'
import type { Served } from './serve.ts'
import type { Subject } from './subjects.ts'

/** A started server, filled as far as it went. */
export interface Stock {
  readonly subject: Subject
  readonly served: Served
  readonly client: Client
  /** Ids of people who are in groups. */
  readonly people: readonly string[]
  /** Ids of people who are in none until a workload adds them. */
  readonly outsiders: readonly string[]
  /** Ids of groups of ten, by the number in their name. */
  readonly small: string[]
  /** Ids of groups by their size. */
  readonly sized: Map<number, string[]>
  readonly ledger: Ledger
  /** How many PATCHes were acknowledged. */
  inserted: number
  /** Since when it is not measured any more, and why; undefined while it is. */
  gone: string | undefined
  /** What a server refused while it was filled, and where time cut. */
  readonly notes: string[]
}

export interface Sizes {
  readonly small: number
  /** How many groups of each size. */
  readonly sized: Readonly<Record<number, number>>
  /** Milliseconds for each kind of thing that a peer is filled with. */
  readonly cap: number
}

/** Connections of the workload with the most: each writes about a person of its own. */
const OUTSIDERS = { ours: 64, floor: 64, peer: 16 } as const
/** People that a server must have for every request to make sense: a batch of 100, and those who are in no group. */
export const LEAST_PEOPLE = OUTSIDERS.peer + 110
export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group'
export const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

export function groupName(n: number): string {
  return `Group ${String(n).padStart(6, '0')}`
}

export const asMembers = (ids: readonly string[]): { value: string }[] => ids.map((value) => ({ value }))

export function emptyStock(subject: Subject, served: Served, client: Client, ids: readonly string[]): Stock {
  return {
    subject,
    served,
    client,
    outsiders: ids.slice(0, OUTSIDERS[subject.kind]),
    people: ids.slice(OUTSIDERS[subject.kind]),
    small: [],
    sized: new Map(),
    ledger: new Ledger(),
    inserted: 0,
    gone: undefined,
    notes: [],
  }
}

/** Makes groups over SCIM, each read back once it is the first of its size. */
export async function fill(stock: Stock, sizes: Sizes): Promise<void> {
  const until = stock.subject.kind === 'peer' ? sizes.cap : Number.POSITIVE_INFINITY
  await fillSmall(stock, sizes.small, until)
  if (stock.small.length > 0) stock.sized.set(10, [])
  for (const [size, groups] of Object.entries(sizes.sized)) {
    if (!(await fillSized(stock, Number(size), groups, until))) return
  }
}

/** Groups of ten up to a number; those that are there stay. */
export async function fillSmall(stock: Stock, wanted: number, cap: number): Promise<void> {
  const { people, small } = stock
  const numbers = Array.from({ length: wanted - small.length }, (_, i) => small.length + i)
  const start = performance.now()
  const done = await each(
    numbers,
    8,
    async (n) => {
      const from = (n * 10) % (people.length - 10)
      const made = await make(stock, groupName(n), people.slice(from, from + 10))
      if (typeof made === 'string') throw new Error(`${stock.subject.title}: ${made}`)
      small[n] = made.id
    },
    start + cap,
  )
  if (done < numbers.length) {
    const seconds = ((performance.now() - start) / 1_000).toFixed(0)
    stock.notes.push(`cut at ${small.length.toLocaleString('en')} groups of ten, after ${seconds} s`)
  }
}

async function fillSized(stock: Stock, size: number, groups: number, cap: number): Promise<boolean> {
  const name = size.toLocaleString('en')
  if (stock.people.length < size) {
    stock.notes.push(`no group of ${name}: only ${stock.people.length.toLocaleString('en')} people were made in time`)
    return false
  }
  const start = performance.now()
  const ids: string[] = []
  for (let n = 0; n < groups && performance.now() < start + cap; n++) {
    const made = await make(stock, `Sized ${size} ${n}`, stock.people.slice(0, size), start + cap)
    if (typeof made === 'string') {
      stock.notes.push(`no group of ${name}: ${made}`)
      break
    }
    ids.push(made.id)
  }
  if (ids.length > 0) stock.sized.set(size, ids)
  return ids.length > 0
}

/** A group with members, and what came back of it; a text where it was refused. */
async function make(
  stock: Stock,
  displayName: string,
  members: readonly string[],
  until = Number.POSITIVE_INFINITY,
): Promise<{ id: string } | string> {
  const { call } = stock.client
  const values = asMembers(members)
  const { status, body } = await call('POST', '/Groups', { schemas: [GROUP], displayName, members: values })
  if (status !== 201) return `POST answered ${status}: ${detail(body)}`
  const { id } = body as { id: string }
  if (stock.ledger.postKeepsMembers === undefined) {
    const kept = (await storedMembers(stock, id)).length === members.length
    // Groups are made in parallel: the first to know says it.
    const first = stock.ledger.postKeepsMembers === undefined
    stock.ledger.postKeepsMembers = kept
    if (first && !kept) stock.notes.push('POST with members is answered 201, and they are not stored: filled by PATCH')
  }
  if (!stock.ledger.postKeepsMembers) {
    for (let start = 0; start < values.length; start += 100) {
      if (performance.now() > until) return 'adding its members took too long'
      const Operations = [{ op: 'add', path: 'members', value: values.slice(start, start + 100) }]
      const added = await call('PATCH', `/Groups/${id}`, { schemas: [PATCH], Operations })
      if (added.status >= 300) return `PATCH answered ${added.status}: ${detail(added.body)}`
    }
  }
  stock.ledger.has(id, members)
  return { id }
}

export function detail(body: unknown): string {
  const said = (body as { detail?: unknown } | undefined)?.detail ?? body ?? ''
  const text = typeof said === 'object' ? JSON.stringify(said) : String(said)
  // Some answer a page of HTML.
  return text
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .slice(0, 120)
    .trim()
}

/** What a group holds, by SCIM or, where that shows nothing, by the server's own library. */
export async function storedMembers({ client, served }: Stock, group: string): Promise<string[]> {
  const own = await served.members(group)
  if (own) return own
  const { body } = await client.call('GET', `/Groups/${group}`)
  return ((body as { members?: { value: string }[] }).members ?? []).map(({ value }) => value)
}
