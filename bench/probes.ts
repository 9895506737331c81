import type { Call, Reply } from './client.ts'
import { asMembers, detail, GROUP, PATCH, type Stock, storedMembers } from './stock.ts'

/** What a server does with a request, judged by what it has stored afterwards. */
export interface Verdict {
  readonly probe: string
  readonly verdict: string
}

interface Probe {
  readonly name: string
  readonly request: (known: Known) => [method: string, path: string, body?: unknown]
  /** Whether the answer, or what is stored after it, is what was asked for. */
  readonly done: (reply: Reply, stored: readonly string[], known: Known) => boolean
}

interface Known {
  /** A group with the members a, b, c, and the name. */
  readonly group: string
  readonly name: string
  readonly people: readonly string[]
}

const holds = (stored: readonly string[], expected: readonly string[]): boolean =>
  stored.length === expected.length && expected.every((id) => stored.includes(id))
const patch = (group: string, ...Operations: unknown[]): [string, string, unknown] => [
  'PATCH',
  `/Groups/${group}`,
  { schemas: [PATCH], Operations },
]
const resources = ({ body }: Reply): { id: string; displayName: string; members?: unknown[] }[] =>
  (body as { Resources?: [] }).Resources ?? []
const filter = (text: string): [string, string] => ['GET', `/Groups?filter=${encodeURIComponent(text)}`]

export const PROBES: readonly Probe[] = [
  {
    name: 'POST with members stores them',
    request: ({ group }) => ['GET', `/Groups/${group}`],
    done: (_, stored, { people }) => holds(stored, people.slice(0, 3)),
  },
  {
    name: 'GET shows members',
    request: ({ group }) => ['GET', `/Groups/${group}`],
    done: ({ body }, stored) => (body as { members?: [] }).members?.length === stored.length && stored.length > 0,
  },
  {
    name: 'find by displayName',
    request: ({ name }) => filter(`displayName eq "${name}"`),
    done: (reply, _, { group }) => resources(reply)[0]?.id === group,
  },
  {
    name: 'find in another case',
    request: ({ name }) => filter(`displayName eq "${name.toUpperCase()}"`),
    done: (reply, _, { group }) => resources(reply)[0]?.id === group,
  },
  {
    name: 'filter displayName co',
    request: ({ name }) => filter(`displayName co "${name.slice(1)}"`),
    done: (reply, _, { group }) => resources(reply)[0]?.id === group,
  },
  {
    name: 'pages by count',
    request: () => ['GET', '/Groups?startIndex=1&count=1'],
    done: (reply) => resources(reply).length === 1,
  },
  {
    name: 'excludedAttributes=members',
    request: ({ group }) => ['GET', `/Groups/${group}?excludedAttributes=members`],
    done: ({ body }) => (body as { members?: unknown }).members === undefined,
  },
  {
    name: 'PATCH adds a member',
    request: ({ group, people }) => patch(group, { op: 'add', path: 'members', value: asMembers(people.slice(3, 4)) }),
    done: (_, stored, { people }) => stored.includes(people[3] as string),
  },
  {
    name: 'the same again changes nothing',
    request: ({ group, people }) => patch(group, { op: 'add', path: 'members', value: asMembers(people.slice(3, 4)) }),
    done: (_, stored) => stored.length === new Set(stored).size,
  },
  {
    name: 'PATCH removes by filter',
    request: ({ group, people }) => patch(group, { op: 'remove', path: `members[value eq "${people[3]}"]` }),
    done: (_, stored, { people }) => !stored.includes(people[3] as string),
  },
  {
    name: 'PATCH removes by value, as Entra does',
    request: ({ group, people }) =>
      patch(group, { op: 'Remove', path: 'members', value: asMembers(people.slice(2, 3)) }),
    done: (_, stored, { people }) => !stored.includes(people[2] as string) && stored.length > 0,
  },
  {
    name: 'PATCH replaces members',
    request: ({ group, people }) =>
      patch(group, { op: 'replace', path: 'members', value: asMembers(people.slice(4, 6)) }),
    done: (_, stored, { people }) => holds(stored, people.slice(4, 6)),
  },
  {
    name: 'PUT replaces members',
    request: ({ group, name, people }) => [
      'PUT',
      `/Groups/${group}`,
      { schemas: [GROUP], id: group, displayName: name, members: asMembers(people.slice(6, 8)) },
    ],
    done: (_, stored, { people }) => holds(stored, people.slice(6, 8)),
  },
  {
    name: 'refuses an operation it does not know',
    request: ({ group }) => patch(group, { op: 'replace', path: 'memberz', value: [] }),
    done: ({ status }) => status >= 400 && status < 500,
  },
  {
    name: 'refuses a second group of the name',
    request: ({ name }) => ['POST', '/Groups', { schemas: [GROUP], displayName: name }],
    done: ({ status }) => status === 409,
  },
  {
    name: 'a group of 1,001 members',
    request: ({ group, people }) =>
      patch(group, { op: 'add', path: 'members', value: asMembers(people.slice(0, 1_001)) }),
    done: (_, stored) => stored.length >= 1_001,
  },
]

/** Asks each probe of a group made for it; needs no more than a few people, and says where there were too few. */
export async function probe(stock: Stock): Promise<Verdict[]> {
  const { call } = stock.client
  const name = `Probed ${stock.subject.id}`
  const made = await make(call, name, stock.people.slice(0, 3))
  await make(call, `${name} too`, stock.people.slice(0, 3))
  const known: Known = { group: made, name, people: stock.people }
  const verdicts: Verdict[] = []
  for (const one of PROBES) verdicts.push({ probe: one.name, verdict: await verdictOf(stock, one, known) })
  return verdicts
}

async function verdictOf(stock: Stock, { name, request, done }: Probe, known: Known): Promise<string> {
  if (name.includes('1,001') && known.people.length < 1_001) return 'not asked: too few people in time'
  const [method, path, body] = request(known)
  const reply = await stock.client.call(method, path, body)
  const stored = await storedMembers(stock, known.group)
  if (done(reply, stored, known)) return 'yes'
  if (reply.status >= 300) return `no: ${reply.status} ${detail(reply.body)}`
  return `**no, and answers ${reply.status}**`
}

async function make(call: Call, displayName: string, members: readonly string[]): Promise<string> {
  const { status, body } = await call('POST', '/Groups', {
    schemas: [GROUP],
    displayName,
    members: asMembers(members),
  })
  if (status !== 201) throw new Error(`POST answered ${status}: ${detail(body)}`)
  return (body as { id: string }).id
}
