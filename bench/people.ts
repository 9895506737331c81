import { createScim } from '@optimaite/scim'
import { type Client, each } from './client.ts'
import { detail, LEAST_PEOPLE } from './stock.ts'

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'

function person(n: number) {
  const userName = `person${n}@bench.example`
  return { id: `usr_${n}`, userName, displayName: `Person Number ${n}`, emails: [{ value: userName, verified: true }] }
}

/** Ours: people are the host application's, which hands them over in bulk. */
export async function addOurPeople(database: string, count: number): Promise<{ ids: string[]; token: string }> {
  const scim = await createScim({
    database: database.startsWith('postgres') ? database : `sqlite:${database}`,
    publicUrl: 'http://127.0.0.1',
  })
  try {
    await scim.workspaces.create('bench', { name: 'Bench', scim: true })
    const people = Array.from({ length: count }, (_, n) => person(n))
    for (let start = 0; start < count; start += 10_000)
      await scim.people.upsert('bench', people.slice(start, start + 10_000))
    const { text: token } = await scim.tokens.issue('bench', { label: 'bench', createdBy: 'bench' })
    return { ids: people.map(({ id }) => id), token }
  } finally {
    await scim.close()
  }
}

/** Peers: people are created over SCIM, as many as go into the time, and no fewer than workloads need. */
export async function addPeersPeople({ call }: Client, count: number, cap: number): Promise<string[]> {
  const ids: string[] = []
  const numbers = Array.from({ length: count }, (_, n) => n)
  const create = async (n: number): Promise<void> => {
    const { userName, displayName } = person(n)
    const { status, body } = await call('POST', '/Users', {
      schemas: [USER],
      userName,
      displayName,
      name: { givenName: 'Person', familyName: `Number ${n}` },
      emails: [{ value: userName, type: 'work', primary: true }],
      active: true,
    })
    if (status !== 201) throw new Error(`POST /Users answered ${status}: ${detail(body)}`)
    ids.push((body as { id: string }).id)
  }
  const until = performance.now() + cap
  await each(numbers.slice(0, LEAST_PEOPLE), 8, create)
  await each(numbers.slice(LEAST_PEOPLE), 8, create, until)
  return ids
}
