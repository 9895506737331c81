import type { Scim } from '../../src/index.ts'

type Send = (method: string, path: string, body?: unknown) => Promise<Response>

interface Life {
  readonly scim: Scim
  readonly slug: string
  readonly send: Send
}

/** Makes a workspace in which one of everything happens that a provider, a host and an admin do. Answers its token. */
export async function wholeLife(scim: Scim, slug: string): Promise<string> {
  await scim.workspaces.create(slug, { name: 'Plans', scim: true, unknownUsers: 'pending' })
  const { text } = await scim.tokens.issue(slug, { label: 'test', createdBy: 'test' })
  await live({ scim, slug, send: sender(scim, text) })
  return text
}

/** Sends requests of a provider that has a token; whatever comes, it is no fault of the store's. */
export function sender(scim: Scim, token: string): Send {
  return async (method, path, body) => {
    const response = await scim.fetch(
      new Request(`https://app.optimaite.example/api/auth/scim/v2${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    )
    if (response.status >= 500) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return response
  }
}

export function patch(...operations: unknown[]) {
  return { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations }
}

/** One of everything that a provider and a host do. */
async function live({ scim, slug, send }: Life): Promise<void> {
  const value = 'ana@plans.example'
  await scim.people.upsert(slug, [{ id: 'usr_ana', userName: value, emails: [{ value, verified: true }] }])
  await scim.people.upsert(slug, [{ id: 'usr_bo', userName: 'bo@plans.example' }])
  const created = await send('POST', '/Groups', {
    displayName: 'One',
    members: [{ value: 'usr_ana' }, { value: 'usr_late' }],
  })
  const { id } = (await created.json()) as { id: string }
  await send(
    'PATCH',
    `/Groups/${id}`,
    patch({ op: 'add', path: 'members', value: [{ value: 'usr_bo' }, { value: 'usr_x' }] }),
  )
  await send('PATCH', `/Groups/${id}`, patch({ op: 'remove', path: 'members[value eq "usr_bo"]' }))
  await send('PATCH', `/Groups/${id}`, patch({ op: 'remove', path: 'members[display sw "b"]' }))
  await send('PUT', `/Groups/${id}`, { displayName: 'Two', members: [{ value: 'usr_bo' }, { value: 'usr_late' }] })
  await send('POST', '/Groups', { displayName: 'two' })
  for (const path of [
    `/Groups/${id}`,
    `/Groups/${id}?excludedAttributes=members`,
    '/Groups',
    '/Users',
    '/Users/usr_ana',
  ]) {
    await send('GET', path)
  }
  for (const filter of [
    'displayName eq "two"',
    'externalId eq "x"',
    `id eq "${id}" and members eq "usr_bo"`,
    'members.value eq "usr_bo"',
  ]) {
    await send('GET', `/Groups?filter=${encodeURIComponent(filter)}`)
  }
  for (const filter of [
    'userName eq "ana@plans.example"',
    'userName eq "nobody"',
    'externalId eq "x"',
    'emails.value eq "ana@plans.example"',
    'emails[type eq "work"].value eq "ana@plans.example"',
    'id eq "usr_ana"',
  ]) {
    await send('GET', `/Users?filter=${encodeURIComponent(filter)}`)
  }
  await scim.people.upsert(slug, [{ id: 'usr_late', userName: 'late@plans.example' }])
  const pending = await send('POST', '/Users', { userName: 'pat@plans.example' })
  const { id: pat } = (await pending.json()) as { id: string }
  await send('PATCH', `/Groups/${id}`, patch({ op: 'add', path: 'members', value: [{ value: pat }] }))
  const address = 'pat@plans.example'
  await scim.people.upsert(slug, [{ id: 'usr_pat', userName: 'pat', emails: [{ value: address, verified: true }] }])
  await send('GET', `/Users/${pat}`)
  await send('PATCH', '/Users/usr_ana', patch({ op: 'replace', path: 'active', value: false }))
  await send('DELETE', '/Users/usr_ana')
  await scim.people.remove(slug, ['usr_bo'])
  const group = await scim.groups.find(slug, 'two')
  await scim.groups.membersWithStates(slug, group?.id ?? '')
  await scim.people.find(slug, 'usr_pat')
  await scim.groups.members(slug, group?.id ?? '')
  await scim.groups.ofPerson(slug, 'usr_pat')
  await scim.groups.ofPerson(slug, 'usr_pat')
  await scim.workspaces.change(slug, { suspended: 'ignore' })
  await scim.changes.read(slug, { limit: 1 })
  await scim.changes.read(slug, { after: await scim.changes.end(slug) })
  await scim.changes.read(slug)
  await scim.problems.list(slug)
  const local = await scim.groups.create(slug, { displayName: 'Local', members: ['usr_stranger'] })
  await scim.problems.dismiss(slug, 'usr_stranger')
  await scim.groups.release(slug, local.id)
  await scim.people.reconcile(slug, [{ id: 'usr_ana', userName: value }])
  await lookAt({ scim, slug, send }, id)
  await scim.prune()
  await send('DELETE', `/Groups/${id}`)
  await guarded({ scim, slug, send })
  await history({ scim, slug, send }, id)
  await administration(scim, slug)
}

/** One of everything that an admin looks at: whether it works, and searches. */
async function lookAt({ scim, slug }: Life, group: string): Promise<void> {
  const [token] = await scim.tokens.list(slug)
  const filters = [
    { outcome: 'failed' },
    { outcome: 'ok', method: 'PATCH' },
    { group },
    { group, outcome: 'failed' },
    { person: 'usr_pat', method: 'GET' },
    { token: token?.id ?? '', from: 0, to: Date.now() },
  ] as const
  for (const filter of [{}, ...filters]) {
    for (const entry of await scim.activity.list(slug, filter)) await scim.activity.changes(slug, entry)
    await scim.activity.after(slug, { ...filter, after: '' })
  }
  await scim.health.list()
  await scim.health.list({ search: 'a' })
  await scim.health.ofWorkspace(slug)
  await scim.health.failures(slug)
  await scim.checklist(slug, 'other')
  const [first] = await scim.groups.list(slug, { order: 'name' })
  await scim.groups.list(slug, { search: 'o', after: first?.id ?? '' })
  await scim.groups.list(slug, { search: 'o', order: 'id' })
  await scim.groups.membersWithStates(slug, group, { search: 'p' })
  await scim.people.memberships(slug, 'usr_pat')
  for (const state of ['account', 'pending', 'suspended'] as const) await scim.people.list(slug, { state, search: 'a' })
}

/** One of everything that the guard does; what it holds is no fault of the store's. */
async function guarded({ scim, slug, send }: Life): Promise<void> {
  const people = ['usr_g1', 'usr_g2', 'usr_g3']
  await scim.people.upsert(
    slug,
    people.map((id) => ({ id, userName: id })),
  )
  const members = people.map((value) => ({ value }))
  const created = await send('POST', '/Groups', { displayName: 'Guarded', members })
  const { id } = (await created.json()) as { id: string }
  await scim.workspaces.change(slug, { guard: { on: true, limit: 1 } })
  const held = async (method: string, path: string, body?: unknown) => {
    const fault = await send(method, path, body).then(
      () => undefined,
      (error: Error) => error.message,
    )
    if (!fault?.includes('Held as hld_')) throw new Error(`${method} ${path} was not held: ${fault}`)
  }
  await held('PUT', `/Groups/${id}`, { displayName: 'Guarded', members: [] })
  await held('DELETE', `/Groups/${id}`)
  await send('DELETE', '/Users/usr_g1')
  await held('DELETE', '/Users/usr_g2')
  const [first, second] = await scim.holds.list(slug)
  await scim.holds.turnAway(slug, second?.id ?? '')
  await scim.holds.letThrough(slug, first?.id ?? '')
  await send('DELETE', '/Users/usr_g2')
  await send(
    'PATCH',
    `/Groups/${id}`,
    patch({ op: 'remove', path: 'members[display sw "z"]' }, { op: 'add', path: 'members', value: members }),
  )
  await scim.workspaces.change(slug, { guard: { on: false } })
}

/** One of everything that is asked of history. */
async function history({ scim, slug, send }: Life, deleted: string): Promise<void> {
  const created = await send('POST', '/Groups', {
    displayName: 'Two',
    externalId: 'e',
    members: [{ value: 'usr_pat' }],
  })
  const { id } = (await created.json()) as { id: string }
  await scim.history.explain(slug, 'pat', deleted)
  await scim.history.explain(slug, 'usr_ana', 'two')
  await scim.history.explain(slug, 'usr_ana', 'Local')
  const { entries } = await scim.history.ofGroup(slug, 'two')
  await scim.history.ofPerson(slug, 'pat')
  await scim.history.people(slug, entries[0]?.position ?? 0)
  await scim.history.membersAt(slug, id, Date.now())
  const { key } = await scim.history.previewRestore(slug, id, 0)
  await scim.history.restore(slug, id, 0, { confirm: key, admin: 'test' })
  await scim.history.erase(slug, 'pat', { by: 'test' })
}

/** One of everything that those ask for who look after a workspace, or the service. */
async function administration(scim: Scim, slug: string): Promise<void> {
  const from = { address: '192.0.2.7', client: 'Browser/1' }
  for (const workspace of [slug, null]) {
    const { key, text } = await scim.apiKeys.issue({
      name: 'Billing',
      scopes: ['people:read'],
      workspace,
      expiresAt: null,
      by: 'test',
    })
    await scim.apiKeys.authenticate(text, from)
    await scim.apiKeys.find(key.id)
    await scim.apiKeys.list(workspace)
    await scim.apiKeys.revoke(workspace, key.id)
    const actor = { kind: 'operator', id: 'op', name: 'test' }
    const entry = { workspace, actor, address: null, action: 'issueKey', target: key.id, status: 201 }
    await scim.audit.write({ ...entry, details: { name: 'Billing' } })
    const begun = await scim.audit.begin(entry)
    // What is settled already is looked for.
    for (const status of [201, 500]) await begun.settle({ status })
    await scim.audit.write({ ...entry, read: true })
    for (const reads of [false, true]) await scim.audit.list(workspace, { reads })
  }
  const { link, secret } = await scim.setupLinks.create(slug, { provider: 'entra', by: 'test' })
  const { session } = await scim.setupLinks.claim(secret, from)
  await scim.setupLinks.issueToken(session, from)
  await scim.setupLinks.issueToken(session, from)
  await scim.setupLinks.open(session)
  await scim.setupLinks.revoke(slug, link.id, { token: true })
  await scim.setupLinks.list(slug)
}
