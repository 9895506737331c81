import type { Client } from '../people/support.ts'

/** What a provider, a host and an admin do with few people and groups, so that any two of them meet. */
export type Action = (client: Client, world: World) => Promise<unknown>

/** A workspace in which everything that they do has something to do. */
export interface World {
  /** Ids of the groups G, in which all are, and H, in which only the pending person is. */
  readonly g: string
  readonly h: string
  /** The pending person. */
  readonly pen: string
}

export async function populate(client: Client): Promise<World> {
  await client.upsert(
    { id: 'usr_ana', userName: 'ana', emails: [{ value: 'ana@example.com', verified: true }] },
    { id: 'usr_abe', userName: 'abe' },
    { id: 'usr_bob', userName: 'bob' },
    { id: 'usr_eve', userName: 'eve' },
  )
  const pen = await client.pending('pen@example.com')
  const g = await client.group('G', 'usr_ana', 'usr_bob', pen, 'usr_ghost')
  const h = await client.group('H', pen)
  return { g, h, pen }
}

const VERIFIED = [{ value: 'pen@example.com', verified: true }]

const status = async (answer: Promise<{ readonly status: number }>): Promise<number> => (await answer).status
const settled = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  )

/** About the group G. */
export const ON_GROUP: Readonly<Record<string, Action>> = {
  'PATCH adds an account and an id never named': (client, { g }) => status(client.addMembers(g, 'usr_eve', 'usr_new')),
  'PATCH removes a person and the pending one': (client, { g, pen }) => status(client.removeMembers(g, 'usr_ana', pen)),
  'PUT replaces members': (client, { g }) => {
    const members = [{ value: 'usr_bob' }, { value: 'usr_new' }, { value: 'usr_ghost' }]
    return status(client.put(`/Groups/${g}`, { displayName: 'G', members }))
  },
  DELETE: (client, { g }) => status(client.delete(`/Groups/${g}`)),
}

/** About either. */
export const ON_GROUPS: Readonly<Record<string, Action>> = {
  ...ON_GROUP,
  'PATCH adds the pending person and the account that claims it': (client, { h, pen }) =>
    status(client.addMembers(h, 'usr_abe', pen)),
  'PATCH removes the pending person from H': (client, { h, pen }) => status(client.removeMembers(h, pen)),
  'PUT with the pending person, of H': (client, { h, pen }) =>
    status(client.put(`/Groups/${h}`, { displayName: 'H', members: [{ value: pen }, { value: 'usr_abe' }] })),
}

/** About people. */
export const ON_PEOPLE: Readonly<Record<string, Action>> = {
  'the host adds an account that claims the pending person': (client) =>
    settled(client.upsert({ id: 'usr_pen', userName: 'pen', emails: VERIFIED })),
  'an account claims the pending person': (client) =>
    settled(client.upsert({ id: 'usr_abe', userName: 'abe', emails: VERIFIED })),
  'the host adds ids that groups name': (client) =>
    settled(client.upsert({ id: 'usr_new', userName: 'new' }, { id: 'usr_ghost', userName: 'ghost' })),
  'the host removes a person': (client) => settled(client.remove('usr_ana', 'usr_eve')),
  'the provider deletes a person': (client) => status(client.delete('/Users/usr_ana')),
  'the provider deletes the pending person': (client, { pen }) => status(client.delete(`/Users/${pen}`)),
  'a person is erased': (client) => settled(client.scim.history.erase(client.workspace, 'usr_ana', { by: 'Jo' })),
  'an unresolved id is erased': (client) =>
    settled(client.scim.history.erase(client.workspace, 'usr_ghost', { by: 'Jo' })),
  'the pending person is suspended': (client, { pen }) =>
    status(client.patch(`/Users/${pen}`, [{ op: 'replace', path: 'active', value: false }])),
}
