import { describe, expect, test } from 'vitest'
import type { AdminPorts } from '../../src/admin-api/ports.ts'
import { RecordedReads } from '../../src/admin-api/reads.ts'
import { HOUR } from '../../src/base/clock.ts'
import { ADDRESS, ADMIN, type Admin, keyFor, OPERATOR, openAdmin } from './support.ts'

const OLGA = { kind: 'operator', id: 'adm_olga', name: 'Olga' }
const WIM = { kind: 'workspace_admin', id: 'adm_wim', name: 'Wim' }

const rehearsals: AdminPorts['rehearsals'] = {
  providers: async () => [],
  isScratch: () => false,
  play: async (provider) =>
    provider === 'entra' ? { provider, ok: true, total: 0, stopped: null, milliseconds: 1, steps: [] } : undefined,
}

describe('the audit trail', () => {
  test('has every write, done or refused, with who, whence and what, and no read unless asked', async () => {
    const service = await openAdmin()
    const [admin, operator] = [service.as(ADMIN), service.as(OPERATOR)]
    const { json: group } = await admin.post('/workspaces/acme/groups', { displayName: 'Sales' })
    await admin.get('/workspaces/acme/groups')
    await admin.post('/workspaces/acme/groups', { displayName: 'sales' })
    await admin.delete(`/workspaces/acme/groups/${group.id}`)
    await admin.delete('/workspaces/acme/people/ana@a.example')
    await operator.patch('/workspaces/acme', { scim: false })
    const { json } = await admin.get('/workspaces/acme/audit')
    const told = json.items.map(({ id, at, ...entry }: { id: string; at: string }) => {
      expect(id).toMatch(/^aud_/)
      expect(at).toBe('2026-01-31T12:00:00.000Z')
      return entry
    })
    const common = { workspace: 'acme', address: ADDRESS, details: null, read: false }
    expect(told).toEqual([
      { ...common, actor: OLGA, action: 'changeWorkspace', target: null, status: 200, details: { scim: 'off' } },
      { ...common, actor: WIM, action: 'removePerson', target: '…', status: 404 },
      { ...common, actor: WIM, action: 'deleteGroup', target: group.id, status: 204 },
      { ...common, actor: WIM, action: 'createGroup', target: null, status: 409 },
      { ...common, actor: WIM, action: 'createGroup', target: group.id, status: 201 },
    ])
  })

  test('says which setting got which value, and which provider was rehearsed', async () => {
    const service = await openAdmin({ ports: { rehearsals } })
    const [admin, operator] = [service.as(ADMIN), service.as(OPERATOR)]
    await operator.post('/workspaces', { slug: 'beta', name: 'Beta', unknownUsers: 'pending' })
    await admin.patch('/workspaces/acme', { unknownMembers: 'reject', activityDays: 30 })
    await admin.patch('/workspaces/acme', { guard: { on: true, limit: 50 } })
    await admin.patch('/workspaces/acme', { scim: true })
    await admin.post('/workspaces/acme/rehearsals', { provider: 'entra' })
    await admin.post('/workspaces/acme/rehearsals', { provider: 'a secret' })
    const detailsOf = async (path: string) =>
      (await operator.get(path)).json.items.map(({ details }: { details: unknown }) => details)
    expect(await detailsOf('/workspaces/acme/audit')).toEqual([
      null,
      { provider: 'entra' },
      { scim: 'on' },
      { guard: 'on', guardLimit: 50 },
      { unknownMembers: 'reject', activityDays: 30 },
    ])
    expect(await detailsOf('/audit')).toEqual([{ unknownUsers: 'pending' }])
  })

  test('has every refusal, which names its entry; of a workspace out of reach in the service’s trail', async () => {
    const service = await openAdmin()
    await service.scim.workspaces.create('zeta', { name: 'Zeta' })
    const admin = service.as(ADMIN)
    const refused = [
      await admin.get('/keys'),
      await admin.delete('/workspaces/acme'),
      await admin.get('/workspaces/zeta/tokens'),
      await admin.patch('/workspaces/acme', { scim: true }),
      await admin.with({ origin: 'https://evil.example' }).post('/workspaces/acme/groups', { displayName: 'A' }),
    ]
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 404, 403, 403])
    const [own, service_] = [
      (await service.as(OPERATOR).get('/workspaces/acme/audit')).json.items,
      (await service.as(OPERATOR).get('/audit')).json.items,
    ]
    const ids = [...own, ...service_].map(({ id }: { id: string }) => id).sort()
    expect(ids).toEqual(refused.map(({ json }) => json.request).sort())
    expect((await service.as(OPERATOR).get('/workspaces/zeta/audit')).json.items).toEqual([])
    expect(service_.map(({ action, target }: { action: string; target: string }) => [action, target])).toEqual([
      ['listTokens', 'zeta'],
      ['listKeys', null],
    ])
  })

  test('holds neither bodies nor queries, nor what keys and tokens are', async () => {
    const service = await openAdmin()
    const admin = service.as(ADMIN)
    const { json: issued } = await admin.post('/workspaces/acme/tokens', { label: 'Secret-label' })
    const { json: key } = await admin.post('/workspaces/acme/keys', { name: 'Host', scopes: ['people:read'] })
    const { json: link } = await admin.post('/workspaces/acme/setup-links', { provider: 'okta', note: 'for Ana' })
    await admin.get('/keys?secret=query')
    const people = [{ id: 'usr_ana', userName: 'ana@a.example', displayName: 'Ana Lovelace' }]
    await admin.post('/workspaces/acme/people/bulk', { people })
    await admin.post('/workspaces/acme/groups', { displayName: 'Sales', members: ['usr_ana'] })
    await admin.post('/workspaces/acme/people/ana@a.example/erase')
    const trail = JSON.stringify((await admin.get('/workspaces/acme/audit')).json)
    for (const secret of [issued.text, key.text, link.url.split('#')[1], 'ana@', 'Lovelace', 'query', 'Secret-label'])
      expect(trail).not.toContain(secret)
    expect(trail).toContain(issued.token.id)
    expect(trail).toContain(key.key.id)
    expect(trail).toContain('"target":"usr_ana"')
  })

  test('names a key by itself, and what it did in history by its name', async () => {
    const service = await openAdmin()
    const text = await keyFor(service, 'acme', 'groups:write', 'groups:read', 'audit:read')
    const host = service.bearing(`Bearer ${text}`)
    const { json: group } = await host.post('/workspaces/acme/groups', { displayName: 'Sales' })
    const [entry] = (await host.get('/workspaces/acme/audit')).json.items
    expect(entry).toMatchObject({ actor: { kind: 'api_key', name: 'Host' }, action: 'createGroup', target: group.id })
    const history = (await host.get(`/workspaces/acme/groups/${group.id}/history`)).json
    expect(history.items[0].actor).toEqual({ kind: 'admin', label: 'API key Host' })
  })

  test('of a workspace that is gone stays with the service', async () => {
    const operator = (await openAdmin()).as(OPERATOR)
    await operator.post('/workspaces', { slug: 'zeta', name: 'Zeta' })
    expect((await operator.delete('/workspaces/zeta')).status).toBe(204)
    const actions = (await operator.get('/audit')).json.items.map(
      ({ action, target }: { action: string; target: string }) => `${action} ${target}`,
    )
    expect(actions).toEqual(['deleteWorkspace zeta', 'createWorkspace zeta'])
  })

  test('has a change before it is done, so that none goes unrecorded where the process ends in its midst', async () => {
    const service = await openAdmin()
    const { tokens, workspaces } = service.scim
    const midst = (library: object, name: string) =>
      new Promise<void>((resolve) => {
        const never = () => {
          resolve()
          return new Promise(() => {})
        }
        Object.assign(library, { [name]: never })
      })
    const [inToken, inRemoval] = [midst(tokens, 'issue'), midst(workspaces, 'remove')]
    void service.as(ADMIN).post('/workspaces/acme/tokens', { label: 'New' })
    void service.as(OPERATOR).delete('/workspaces/acme')
    await Promise.all([inToken, inRemoval])
    const unknown = { status: null, details: null }
    const own = (await service.as(ADMIN).get('/workspaces/acme/audit')).json.items
    expect(own).toMatchObject([{ ...unknown, actor: WIM, action: 'issueToken', target: null }])
    // It would go together with the workspace.
    const services = (await service.as(OPERATOR).get('/audit')).json.items
    expect(services).toMatchObject([{ ...unknown, actor: OLGA, action: 'deleteWorkspace', target: 'acme' }])
  })

  test('that cannot be written lets nothing be done', async () => {
    const service = await openAdmin()
    const broken = new Error('no disk')
    const refuse = () => Promise.reject(broken)
    Object.assign(service.scim.audit, { begin: refuse, write: refuse })
    const { status, json } = await service.as(ADMIN).post('/workspaces/acme/tokens', { label: 'New' })
    expect([status, json.code]).toEqual([500, 'internal'])
    expect(await service.scim.tokens.list('acme')).not.toContainEqual(expect.objectContaining({ label: 'New' }))
    expect(service.faults).toContain(broken)
    const refused = await service.as(ADMIN).get('/keys')
    expect([refused.status, refused.json.request]).toEqual([403, undefined])
  })

  test('that cannot say how a change ended makes no success of it, and no secret is answered', async () => {
    const service = await openAdmin()
    const broken = new Error('no disk')
    const { begin } = service.scim.audit
    Object.assign(service.scim.audit, {
      begin: async (...given: Parameters<typeof begin>) => ({
        ...(await begin(...given)),
        settle: () => Promise.reject(broken),
      }),
    })
    const { status, json } = await service.as(ADMIN).post('/workspaces/acme/tokens', { label: 'New' })
    expect([status, json.code]).toEqual([500, 'answer_lost'])
    expect(JSON.stringify(json)).not.toContain('opt_scim_')
    expect(service.faults).toContain(broken)
    const { items } = (await service.as(ADMIN).get('/workspaces/acme/audit')).json
    expect(items).toMatchObject([{ action: 'issueToken', status: null }])
  })

  test('comes in pages', async () => {
    const admin = (await openAdmin()).as(ADMIN)
    for (const name of ['A', 'B', 'C']) await admin.post('/workspaces/acme/groups', { displayName: name })
    const first = (await admin.get('/workspaces/acme/audit?limit=2')).json
    const second = (await admin.get(`/workspaces/acme/audit?limit=2&after=${first.next}`)).json
    expect([first.items.length, second.items.length, second.next]).toEqual([2, 1, null])
  })
})

