import { describe, expect, test } from 'vitest'
import { createAdminApi } from '../../src/admin-api/api.ts'
import { DAY } from '../../src/base/clock.ts'
import { ADDRESS, ADMIN, type Admin, BASE, type Caller, ORIGIN, openAdmin } from './support.ts'

const LINKS = '/workspaces/acme/setup-links'

/** A link, and the browser of somebody outside. */
async function linked(service: Admin): Promise<{ secret: string; id: string; outside: Caller }> {
  const { json } = await service.as(ADMIN).post(LINKS, { provider: 'okta', note: 'for Ana at Acme' })
  expect(json.url).toMatch(/^https:\/\/scim\.example\/setup#opt_setup_\w+$/)
  return { id: json.link.id, secret: json.url.split('#')[1], outside: service.as(undefined) }
}

/** What the browser has after the press of the button. */
async function claimed(service: Admin): Promise<{ id: string; browser: Caller; cookie: string }> {
  const { id, secret, outside } = await linked(service)
  const { status, headers } = await outside.post('/setup/claim', { secret })
  expect(status).toBe(204)
  const cookie = headers.get('set-cookie') ?? ''
  return { id, cookie, browser: outside.with({ cookie: cookie.split(';')[0] ?? '' }) }
}

describe('a setup link', () => {
  test('is claimed by one browser, by a cookie that scripts and other sites do not reach', async () => {
    const service = await openAdmin()
    const { secret, id, outside } = await linked(service)
    expect((await outside.get('/setup')).json.code).toBe('setup_not_claimed')
    const { headers } = await outside.post('/setup/claim', { secret })
    expect(headers.get('set-cookie')).toMatch(
      /^optimaite_setup=opt_session_\w+; Path=\/api\/admin\/v1\/setup; Max-Age=604800; HttpOnly; SameSite=Strict; Secure$/,
    )
    const again = await outside.post('/setup/claim', { secret })
    expect([again.status, again.json.code, again.headers.get('set-cookie')]).toEqual([409, 'setup_link_refused', null])
    const [link] = (await service.as(ADMIN).get(LINKS)).json.items
    expect(link).toMatchObject({ id, state: 'claimed', note: 'for Ana at Acme', claimed: { address: ADDRESS } })
    expect(JSON.stringify(link)).not.toContain(secret.slice(-20))
  })

  test('says to its browser which link it has open, so that the same link is not opened anew', async () => {
    const service = await openAdmin()
    const { browser, id } = await claimed(service)
    expect((await browser.get('/setup')).json.link).toBe(id)
    const other = await linked(service)
    expect([other.secret.includes(`_${other.id}_`), other.secret.includes(`_${id}_`)]).toEqual([true, false])
  })

  test('that is opened again is in the trail of its workspace, and what is no link of anybody in none', async () => {
    const service = await openAdmin()
    const { id, secret, outside } = await linked(service)
    await outside.post('/setup/claim', { secret })
    const again = await outside.post('/setup/claim', { secret })
    await service.as(ADMIN).delete(`${LINKS}/${id}`)
    const revoked = await outside.post('/setup/claim', { secret })
    const unknown = await outside.post('/setup/claim', { secret: secret.slice(0, -1) })
    const wrong = await outside.post('/setup/claim', { secret: (await linked(await openAdmin())).secret })
    expect([again, revoked, unknown, wrong].map(({ status }) => status)).toEqual([409, 409, 409, 409])
    const actor = { kind: 'setup_link', id, name: 'Setup link' }
    const entry = { workspace: 'acme', actor, address: ADDRESS, action: 'claimSetup', target: null, details: null }
    const claims = (await service.scim.audit.list('acme')).entries.filter(({ action }) => action === 'claimSetup')
    expect(claims).toMatchObject([
      { ...entry, id: revoked.json.request, status: 409 },
      { ...entry, id: again.json.request, status: 409 },
      { ...entry, status: 204 },
    ])
    expect([unknown.json.request, wrong.json.request]).toEqual([undefined, undefined])
    expect((await service.scim.audit.list(null)).entries).toEqual([])
  })

  test('that is looked at stays as it was, and another site cannot claim it', async () => {
    const service = await openAdmin()
    const { secret, outside } = await linked(service)
    expect((await outside.get(`/setup/claim?secret=${secret}`)).status).toBe(401)
    expect((await outside.with({ origin: 'https://evil.example' }).post('/setup/claim', { secret })).status).toBe(403)
    for (const text of ['', 'opt_setup_x', `${secret}x`, secret.replace('setup', 'session')])
      expect((await outside.post('/setup/claim', { secret: text })).json.code).toBe('setup_link_refused')
    expect((await service.as(ADMIN).get(LINKS)).json.items).toMatchObject([{ state: 'open' }])
  })

  test('shows its set-up alone, and holds one live token', async () => {
    const service = await openAdmin({
      ports: {
        guides: { read: async (provider, language) => ({ provider, language, title: 'T', values: [], sections: [] }) },
      },
    })
    const { browser } = await claimed(service)
    expect((await browser.get('/setup')).json).toMatchObject({
      ...{ workspace: { name: 'acme Inc.' }, provider: 'okta', scim: true, token: null },
    })
    const first = (await browser.post('/setup/token')).json
    const second = (await browser.post('/setup/token')).json
    const state = async (text: string) =>
      (
        await service.scim.fetch(
          new Request(`${service.scim.baseUrl}/Groups`, { headers: { authorization: `Bearer ${text}` } }),
        )
      ).status
    expect([await state(first.text), await state(second.text)]).toEqual([401, 200])
    expect((await browser.get('/setup')).json.token).toMatchObject({ state: 'live' })
    const { json: checklist } = await browser.get('/setup/checklist')
    expect(checklist.provider).toBe('okta')
    expect(checklist.items.every(({ activity }: { activity: string | null }) => activity === null)).toBe(true)
    expect((await browser.get('/setup/guide?language=de')).json).toMatchObject({ provider: 'okta', language: 'de' })
    const elsewhere = ['/me', '/workspaces', '/workspaces/acme', '/workspaces/acme/tokens', '/guides/okta']
    for (const path of elsewhere) expect([path, (await browser.get(path)).status]).toEqual([path, 401])
    const trail = (await service.as(ADMIN).get('/workspaces/acme/audit')).json.items
    expect(trail.map(({ action, actor }: { action: string; actor: { kind: string } }) => [action, actor.kind])).toEqual(
      [
        ...[
          ['issueSetupToken', 'setup_link'],
          ['issueSetupToken', 'setup_link'],
          ['claimSetup', 'setup_link'],
        ],
        ['createSetupLink', 'workspace_admin'],
      ],
    )
  })

  test('does nothing without the site’s own Origin', async () => {
    const service = await openAdmin()
    const { browser } = await claimed(service)
    const { status } = await browser.with({ origin: 'https://evil.example' }).post('/setup/token')
    expect(status).toBe(403)
    expect((await browser.get('/setup')).json.token).toBeNull()
  })

  test('ends when it is revoked, its token with it where that is wanted, and after seven days', async () => {
    const service = await openAdmin()
    const admin = service.as(ADMIN)
    for (const token of ['keep', 'revoke']) {
      const { id, browser } = await claimed(service)
      const { text } = (await browser.post('/setup/token')).json
      expect((await admin.delete(`${LINKS}/${id}?token=${token}`)).json.state).toBe('revoked')
      expect((await browser.get('/setup')).status).toBe(401)
      const request = new Request(`${service.scim.baseUrl}/Groups`, { headers: { authorization: `Bearer ${text}` } })
      expect((await service.scim.fetch(request)).status).toBe(token === 'keep' ? 200 : 401)
    }
    const { browser } = await claimed(service)
    service.client.clock.now += 8 * DAY
    expect((await browser.post('/setup/token')).status).toBe(401)
    expect((await admin.delete(`${LINKS}/nothing`)).json.code).toBe('setup_link_unknown')
  })

  test('is opened by its own cookie alone', async () => {
    const service = await openAdmin()
    const { cookie } = await claimed(service)
    const session = cookie.split(';')[0]?.split('=')[1] ?? ''
    const outside = service.as(undefined)
    const cookies = [
      ...[`other=1; optimaite_setup=${session}`, `optimaite_setup=${session}; optimaite_setup=${session}`],
      ...[
        `optimaite_setup=${session}x`,
        `xoptimaite_setup=${session}`,
        'optimaite_setup=',
        `optimaite_setup=${ORIGIN}`,
      ],
    ]
    const states = []
    for (const sent of cookies) states.push((await outside.with({ cookie: sent }).get('/setup')).status)
    expect(states).toEqual([200, 401, 401, 401, 401, 401])
  })
})

test('below a public URL with a path, links and cookies have it too', async () => {
  const service = await openAdmin()
  const library = { ...service.scim, baseUrl: 'http://scim.example/provisioning/api/auth/scim/v2' }
  const api = createAdminApi(library, {
    authorizeAdmin: async () => ADMIN,
    origins: [ORIGIN],
    clock: () => service.client.clock.now,
  })
  const send = async (path: string, body: object) => {
    const headers = { origin: ORIGIN, 'content-type': 'application/json' }
    return api.fetch(new Request(BASE + path, { method: 'POST', headers, body: JSON.stringify(body) }), {
      address: null,
    })
  }
  const { url } = (await (await send(LINKS, { provider: 'okta' })).json()) as { url: string }
  expect(url).toMatch(/^http:\/\/scim\.example\/provisioning\/setup#opt_setup_/)
  const cookie = (await send('/setup/claim', { secret: url.split('#')[1] })).headers.get('set-cookie')
  expect(cookie).toMatch(/; Path=\/provisioning\/api\/admin\/v1\/setup; Max-Age=604800; HttpOnly; SameSite=Strict$/)
  expect(api.openapi()).toMatchObject({ servers: [{ url: 'http://scim.example/provisioning/api/admin/v1' }] })
})
