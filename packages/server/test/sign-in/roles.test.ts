import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from '../support/server.ts'
import { accept, type Browser, bodyOf, browser, firstOperator, me, signInWith } from './browser.ts'

let server: TestServer
let operator: Browser

beforeEach(async () => {
  server = await startServer()
  operator = await firstOperator(server)
  for (const slug of ['acme', 'other']) await server.scim.workspaces.create(slug, { name: slug })
})

afterEach(() => server.close())

async function workspaceAdmin(email = 'wanda@example.com', slug = 'acme'): Promise<Browser> {
  const invited = await operator.post(`/api/admin/v1/workspaces/${slug}/admins`, { email })
  return accept((await bodyOf(invited)).url, server)
}

async function idOf(email: string): Promise<string> {
  return (await server.signIn.admins.list(null)).find((admin) => admin.email === email)?.id ?? ''
}

describe('a workspace admin', () => {
  test('cannot become more', async () => {
    const page = await workspaceAdmin()
    const attempts: [string, object][] = [
      ['/api/admin/v1/admins', { email: 'accomplice@example.com' }],
      ['/api/admin/v1/workspaces/other/admins', { email: 'wanda@example.com' }],
      ['/api/admin/v1/workspaces', { slug: 'mine', name: 'Mine' }],
      ['/api/admin/v1/keys', { name: 'key', scopes: ['admins:write'] }],
      ['/api/sign-in/update-user', { role: 'operator', name: 'Wanda' }],
      ['/api/sign-in/sign-up/email', { email: 'x@example.com', password: 'long enough, this', role: 'operator' }],
    ]
    for (const [path, body] of attempts) {
      const { status } = await page.post(path, body)
      expect([path, [403, 404].includes(status)]).toEqual([path, true])
    }
    expect(await me(page)).toMatchObject({ body: { kind: 'workspace_admin', workspaces: ['acme'] } })
    expect(await server.signIn.admins.list(null)).toHaveLength(2)
  })

  test('cannot remove an operator, nor an admin of another workspace', async () => {
    const page = await workspaceAdmin()
    await workspaceAdmin('oscar@example.com', 'other')
    for (const email of ['olga@example.com', 'oscar@example.com']) {
      const response = await page.delete(`/api/admin/v1/workspaces/acme/admins/${await idOf(email)}`)
      expect(response.status).toBe(404)
      expect((await page.delete(`/api/admin/v1/admins/${await idOf(email)}`)).status).toBe(403)
    }
    expect(await server.signIn.admins.list(null)).toHaveLength(3)
  })

  test('sees of the admins of a workspace nothing about others', async () => {
    const page = await workspaceAdmin()
    await workspaceAdmin('wanda@example.com', 'other')
    const { items } = await bodyOf(await page.get('/api/admin/v1/workspaces/acme/admins'))
    expect(items).toMatchObject([{ email: 'wanda@example.com', workspaces: ['acme'] }])
    expect(await me(page)).toMatchObject({ body: { workspaces: ['acme', 'other'] } })
  })

  test('is out at once where the workspace is taken away, and stays in for what is left', async () => {
    const page = await workspaceAdmin()
    await workspaceAdmin('wanda@example.com', 'other')
    const id = await idOf('wanda@example.com')
    expect((await operator.delete(`/api/admin/v1/workspaces/other/admins/${id}`)).status).toBe(204)
    expect(await me(page)).toMatchObject({ status: 200, body: { workspaces: ['acme'] } })
    expect((await operator.delete(`/api/admin/v1/workspaces/acme/admins/${id}`)).status).toBe(204)
    expect((await me(page)).status).toBe(401)
    expect((await signInWith(browser(server.url), 'wanda@example.com')).status).toBe(401)
  })

  test('has nothing of a workspace that was deleted, nor of one that has its slug later', async () => {
    const page = await workspaceAdmin()
    await server.scim.workspaces.remove('acme')
    expect(await me(page)).toMatchObject({ body: { workspaces: [] } })
    await new Promise((resolve) => setTimeout(resolve, 2))
    await server.scim.workspaces.create('acme', { name: 'Another Acme' })
    expect(await me(page)).toMatchObject({ body: { workspaces: [] } })
    expect((await page.get('/api/admin/v1/workspaces/acme')).status).toBe(404)
    expect(await server.signIn.admins.list({ slug: 'acme', createdAt: Date.now() })).toEqual([])
  })
})

describe('an operator', () => {
  test('removes another, whose sessions end, and not the last', async () => {
    const { url } = await bodyOf(await operator.post('/api/admin/v1/admins', { email: 'otto@example.com' }))
    const other = await accept(url, server)
    expect((await other.delete(`/api/admin/v1/admins/${await idOf('olga@example.com')}`)).status).toBe(204)
    expect((await me(operator)).status).toBe(401)
    const last = await other.delete(`/api/admin/v1/admins/${await idOf('otto@example.com')}`)
    expect(last.status).toBe(409)
    expect((await me(other)).status).toBe(200)
  })

  test('of two who remove each other at once, one stays', async () => {
    const { url } = await bodyOf(await operator.post('/api/admin/v1/admins', { email: 'otto@example.com' }))
    await accept(url, server)
    const ids = await Promise.all(['olga@example.com', 'otto@example.com'].map(idOf))
    await Promise.allSettled(ids.map((id) => server.signIn.admins.remove(null, id)))
    expect(await server.signIn.operatorExists()).toBe(true)
  })

  test('invites nobody who is one already', async () => {
    expect((await operator.post('/api/admin/v1/admins', { email: 'olga@example.com' })).status).toBe(409)
  })

  test('invites nobody to workspaces that they are an admin of already', async () => {
    await workspaceAdmin()
    const response = await operator.post('/api/admin/v1/workspaces/acme/admins', { email: 'wanda@example.com' })
    expect([response.status, (await bodyOf(response)).code]).toEqual([409, 'admin_refused'])
    const both = { email: 'wanda@example.com', workspaces: ['acme', 'other', 'other'] }
    const { admin } = await bodyOf(await operator.post('/api/admin/v1/admins', both))
    expect(admin.workspaces).toEqual(['acme', 'other'])
  })

  test('names a workspace that there is not', async () => {
    const body = { email: 'wanda@example.com', workspaces: ['acme', 'none'] }
    const response = await operator.post('/api/admin/v1/admins', body)
    expect([response.status, (await bodyOf(response)).code]).toEqual([404, 'workspace_unknown'])
  })
})
