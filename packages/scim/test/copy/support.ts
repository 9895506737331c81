import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach } from 'vitest'
import { createScim, type Scim } from '../../src/index.ts'
import type { StoreKind, StorePlace } from '../../src/store/copy/ends.ts'
import { createDatabase, type Database } from '../postgres/databases.ts'
import { sharedCluster } from '../postgres/shared.ts'
import { patch, sender, wholeLife } from '../store/life.ts'

const folder = mkdtempSync(join(tmpdir(), 'scim-copy-'))
const databases: Database[] = []
const open: Scim[] = []
let files = 0

afterEach(async () => {
  for (const scim of open.splice(0)) await scim.close()
  for (const database of databases.splice(0)) await database.drop()
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** An address where there is no store yet. */
export async function emptyPlace(kind: StoreKind): Promise<string> {
  if (kind === 'sqlite') return `sqlite:${join(folder, `${++files}.db`)}`
  const database = await createDatabase((await sharedCluster()).url)
  databases.push(database)
  return database.url
}

export async function openScim(place: string | StorePlace): Promise<Scim> {
  const names = typeof place === 'string' ? { database: place } : place
  const scim = await createScim({ ...names, publicUrl: 'https://app.optimaite.example' })
  open.push(scim)
  return scim
}

/** Two workspaces with all that can be in one; what was deleted last leaves keys that nobody may get again. */
export async function richStore(
  scim: Scim,
  slugs: readonly string[] = ['acme', 'other'],
): Promise<Map<string, string>> {
  const tokens = new Map<string, string>()
  for (const slug of slugs) {
    const token = await wholeLife(scim, slug)
    tokens.set(slug, token)
    const send = sender(scim, token)
    await send('POST', '/Users', { userName: 'waiting@x.example', name: { givenName: 'Wai', familyName: 'Ting' } })
    await scim.people.upsert(slug, [
      { id: 'usr_quote', userName: `o'"\\quote@x.example`, displayName: 'Ünï \u{1F600} \t "x"' },
      { id: 'usr_off', userName: 'off@x.example', emails: [{ value: 'off@x.example', verified: true }] },
    ])
    await send('PATCH', '/Users/usr_off', patch({ op: 'replace', path: 'active', value: false }))
    await send('POST', '/Groups', { displayName: 'Straße', members: [{ value: 'usr_off' }, { value: 'usr_quote' }] })
    const gone = await send('POST', '/Groups', { displayName: 'Gone', members: [{ value: 'usr_nobody' }] })
    await send('DELETE', `/Groups/${((await gone.json()) as { id: string }).id}`)
    // Refused, and so counted for the token and told by activity.
    const old = await scim.tokens.issue(slug, { label: 'old', createdBy: 'test' })
    await scim.tokens.revoke(slug, old.token.id)
    await sender(scim, old.text)('GET', '/Groups')
    await scim.flush()
  }
  return tokens
}

/** What a library answers of a workspace, whatever the store. */
export async function answers(scim: Scim, slug: string, token: string): Promise<unknown> {
  const send = sender(scim, token)
  const groups = []
  for (const { id: group } of await scim.groups.list(slug)) {
    const history = await scim.history.ofGroup(slug, group)
    groups.push({
      group,
      resource: await (await send('GET', `/Groups/${group}`)).json(),
      members: await scim.groups.membersWithStates(slug, group),
      history: { ...history, entries: history.entries.map(withoutPosition) },
    })
  }
  const people = []
  for (const id of ['usr_ana', 'usr_quote', 'usr_off', 'usr_pat', 'usr_x']) {
    people.push({
      person: await scim.people.find(slug, id),
      groups: await scim.groups.ofPerson(slug, id),
      explained: JSON.stringify(await scim.history.explain(slug, id, 'Straße').catch(String), placeless),
    })
  }
  return {
    groups,
    people,
    users: await (await send('GET', '/Users')).json(),
    found: await (await send('GET', `/Users?filter=${encodeURIComponent('name.familyName eq "TING"')}`)).json(),
    tokens: (await scim.tokens.list(slug)).map(({ id, label, state, expiresAt }) => ({ id, label, state, expiresAt })),
    keys: await scim.apiKeys.list(slug),
    links: await scim.setupLinks.list(slug),
    audit: [await scim.audit.list(slug, { reads: true }), await scim.audit.list(null, { reads: true })],
    problems: await scim.problems.list(slug),
    workspace: await scim.workspaces.find(slug),
  }
}

function withoutPosition<T extends { readonly position: number }>({ position, ...entry }: T): Omit<T, 'position'> {
  return entry
}

/** Places of changes are the store's own where it is of another kind. */
function placeless(name: string, value: unknown): unknown {
  return name === 'position' ? undefined : value
}
