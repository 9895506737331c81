import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from '../support/server.ts'
import { accept, type Browser, browser, firstOperator, me } from './browser.ts'
import { CLIENT_SECRET, type Claims, type OpenId, startOpenId } from './openid.ts'

const OLGA: Claims = { sub: 'olga', email: 'olga@example.com', email_verified: true, name: 'Olga' }

let folder: string
let openId: OpenId
let server: TestServer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'optimaite-scim-'))
  const secretFile = join(folder, 'secret')
  writeFileSync(secretFile, `${CLIENT_SECRET}\n`)
  openId = await startOpenId('scim')
  server = await startServer({
    oidcDiscoveryUrl: openId.discoveryUrl,
    oidcClientId: 'scim',
    oidcClientSecretFile: secretFile,
  })
  const operator = await firstOperator(server)
  await server.scim.workspaces.create('acme', { name: 'Acme' })
  const invited = await operator.post('/api/admin/v1/workspaces/acme/admins', { email: 'wanda@example.com' })
  await accept((await invited.json()).url, server)
})

afterAll(async () => {
  await server.close()
  openId.close()
  await rm(folder, { recursive: true, force: true })
})

async function begin(page: Browser, callbackURL = '/workspaces'): Promise<string> {
  const body = { provider: 'oidc', callbackURL, errorCallbackURL: '/sign-in' }
  return (await (await page.post('/api/sign-in/sign-in/social', body)).json()).url
}

async function signInThere(claims: Claims, callbackURL?: string): Promise<{ page: Browser; location: string | null }> {
  const page = browser(server.url)
  const response = await page.get(openId.agree(await begin(page, callbackURL), claims))
  return { page, location: response.headers.get('location') }
}

describe('OpenID Connect', () => {
  test('is offered to the sign-in page', async () => {
    const methods = await (await fetch(`${server.url}/api/sign-in/methods`)).json()
    expect(methods.oidc).toEqual({ name: '127.0.0.1' })
  })

  test('signs an operator in, by the address that the provider has verified', async () => {
    const { page, location } = await signInThere(OLGA)
    expect(location).toMatch(/\/workspaces$/)
    expect(await me(page)).toMatchObject({ status: 200, body: { kind: 'operator', email: 'olga@example.com' } })
    const form = openId.exchanges.at(-1)
    expect(form?.get('code_verifier')).toMatch(/^[\w~.-]{43,}$/)
  })

  test.each<[string, Claims]>([
    ['somebody without an account', { ...OLGA, sub: 'eve', email: 'eve@example.com' }],
    ['somebody whose address was not verified', { ...OLGA, sub: 'mallory', email_verified: false }],
    ['a workspace admin', { ...OLGA, sub: 'wanda', email: 'wanda@example.com' }],
    ['a token for another request', { ...OLGA, nonce: 'of another' }],
    ['a token for another client', { ...OLGA, aud: 'another' }],
    ['a token of another issuer', { ...OLGA, iss: 'https://evil.example' }],
    ['a token that has expired', { ...OLGA, exp: 1_700_000_000 }],
  ])('does not sign in %s', async (_, claims) => {
    const { page, location } = await signInThere(claims)
    expect(location).toMatch(/\/sign-in\?error=/)
    expect((await me(page)).status).toBe(401)
    expect((await server.signIn.admins.list(null)).length).toBe(2)
  })

  test('does not sign in a browser in which nobody began', async () => {
    const back = openId.agree(await begin(browser(server.url)), OLGA)
    const victim = browser(server.url)
    await victim.get(back)
    expect((await me(victim)).status).toBe(401)
  })

  test('does not lead to another site afterwards', async () => {
    const page = browser(server.url)
    for (const elsewhere of ['https://evil.example', '//evil.example']) {
      for (const name of ['callbackURL', 'errorCallbackURL', 'newUserCallbackURL']) {
        const body = { provider: 'oidc', callbackURL: '/', [name]: elsewhere }
        expect((await page.post('/api/sign-in/sign-in/social', body)).status).toBe(403)
      }
    }
  })

  test('does not take another provider', async () => {
    const response = await browser(server.url).post('/api/sign-in/sign-in/social', { provider: 'github' })
    expect(response.status).toBe(404)
  })
})
