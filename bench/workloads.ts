import { type Fixture, groupName } from './fixture.ts'
import { bytes, type Requests } from './load.ts'

const BASE = '/api/auth/scim/v2'
const SCHEMAS = ['urn:ietf:params:scim:api:messages:2.0:PatchOp']

export interface Workload {
  readonly name: string
  readonly requests: Requests
  readonly status: number
  /** Members of the group that it is about, where its cost is held against that. */
  readonly size?: number
  /** The floor does something of the kind. */
  readonly hasFloor: boolean
}

export function workloads(fixture: Fixture): Workload[] {
  const { token, groups, sized } = fixture
  const nth = (connection: number, n: number): number => (connection * 7919 + n * 31) % groups
  const get = (path: string): string => bytes('GET', BASE + path, token)
  return [
    {
      name: 'find by displayName',
      status: 200,
      hasFloor: true,
      requests: (connection, n) => {
        const filter = encodeURIComponent(`displayName eq "${groupName(nth(connection, n))}"`)
        return get(`/Groups?excludedAttributes=members&filter=${filter}`)
      },
    },
    {
      name: 'GET without members',
      status: 200,
      hasFloor: true,
      requests: (connection, n) => get(`/Groups/${groupId(nth(connection, n))}?excludedAttributes=members`),
    },
    ...[10, 1_000, 10_000, 100_000].map((size) => ({
      name: `PATCH one member of ${size.toLocaleString('en')}`,
      status: 204,
      size,
      hasFloor: true,
      requests: toggles(token, sized[size] as string),
    })),
    {
      name: 'POST a group',
      status: 201,
      hasFloor: false,
      requests: (() => {
        let count = 0
        return () => {
          count += 1
          const body = JSON.stringify({ displayName: `Made ${process.pid} ${Date.now()} ${count}`, members: [] })
          return bytes('POST', `${BASE}/Groups`, token, body)
        }
      })(),
    },
    {
      name: 'page of 100 groups of 10',
      status: 200,
      hasFloor: false,
      requests: (connection, n) => get(`/Groups?startIndex=${1 + (nth(connection, n) % (groups - 100))}&count=100`),
    },
  ]
}

/** Each connection adds a person of its own, and takes the same one away again. */
function toggles(token: string, group: string): Requests {
  return (connection, n) => {
    const value = `usr_${99_000 - connection}x`
    const operation =
      n % 2 === 0
        ? { op: 'add', path: 'members', value: [{ value }] }
        : { op: 'remove', path: `members[value eq "${value}"]` }
    const body = JSON.stringify({ schemas: SCHEMAS, Operations: [operation] })
    return bytes('PATCH', `${BASE}/Groups/${group}`, token, body)
  }
}

function groupId(n: number): string {
  return `grp_${String(n + 1).padStart(26, '0')}`
}
