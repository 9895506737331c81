import { describe, expect, test } from 'vitest'
import { workspacesPage } from '../../src/store/health.ts'
import { Client } from '../people/support.ts'
import { ADMIN, keyFor, OPERATOR, openAdmin } from './support.ts'

describe('workspaces', () => {
  test('are made, changed and removed by an operator', async () => {
    const operator = (await openAdmin()).as(OPERATOR)
    const { json: made } = await operator.post('/workspaces', { slug: 'zeta', name: 'Zeta', unknownUsers: 'pending' })
    expect(made).toMatchObject({ slug: 'zeta', name: 'Zeta', scim: false, unknownUsers: 'pending', activityDays: 90 })
    expect(made.scimUrl).toBe('https://scim.example/api/auth/scim/v2')
    expect((await operator.patch('/workspaces/zeta', { scim: true, activityDays: 30 })).json).toMatchObject({
      ...{ scim: true, activityDays: 30, unknownUsers: 'pending' },
    })
    expect((await operator.get('/workspaces/zeta')).json.scim).toBe(true)
    expect((await operator.delete('/workspaces/zeta')).status).toBe(204)
    expect((await operator.get('/workspaces/zeta')).status).toBe(404)
    expect((await operator.delete('/workspaces/zeta')).status).toBe(404)
  })

  test('are refused with what is wrong', async () => {
    const operator = (await openAdmin()).as(OPERATOR)
    const code = async (body: unknown) => (await operator.post('/workspaces', body)).json.code
    expect(await code({ slug: 'acme', name: 'A' })).toBe('workspace_taken')
    expect(await code({ slug: 'A b', name: 'A' })).toBe('workspace_slug')
    expect(await code({ slug: 'zeta', name: ' ' })).toBe('invalid_request')
    const { json } = await operator.patch('/workspaces/acme', { activityDays: 0, colour: 'red', guard: { limit: '1' } })
    expect(json.problems.map(({ path }: { path: string }) => path).sort()).toEqual([
      'activityDays',
      'colour',
      'guard.limit',
    ])
    expect((await operator.patch('/workspaces/none', { name: 'A' })).json.code).toBe('workspace_unknown')
  })

  test('are changed by their admins, but for SCIM, which operators turn on and off', async () => {
    const service = await openAdmin()
    const admin = service.as(ADMIN)
    expect((await admin.patch('/workspaces/acme', { suspended: 'ignore' })).json.suspended).toBe('ignore')
    for (const scim of [true, false])
      expect((await admin.patch('/workspaces/acme', { scim, name: 'New' })).status).toBe(403)
    expect((await admin.get('/workspaces/acme')).json.name).toBe('acme Inc.')
    const key = await keyFor(service, 'acme', 'settings:write')
    expect((await service.bearing(`Bearer ${key}`).patch('/workspaces/acme', { scim: false })).status).toBe(403)
    const strong = await keyFor(service, 'acme', 'settings:write', 'workspaces:write')
    expect((await service.bearing(`Bearer ${strong}`).patch('/workspaces/acme', { scim: false })).json.scim).toBe(false)
  })

  test('are listed to each as far as they reach', async () => {
    const service = await openAdmin()
    for (const slug of ['beta', 'zeta']) await service.scim.workspaces.create(slug, { name: slug })
    const slugs = async (who: ReturnType<typeof service.as>, query = '') =>
      (await who.get(`/workspaces${query}`)).json.items.map(({ slug }: { slug: string }) => slug)
    expect(await slugs(service.as(OPERATOR))).toEqual(['acme', 'beta', 'zeta'])
    expect(await slugs(service.as(ADMIN))).toEqual(['acme'])
    const both = service.as({ ...ADMIN, workspaces: ['zeta', 'acme', 'gone', 'zeta'] } as never)
    expect(await slugs(both)).toEqual(['acme', 'zeta'])
    const key = await keyFor(service, 'beta', 'workspaces:read')
    expect(await slugs(service.bearing(`Bearer ${key}`))).toEqual(['beta'])
    for (const query of ['?limit=1', '?limit=1&health=true']) {
      const first = (await service.as(OPERATOR).get(`/workspaces${query}`)).json
      expect(first.items).toMatchObject([{ slug: 'acme' }])
      expect(await slugs(service.as(OPERATOR), `${query}&after=${first.next}`)).toEqual(['beta'])
      const own = (await both.get(`/workspaces${query}`)).json
      expect(await slugs(both, `?limit=9&after=${own.next}`)).toEqual(['zeta'])
    }
  })

  test('are listed by what needs attention, whatever page that would be on, and counted by state', async () => {
    const service = await openAdmin()
    const operator = service.as(OPERATOR)
    for (const slug of ['beta', 'delta', 'eta', 'zeta'])
      await service.scim.workspaces.create(slug, { name: slug, scim: slug !== 'delta' })
    const { text } = await service.scim.tokens.issue('zeta', { label: 'Okta', provider: 'okta', createdBy: 'test' })
    const zeta = new Client(service.scim, 'zeta', text, service.client.folder, service.client.clock)
    await service.client.get('/Users')
    expect((await zeta.post('/Users', {})).status).toBe(400)
    const slugs = async (query: string, who = operator) => {
      const { json } = await who.get(`/workspaces?${query}`)
      return json.items.map(({ slug }: { slug: string }) => slug)
    }
    const { json } = await operator.get('/workspaces?sort=attention&limit=2')
    expect(json.items).toMatchObject([
      { slug: 'zeta', health: { state: 'failing' } },
      { slug: 'beta', health: { state: 'waiting' } },
    ])
    expect(json.states).toEqual({ failing: 1, silent: 0, waiting: 2, healthy: 1, off: 1 })
    expect(await slugs(`sort=attention&after=${json.next}`)).toEqual(['eta', 'acme', 'delta'])
    expect(await slugs('state=failing,off')).toEqual(['delta', 'zeta'])
    expect(await slugs('state=failing,off&sort=attention')).toEqual(['zeta', 'delta'])
    expect(await slugs('state=silent')).toEqual([])
    expect(await slugs('sort=attention&search=ETA')).toEqual(['zeta', 'beta', 'eta'])
    const first = (await operator.get('/workspaces?state=waiting&limit=1')).json
    expect(await slugs(`state=waiting&limit=1&after=${first.next}`)).toEqual(['eta'])
    const own = service.as({ ...ADMIN, workspaces: ['zeta', 'acme'] } as never)
    expect(await slugs('sort=attention', own)).toEqual(['zeta', 'acme'])
    expect((await own.get('/workspaces?state=failing')).json.states).toMatchObject({ failing: 1, healthy: 1, off: 0 })
    const key = await keyFor(service, 'beta', 'workspaces:read')
    expect(await slugs('sort=attention', service.bearing(`Bearer ${key}`))).toEqual(['beta'])
    expect((await operator.get('/workspaces?state=ill')).json.problems).toMatchObject([{ path: 'state' }])
  })

  test('tell how their integration is', async () => {
    const service = await openAdmin()
    const admin = service.as(ADMIN)
    expect((await admin.get('/workspaces/acme/health')).json).toMatchObject({
      state: 'waiting',
      people: 0,
      lastContact: null,
    })
    await service.client.upsert({ id: 'usr_a', userName: 'ana' })
    await service.client.group('Sales', 'usr_a')
    const { json } = await admin.get('/workspaces/acme/health')
    expect(json).toMatchObject({ state: 'healthy', people: 1, groups: 1, lastContact: '2026-01-31T12:00:00.000Z' })
    expect((await service.as(OPERATOR).get('/workspaces?health=true')).json.items[0].health).toEqual(json)
    expect((await admin.get('/workspaces')).json.items[0].health).toBeUndefined()
    const checklist = (await admin.get('/workspaces/acme/checklist?provider=other')).json
    expect(checklist.items.map(({ step }: { step: string }) => step)).toEqual([
      ...['contact', 'token', 'lookup', 'person', 'group', 'member'],
    ])
    expect((await admin.get('/workspaces/acme/checklist')).json.problems).toMatchObject([{ path: 'provider' }])
  })

  test('show what is open by cause, and let it be dismissed', async () => {
    const service = await openAdmin()
    const admin = service.as(ADMIN)
    expect((await admin.get('/workspaces/acme/problems')).json.items).toEqual([])
    await service.client.upsert({ id: 'usr_a', userName: 'ana' })
    const group = await service.client.group('Sales', 'usr_a', 'usr_x', 'usr_y')
    await service.client.remove('usr_a')
    const { items } = (await admin.get('/workspaces/acme/problems')).json
    expect(items).toMatchObject([
      { cause: 'member_unknown', count: 2, dismissible: true },
      { cause: 'member_removed', count: 1, examples: [{ id: 'usr_a', groups: [{ id: group, displayName: 'Sales' }] }] },
    ])
    for (const words of items.flatMap(({ title, fix }: { title: object; fix: object }) => [title, fix]))
      expect(words).toEqual({ en: expect.any(String), de: expect.any(String) })
    expect((await admin.post('/workspaces/acme/problems/usr_x/dismiss')).status).toBe(204)
    expect((await admin.post('/workspaces/acme/problems/usr_x/dismiss')).json.code).toBe('problem_unknown')
    expect((await admin.get('/workspaces/acme/problems')).json.items[0].count).toBe(1)
  })

  test('show every open problem of a cause, page by page, with every group that names it', async () => {
    const service = await openAdmin()
    const admin = service.as(ADMIN)
    const strangers = Array.from({ length: 60 }, (_, i) => `usr_x${String(i).padStart(2, '0')}`)
    for (let i = 0; i < 25; i++)
      await service.client.group(`Group ${i}`, ...(i === 0 ? strangers.toReversed() : ['usr_x59']))
    const { items } = (await admin.get('/workspaces/acme/problems')).json
    expect(items).toMatchObject([{ cause: 'member_unknown', count: 60 }])
    const idsOf = (examples: { id: string }[]) => examples.map(({ id }) => id)
    expect(idsOf(items[0].examples)).toEqual(strangers.slice(0, 50))
    const path = '/workspaces/acme/problems/member_unknown'
    const first = (await admin.get(`${path}?limit=50`)).json
    expect(first.items).toEqual(items[0].examples)
    // What is put aside meanwhile moves nothing past the reader.
    expect((await admin.post('/workspaces/acme/problems/usr_x49/dismiss')).status).toBe(204)
    const rest = (await admin.get(`${path}?limit=50&after=${first.next}`)).json
    expect([idsOf(rest.items), rest.next]).toEqual([strangers.slice(50), null])
    expect(rest.items.at(-1).groups).toHaveLength(25)
    expect((await admin.get('/workspaces/acme/problems/token_expiring')).json).toEqual({ items: [], next: null })
    expect((await admin.get('/workspaces/acme/problems/mood')).json.problems).toMatchObject([{ path: 'cause' }])
    expect((await admin.get(`${path}?after=x`)).json.code).toBe('invalid_cursor')
  })

  test('are searched by name and slug in any case, page by page, by each within what they reach', async () => {
    const service = await openAdmin()
    const names = { 'nord-1': 'Straße', 'nord-2': 'ÉCLAIR', 'nord-3': 'E\u0301clair & Co', 'sued-1': 'North 100%' }
    for (const [slug, name] of Object.entries(names)) await service.scim.workspaces.create(slug, { name })
    const found = async (who: ReturnType<typeof service.as>, search: string, more = '') => {
      const { items, next } = (await who.get(`/workspaces?search=${encodeURIComponent(search)}${more}`)).json
      return [items.map(({ slug }: { slug: string }) => slug), next]
    }
    const operator = service.as(OPERATOR)
    const admin = service.as({ ...ADMIN, workspaces: ['acme', 'nord-2', 'nord-3', 'gone', 'sued-1'] } as never)
    for (const health of ['', '&health=true']) {
      expect(await found(operator, 'éclair', health)).toEqual([['nord-2', 'nord-3'], null])
      expect(await found(operator, ' NORD-', health)).toEqual([['nord-1', 'nord-2', 'nord-3'], null])
      expect(await found(operator, '%', health)).toEqual([['sued-1'], null])
      expect(await found(operator, 'nowhere', health)).toEqual([[], null])
      expect(await found(operator, ' ', health)).toEqual([['acme', ...Object.keys(names)], null])
      const [first, next] = await found(operator, 'nor', `&limit=2${health}`)
      expect(first).toEqual(['nord-1', 'nord-2'])
      const rest = await found(operator, 'nor', `&limit=2&after=${next}${health}`)
      expect(rest[0]).toEqual(['nord-3', 'sued-1'])
      const [own, ownNext] = await found(admin, 'nor', `&limit=2${health}`)
      expect(own).toEqual(['nord-2', 'nord-3'])
      expect(await found(admin, 'nor', `&limit=2&after=${ownNext}${health}`)).toEqual([['sued-1'], null])
      expect(await found(admin, 'Straße', health)).toEqual([[], null])
    }
  })

  test('are looked through in windows, until a page is full or there are no more', async () => {
    const { scim } = await openAdmin()
    for (const slug of ['b', 'c1', 'd', 'e', 'f1', 'g1']) await scim.workspaces.create(slug, { name: slug })
    const page = (after: string, limit: number) => workspacesPage(scim.store, { after, limit, search: '1', window: 2 })
    const first = await page('', 2)
    expect(first).toMatchObject({ rows: [{ slug: 'c1' }, { slug: 'f1' }], next: 'f1' })
    expect(await page('f1', 2)).toMatchObject({ rows: [{ slug: 'g1' }], next: undefined })
    expect(await page('g1', 2)).toEqual({ rows: [], next: undefined })
  })
})