/** Of whatever was read, who read it by which operation, the oldest first; the library is asked, since asking the API is read itself. */
async function readsIn({ scim }: Admin, slug: string | null): Promise<string[]> {
  const { entries } = await scim.audit.list(slug, { reads: true, limit: 1_000 })
  return entries
    .filter(({ read }) => read)
    .map(({ actor, action }) => `${actor.name} ${action}`)
    .reverse()
}

describe('reads', () => {
  test('of a key have one entry an hour for each operation, which lists leave out unless asked', async () => {
    const service = await openAdmin()
    const host = service.bearing(`Bearer ${await keyFor(service, 'acme', 'groups:read', 'groups:write')}`)
    const { json: group } = await host.post('/workspaces/acme/groups', { displayName: 'Sales' })
    for (const _ of [1, 2]) expect((await host.get('/workspaces/acme/groups')).status).toBe(200)
    await host.get(`/workspaces/acme/groups/${group.id}`)
    const admin = service.as(ADMIN)
    const listed = (await admin.get('/workspaces/acme/audit')).json.items
    expect(listed).toMatchObject([{ action: 'createGroup', read: false }])
    expect((await admin.get('/workspaces/acme/audit?reads=false')).json.items).toEqual(listed)
    const { items } = (await admin.get('/workspaces/acme/audit?reads=true')).json
    const common = { workspace: 'acme', address: ADDRESS, target: null, status: 200, details: null, read: true }
    expect(items).toEqual([
      expect.objectContaining({ ...common, actor: WIM, action: 'readWorkspaceAudit' }),
      expect.objectContaining({ ...common, actor: expect.objectContaining({ kind: 'api_key' }), action: 'getGroup' }),
      expect.objectContaining({ ...common, actor: expect.objectContaining({ kind: 'api_key' }), action: 'listGroups' }),
      ...listed,
    ])
    const refused = await admin.get('/workspaces/acme/audit?reads=perhaps')
    expect([refused.status, refused.json.code]).toEqual([400, 'invalid_request'])
  })

  test('by others, in other workspaces, and in the next hour, have entries of their own', async () => {
    const service = await openAdmin()
    await service.scim.workspaces.create('zeta', { name: 'Zeta' })
    const [admin, operator] = [service.as(ADMIN), service.as(OPERATOR)]
    const all = async () => {
      for (const _ of [1, 2]) {
        for (const caller of [admin, operator]) await caller.get('/workspaces/acme/people')
        await operator.get('/workspaces/zeta/people')
        await operator.get('/workspaces')
        await operator.get('/audit?reads=true')
      }
    }
    service.client.clock.now += HOUR - 1
    await all()
    service.client.clock.now -= HOUR - 1
    await all()
    service.client.clock.now += HOUR
    await all()
    const inAcme = ['Wim listPeople', 'Olga listPeople']
    expect(await readsIn(service, 'acme')).toEqual([...inAcme, ...inAcme])
    expect(await readsIn(service, 'zeta')).toEqual(['Olga listPeople', 'Olga listPeople'])
    const ofService = ['Olga listWorkspaces', 'Olga readAudit']
    expect(await readsIn(service, null)).toEqual([...ofService, ...ofService])
  })

  test('at once leave one entry', async () => {
    const service = await openAdmin()
    const admin = service.as(ADMIN)
    const answers = await Promise.all(Array.from({ length: 8 }, () => admin.get('/workspaces/acme/people')))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    expect(await readsIn(service, 'acme')).toEqual(['Wim listPeople'])
  })

  test('that came to nothing leave none, those that were refused theirs as ever, each', async () => {
    const service = await openAdmin()
    const admin = service.as(ADMIN)
    await admin.get('/workspaces/acme/people/usr_nobody')
    for (const _ of [1, 2]) await admin.get('/keys')
    expect(await readsIn(service, 'acme')).toEqual([])
    const refused = (await service.as(OPERATOR).get('/audit')).json.items
    const entry = { action: 'listKeys', status: 403, read: false }
    expect(refused).toMatchObject([entry, entry])
  })

  test('of nothing that is anybody’s leave none: who asks, the document, what a setup link shows', async () => {
    const service = await openAdmin()
    const admin = service.as(ADMIN)
    expect((await admin.get('/me')).status).toBe(200)
    expect((await admin.get('/openapi.json')).status).toBe(200)
    const { secret } = await service.scim.setupLinks.create('acme', { provider: 'okta', by: 'test' })
    const { session } = await service.scim.setupLinks.claim(secret, { address: null, client: null })
    const contact = service.as(undefined).with({ cookie: `optimaite_setup=${session}` })
    for (const path of ['/setup', '/setup/checklist']) expect((await contact.get(path)).status).toBe(200)
    for (const slug of ['acme', null]) expect(await readsIn(service, slug)).toEqual([])
  })

  test('that cannot be recorded are not answered, until they can', async () => {
    const service = await openAdmin()
    const admin = service.as(ADMIN)
    const broken = new Error('no disk')
    const { write } = service.scim.audit
    Object.assign(service.scim.audit, { write: () => Promise.reject(broken) })
    const { status, json } = await admin.get('/workspaces/acme/people')
    expect([status, json.code, json.items]).toEqual([500, 'internal', undefined])
    expect(service.faults).toContain(broken)
    expect((await admin.get('/me')).status).toBe(200)
    Object.assign(service.scim.audit, { write })
    expect((await admin.get('/workspaces/acme/people')).status).toBe(200)
    expect(await readsIn(service, 'acme')).toEqual(['Wim listPeople'])
  })

  test('are remembered up to a bound: what was forgotten is recorded again', async () => {
    const reads = new RecordedReads(2)
    const written: string[] = []
    for (const read of ['a', 'b', 'a', 'c', 'b', 'a', 'c']) await reads.record(read, 0, async () => written.push(read))
    expect(written).toEqual(['a', 'b', 'c', 'a'])
  })
})
