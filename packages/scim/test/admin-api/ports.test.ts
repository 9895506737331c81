import { describe, expect, test } from 'vitest'
import type { AdminPorts } from '../../src/admin-api/ports.ts'
import { AdminRefused } from '../../src/admin-api/refusals.ts'
import type { Admin as Somebody } from '../../src/admin-api/schemas/admins.ts'
import { ADMIN, OPERATOR, openAdmin } from './support.ts'

const BEN: Somebody = {
  ...{ id: 'adm_ben', email: 'ben@a.example', name: null, role: 'workspace_admin', workspaces: ['acme'] },
  ...{ state: 'invited', twoFactor: false, createdAt: '2026-01-31T12:00:00.000Z', lastSignInAt: null },
}

const BASE_URL = { name: 'baseUrl', label: 'Base URL', text: '{{baseUrl}}' }

function portsOf(): { ports: AdminPorts; calls: unknown[] } {
  const calls: unknown[] = []
  const known = (...slugs: readonly (string | null)[]): void => {
    if (slugs.includes('none')) throw new AdminRefused('workspace_unknown', { workspace: 'none' })
  }
  const ports: AdminPorts = {
    admins: {
      list: async (workspace) => {
        known(workspace)
        calls.push(['list', workspace])
        return [BEN]
      },
      invite: async (workspaces, admin, by) => {
        known(...(workspaces ?? []))
        calls.push(['invite', workspaces, admin.email, by.name])
        if (admin.email === BEN.email) throw new AdminRefused('admin_refused', { reason: 'Ben is there already.' })
        return { admin: { ...BEN, email: admin.email }, url: 'https://scim.example/invitation#secret' }
      },
      remove: async (workspace, id) => {
        calls.push(['remove', workspace, id])
        return id === BEN.id
      },
    },
    rehearsals: {
      providers: async () => [{ name: 'entra', title: 'Microsoft Entra ID' }],
      isScratch: (slug) => slug === 'beta-scratch',
      play: async (provider) =>
        provider === 'entra' ? { provider, ok: true, total: 0, stopped: null, milliseconds: 1, steps: [] } : undefined,
    },
    guides: {
      read: async (provider, language) =>
        provider === 'okta'
          ? { provider, language, title: 'Okta', values: [BASE_URL], sections: [{ title: 'A', markdown: 'B' }] }
          : undefined,
    },
  }
  return { ports, calls }
}

describe('what the service brings', () => {
  test('is said to be there', async () => {
    const { ports } = portsOf()
    const { json } = await (await openAdmin({ ports })).as(ADMIN).get('/me')
    expect(json.features).toEqual({ signIn: true, rehearsals: true, guides: true })
  })

  test('admins of a workspace are invited and removed by its admins, operators by operators', async () => {
    const { ports, calls } = portsOf()
    const service = await openAdmin({ ports })
    const [admin, operator] = [service.as(ADMIN), service.as(OPERATOR)]
    const path = '/workspaces/acme/admins'
    expect((await admin.get(path)).json.items).toEqual([BEN])
    const invited = await admin.post(path, { email: 'cleo@a.example' })
    expect(invited.json).toMatchObject({ admin: { email: 'cleo@a.example' }, url: expect.stringContaining('#') })
    const refused = await admin.post(path, { email: 'ben@a.example' })
    expect([refused.status, refused.json.detail]).toEqual([409, 'Ben is there already.'])
    expect((await admin.post(path, { email: 'nobody' })).json.problems).toMatchObject([{ path: 'email' }])
    expect((await admin.post(path, { email: 'a@a.example', role: 'operator' })).status).toBe(400)
    expect((await admin.delete(`${path}/adm_ben`)).status).toBe(204)
    expect((await admin.delete(`${path}/adm_x`)).json.code).toBe('admin_unknown')
    expect((await admin.post('/admins', { email: 'x@a.example' })).status).toBe(403)
    expect((await operator.post('/admins', { email: 'x@a.example' })).status).toBe(201)
    const both = { email: 'x@a.example', workspaces: ['acme', 'none'] }
    expect((await operator.post('/admins', both)).json.code).toBe('workspace_unknown')
    expect((await operator.post('/admins', { ...both, workspaces: ['acme'] })).status).toBe(201)
    expect((await operator.get('/workspaces/none/admins')).json.code).toBe('workspace_unknown')
    expect(calls).toEqual([
      ['list', 'acme'],
      ...[
        ['invite', ['acme'], 'cleo@a.example', 'Wim'],
        ['invite', ['acme'], 'ben@a.example', 'Wim'],
      ],
      ...[
        ['remove', 'acme', 'adm_ben'],
        ['remove', 'acme', 'adm_x'],
      ],
      ['invite', null, 'x@a.example', 'Olga'],
      ['invite', ['acme'], 'x@a.example', 'Olga'],
    ])
  })

  test('workspaces of rehearsals are not among those that operators list', async () => {
    const { ports } = portsOf()
    const service = await openAdmin({ ports })
    for (const slug of ['beta-scratch', 'zeta']) await service.scim.workspaces.create(slug, { name: slug })
    const all = async (query: string) => {
      const slugs: string[] = []
      for (let next: string | null = ''; next !== null; ) {
        const { json } = await service.as(OPERATOR).get(`/workspaces?limit=1${query}${next && `&after=${next}`}`)
        slugs.push(...json.items.map(({ slug }: { slug: string }) => slug))
        next = json.next
      }
      return slugs
    }
    expect(await all('')).toEqual(['acme', 'zeta'])
    expect(await all('&health=true')).toEqual(['acme', 'zeta'])
    expect((await service.as(OPERATOR).get('/workspaces/beta-scratch')).status).toBe(200)
  })

  test('rehearsals and guides are read', async () => {
    const { ports } = portsOf()
    const admin = (await openAdmin({ ports })).as(ADMIN)
    expect((await admin.get('/rehearsals/providers')).json.items).toHaveLength(1)
    const path = '/workspaces/acme/rehearsals'
    expect((await admin.post(path, { provider: 'entra' })).json).toMatchObject({ provider: 'entra', ok: true })
    expect((await admin.post(path, { provider: 'aol' })).json.code).toBe('rehearsal_unknown')
    expect((await admin.get('/guides/okta?language=de')).json).toMatchObject({ language: 'de', values: [BASE_URL] })
    expect((await admin.get('/guides/okta')).json).toMatchObject({ language: 'en' })
    expect((await admin.get('/guides/aol')).json.code).toBe('guide_unknown')
    expect((await admin.get('/guides/okta?language=fr')).status).toBe(400)
  })

  test('and without it its routes say so', async () => {
    const admin = (await openAdmin()).as(ADMIN)
    for (const path of ['/workspaces/acme/admins', '/rehearsals/providers', '/guides/okta']) {
      const { status, json } = await admin.get(path)
      expect([path, status, json.code]).toEqual([path, 404, 'not_installed'])
    }
  })
})
