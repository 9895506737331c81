import { each } from './client.ts'
import { asMembers, detail, GROUP, PATCH, type Stock, storedMembers } from './stock.ts'

export interface Sync {
  readonly subject: string
  readonly groups: number
  readonly memberships: number
  readonly seconds: number
  readonly acknowledged: number
  /** Undefined where nothing was read back. */
  readonly stored: number | undefined
  /** Ended by the time that it may take. */
  readonly cut: boolean
  readonly refused: string | undefined
}

export interface SyncPlan {
  readonly groups: number
  readonly members: number
  readonly batch: number
  readonly parallel: number
  /** Milliseconds. */
  readonly cap: number
  readonly readBack: boolean
}

let runs = 0

/** What a provider does first: creates each group, then adds its members in batches, several groups in parallel. */
export async function initialSync(stock: Stock, plan: SyncPlan): Promise<Sync | undefined> {
  const { client, people } = stock
  if (people.length < plan.members) return undefined
  const run = ++runs
  const made: string[] = []
  let acknowledged = 0
  let refused: string | undefined
  const expect = (status: number, body: unknown): boolean => {
    if (status < 300) return true
    refused ??= `${status} ${detail(body)}`
    return false
  }
  const start = performance.now()
  const until = start + plan.cap
  const numbers = Array.from({ length: plan.groups }, (_, n) => n)
  await each(
    numbers,
    plan.parallel,
    async (n) => {
      const displayName = `Synced ${run} ${n}`
      const post = await client.call('POST', '/Groups', { schemas: [GROUP], displayName })
      if (!expect(post.status, post.body)) return
      const { id } = post.body as { id: string }
      made.push(id)
      for (let at = 0; at < plan.members && performance.now() < until; at += plan.batch) {
        const value = asMembers(members(people, n, at, Math.min(plan.batch, plan.members - at)))
        const Operations = [{ op: 'add', path: 'members', value }]
        const { status, body } = await client.call('PATCH', `/Groups/${id}`, { schemas: [PATCH], Operations })
        if (expect(status, body)) acknowledged += value.length
      }
    },
    until,
  )
  const seconds = (performance.now() - start) / 1_000
  let stored: number | undefined
  if (plan.readBack) {
    let count = 0
    await each(made, 4, async (id) => {
      const members = await storedMembers(stock, id)
      count += members.length
    })
    stored = count
  }
  const { id: subject } = stock.subject
  const memberships = plan.groups * plan.members
  const cut = seconds * 1_000 >= plan.cap && acknowledged < memberships
  return { subject, groups: made.length, memberships, seconds, acknowledged, stored, cut, refused }
}

/** People of a group, from a place that moves on with its number. */
function members(people: readonly string[], group: number, at: number, count: number): string[] {
  const from = (group * 97 + at) % people.length
  return Array.from({ length: count }, (_, i) => people[(from + i) % people.length] as string)
}
