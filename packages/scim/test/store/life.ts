import { SCIM_PATH, type Scim } from '../../src/index.ts'

type Send = (method: string, path: string, body?: unknown) => Promise<Response>

/** Asks as a provider does; whatever comes, it is no fault of the store's. */
function sender(scim: Scim, token: string): Send {
  return async (method, path, body) => {
    const response = await scim.fetch(
      new Request(`https://app.optimaite.example${SCIM_PATH}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    )
    if (response.status >= 500) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return response
  }
}

function patch(...operations: unknown[]) {
  return { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations }
}

/** One of everything that a provider and a host do, in a workspace of that name, which is made for it. */
export async function live(scim: Scim, workspace: string): Promise<void> {
  await scim.workspaces.create(workspace, { name: 'Plans', scim: true, unknownUsers: 'pending' })
  const { text: token } = await scim.tokens.issue(workspace, { label: 'test', createdBy: 'test' })
  const send = sender(scim, token)
  const value = 'ana@plans.example'
  await scim.people.upsert(workspace, [{ id: 'usr_ana', userName: value, emails: [{ value, verified: true }] }])
  await scim.people.upsert(workspace, [{ id: 'usr_bo', userName: 'bo@plans.example' }])
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
  await scim.people.upsert(workspace, [{ id: 'usr_late', userName: 'late@plans.example' }])
  const pending = await send('POST', '/Users', { userName: 'pat@plans.example' })
  const { id: pat } = (await pending.json()) as { id: string }
  await send('PATCH', `/Groups/${id}`, patch({ op: 'add', path: 'members', value: [{ value: pat }] }))
  const address = 'pat@plans.example'
  await scim.people.upsert(workspace, [
    { id: 'usr_pat', userName: 'pat', emails: [{ value: address, verified: true }] },
  ])
  await send('GET', `/Users/${pat}`)
  await send('PATCH', '/Users/usr_ana', patch({ op: 'replace', path: 'active', value: false }))
  await send('DELETE', '/Users/usr_ana')
  await scim.people.remove(workspace, ['usr_bo'])
  const group = await scim.groups.find(workspace, 'two')
  await scim.groups.membersWithStates(workspace, group?.id ?? '')
  await scim.people.find(workspace, 'usr_pat')
  await scim.groups.members(workspace, group?.id ?? '')
  await scim.groups.ofPerson(workspace, 'usr_pat')
  await scim.groups.ofPerson(workspace, 'usr_pat')
  await scim.workspaces.change(workspace, { suspended: 'ignore' })
  await scim.changes.read(workspace, { limit: 1 })
  await scim.changes.read(workspace, { after: await scim.changes.end(workspace) })
  await scim.changes.read(workspace)
  await scim.problems.list(workspace)
  const local = await scim.groups.create(workspace, { displayName: 'Local', members: ['usr_stranger'] })
  await scim.problems.dismiss(workspace, 'usr_stranger')
  await scim.groups.release(workspace, local.id)
  await scim.people.reconcile(workspace, [{ id: 'usr_ana', userName: value }])
  await scim.activity.list(workspace)
  await scim.prune()
  await send('DELETE', `/Groups/${id}`)
  await history(scim, workspace, send, id)
}

/** One of everything that is asked of history. */
async function history(scim: Scim, workspace: string, send: Send, deleted: string): Promise<void> {
  const created = await send('POST', '/Groups', {
    displayName: 'Two',
    externalId: 'e',
    members: [{ value: 'usr_pat' }],
  })
  const { id } = (await created.json()) as { id: string }
  await scim.history.explain(workspace, 'pat', deleted)
  await scim.history.explain(workspace, 'usr_ana', 'two')
  await scim.history.explain(workspace, 'usr_ana', 'Local')
  const { entries } = await scim.history.ofGroup(workspace, 'two')
  await scim.history.ofPerson(workspace, 'pat')
  await scim.history.people(workspace, entries[0]?.position ?? 0)
  await scim.history.membersAt(workspace, id, Date.now())
  const { key } = await scim.history.previewRestore(workspace, id, 0)
  await scim.history.restore(workspace, id, 0, { confirm: key, admin: 'test' })
  await scim.history.erase(workspace, 'pat', { by: 'test' })
}
