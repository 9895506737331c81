import { bytes, type Requests, type Sent } from './load.ts'
import { asMembers, GROUP, groupName, PATCH, type Stock } from './stock.ts'

export interface Workload {
  readonly id: string
  readonly name: string
  /** Members of the group that it is about, where its cost is held against that. */
  readonly size?: number
  readonly connections: readonly number[]
  /** Workloads of one series take turns, since they are compared; they have the same connections. */
  readonly series?: string
  /** The floor does something of the kind. */
  readonly floor?: boolean
  /** Undefined where the server has not what it needs. */
  requests(stock: Stock): Requests | undefined
  /** What is wrong with an answer, looked at once before anything is measured: it is no equal then. */
  wrong?(body: unknown, stock: Stock): string | undefined
}

const BOTH = [1, 16]

interface List {
  readonly totalResults?: number
  readonly Resources?: { displayName?: string; members?: unknown[] }[]
}

const get = (stock: Stock, path: string): Sent => ({
  bytes: bytes('GET', stock.served.base + path, stock.served.token),
})

/** A group for each request, far from the one before. */
const pick = (groups: number, connection: number, n: number): number => (connection * 7_919 + n * 31) % groups

export const find: Workload = {
  id: 'find',
  name: 'find by displayName',
  connections: BOTH,
  floor: true,
  requests: (stock) => (connection, n) => {
    const filter = encodeURIComponent(`displayName eq "${groupName(pick(stock.small.length, connection, n))}"`)
    return get(stock, `/Groups?excludedAttributes=members&filter=${filter}`)
  },
  wrong: (body) => ((body as List).Resources?.length === 1 ? undefined : 'does not find it'),
}

const PATCHES: Workload[] = [10, 1_000, 10_000, 100_000].flatMap((size) =>
  (['different groups', 'one group'] as const).map((spread) => ({
    id: `patch-${size}-${spread === 'one group' ? 'one' : 'many'}`,
    name: `PATCH one member of ${size.toLocaleString('en')}, ${spread}`,
    size,
    connections: BOTH,
    series: `patch ${spread}`,
    floor: true,
    requests: (stock) => {
      const groups = size === 10 ? stock.small : stock.sized.get(size)
      return groups?.length ? toggles(stock, spread === 'one group' ? groups.slice(0, 1) : groups) : undefined
    },
  })),
)

export const WORKLOADS: readonly Workload[] = [
  find,
  {
    id: 'get',
    name: 'GET without members',
    connections: BOTH,
    floor: true,
    requests: (stock) => (connection, n) =>
      get(stock, `/Groups/${stock.small[pick(stock.small.length, connection, n)]}?excludedAttributes=members`),
    wrong: (body) => ((body as { displayName?: string }).displayName ? undefined : 'shows no name'),
  },
  ...PATCHES,
  {
    id: 'post',
    name: 'POST a group',
    connections: BOTH,
    floor: true,
    requests: (stock) => (connection, n) => {
      const displayName = `Made ${Date.now()} ${connection} ${n}`
      return send(stock, 'POST', '/Groups', { schemas: [GROUP], displayName })
    },
  },
  page(1),
  page(100),
  {
    id: 'replace',
    name: 'replace of 10,000 members',
    connections: [1],
    requests: (stock) => {
      const [group] = stock.sized.get(10_000) ?? []
      // Half of them are others each time.
      const halves = [stock.people.slice(0, 10_000), stock.people.slice(5_000, 15_000)]
      if (group === undefined || halves[1]?.length !== 10_000) return undefined
      return (_, n) => {
        const members = halves[(n + 1) % 2] as string[]
        const body = { schemas: [GROUP], id: group, displayName: 'Sized 10000 0', members: asMembers(members) }
        const undo = stock.ledger.forget(group)
        const acknowledged = () => stock.ledger.has(group, members)
        return { ...send(stock, 'PUT', `/Groups/${group}`, body), acknowledged, refused: undo }
      }
    },
  },
]

/** `count` groups of a list of groups of ten, at varying places. */
function page(count: number): Workload {
  return {
    id: `page-${count}`,
    name: count === 1 ? 'page of 1 group of 10' : `page of ${count} groups of 10`,
    connections: BOTH,
    floor: true,
    requests: (stock) => {
      const places = stock.small.length - count
      if (places <= 0) return undefined
      return (connection, n) => get(stock, `/Groups?startIndex=${1 + pick(places, connection, n)}&count=${count}`)
    },
    wrong: (body) => {
      const { Resources = [] } = body as List
      if (Resources.length !== count) return `answers ${Resources.length} groups where ${count} were asked for`
      return Resources.some(({ members = [] }) => members.length > 0) ? undefined : 'shows no members'
    },
  }
}

/** Each connection adds a person of its own, and takes the same one away again, from one group after the other. */
export function toggles(stock: Stock, groups: readonly string[]): Requests {
  return (connection, n) => {
    const group = groups[(connection + (n >> 1) * 16) % groups.length] as string
    const value = stock.outsiders[connection % stock.outsiders.length] as string
    const adds = n % 2 === 0
    const operation = adds
      ? { op: 'add', path: 'members', value: [{ value }] }
      : { op: 'remove', path: `members[value eq "${value}"]` }
    const undo = stock.ledger.unsure(group, value)
    const acknowledged = () => stock.ledger.toggled(group, value, adds)
    const body = { schemas: [PATCH], Operations: [operation] }
    return { ...send(stock, 'PATCH', `/Groups/${group}`, body), acknowledged, refused: undo }
  }
}

function send({ served }: Stock, method: string, path: string, body: unknown): Sent {
  return { bytes: bytes(method, served.base + path, served.token, JSON.stringify(body)) }
}
