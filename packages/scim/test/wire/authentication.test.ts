import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DAY } from '../../src/base/clock.ts'
import { type Answer, ERROR_URN, type Service, STORES, startService } from './support.ts'

const JWT = 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJodHRwczovL3N0cy53aW5kb3dzLm5ldC8ifQ.c2lnbmF0dXJl'

describe.each(STORES)('the Authorization header on %s (DESIGN 3.1)', (store) => {
  let service: Service
  beforeAll(async () => {
    service = await startService(store)
  })
  afterAll(() => service[Symbol.asyncDispose]())

  const sends = (authorization: string | undefined, path = '/Groups') =>
    service.acme.get(path, {
      token: null,
      headers: authorization === undefined ? {} : { Authorization: authorization },
    })

  test.each([
    'Bearer {token}',
    'bearer {token}',
    'BEARER {token}',
    'bEaReR    {token}',
    'Bearer\t{token}',
    '  Bearer {token}  ',
    'Bearer Bearer {token}',
    'bearer BEARER {token}',
    'Bearer   Bearer   {token}',
    '{token}',
  ])('"%s" is let in', async (form) => {
    expect((await sends(form.replace('{token}', service.acme.token))).status).toBe(200)
  })

  /** A refusal as every client needs it, and never with what was sent in it. */
  function expectRefusal(answer: Answer, sent: string | undefined, detail: RegExp): void {
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
    expect(answer.headers.get('content-type')).toBe('application/scim+json')
    expect(answer.body).toMatchObject({ schemas: [ERROR_URN], status: '401' })
    expect(answer.body.detail).toMatch(detail)
    const secret = sent?.split(/\s+/).find((word) => word.length > 20)
    if (secret) expect(answer.text).not.toContain(secret.slice(0, 20))
  }

  test.each<[string, string | undefined, RegExp]>([
    ['no header', undefined, /No bearer token was sent/],
    ['an empty header', '', /No bearer token was sent/],
    ['blanks', '   ', /No bearer token was sent/],
    ['Bearer alone', 'Bearer', /No bearer token was sent/],
    ['Bearer and a blank', 'Bearer ', /No bearer token was sent/],
    ['Bearer twice alone', 'Bearer Bearer', /No bearer token was sent/],
    ['what Okta’s SPEC test sends', 'non-token', /should begin with "opt_scim_"/],
    ['the same behind Bearer', 'Bearer non-token', /should begin with "opt_scim_"/],
    ['a short token', 'Bearer x', /should begin with "opt_scim_"/],
    ['Bearer three times', 'Bearer Bearer Bearer {token}', /should begin with/],
    ['another scheme', 'Basic {token}', /should begin with "opt_scim_"/],
    ['Basic', `Basic ${Buffer.from('admin:opt_scim_password').toString('base64')}`, /should begin with/],
    ['Digest', 'Digest username="x"', /should begin with/],
    ['Entra’s own JWT, its field left empty', `Bearer ${JWT}`, /It is a JWT; Entra sends one of its own/],
    ['a JWT without Bearer', JWT, /It is a JWT/],
    ['the prefix alone', 'Bearer opt_scim_', /It is incomplete/],
    ['a token cut short', 'Bearer {token:cut}', /It is incomplete/],
    ['a token with something behind', 'Bearer {token}x', /It is incomplete, or has characters/],
    ['a token twice', 'Bearer {token}{token}', /It is incomplete, or has characters/],
    ['two tokens in a list', 'Bearer {token}, Bearer {token}', /It is incomplete, or has characters/],
    ['a token in quotation marks', 'Bearer "{token}"', /should begin with/],
    ['another case of the prefix', 'Bearer {token:upper}', /should begin with/],
    ['a typo in the secret', 'Bearer {token:typo}', /a character of it is wrong or missing/],
    ['a typo in the checksum', 'Bearer {token:checksum}', /a character of it is wrong or missing/],
    ['a very long text', `Bearer ${'opt_scim_'.repeat(20_000)}`, /It is incomplete/],
    ['a very long other text', `Bearer ${'x'.repeat(100_000)}`, /should begin with/],
  ])('%s: 401', async (_, form, detail) => {
    const { token } = service.acme
    const sent = form
      ?.replace('{token:cut}', token.slice(0, -10))
      .replace('{token:upper}', token.toUpperCase())
      .replace('{token:typo}', replaceAt(token, 40))
      .replace('{token:checksum}', replaceAt(token, token.length - 1))
      .replaceAll('{token}', token)
    const answer = await sends(sent)
    expectRefusal(answer, sent, detail)
    expect((await sends(sent, '/Users')).status).toBe(401)
    expect((await sends(sent, '/Nothing')).status).toBe(401)
    expect((await sends(sent, '/Bulk')).status).toBe(401)
  })

  test('a token that was never issued here is told from one that is mistyped', async () => {
    await using elsewhere = await startService(store)
    expectRefusal(await sends(`Bearer ${elsewhere.acme.token}`), elsewhere.acme.token, /is not known here/)
  })

  test('a token of a workspace that is gone is not known', async () => {
    const gone = await service.tenant('gone')
    expect((await gone.get('/Groups')).status).toBe(200)
    await service.scim.workspaces.remove('gone')
    expectRefusal(await gone.get('/Groups'), gone.token, /is not known here/)
  })

  test('refusals and unknown tokens leave no activity in any workspace', async () => {
    await using elsewhere = await startService(store)
    await elsewhere.acme.get('/Groups', { token: service.acme.token })
    await elsewhere.acme.get('/Groups', { token: null })
    expect(await elsewhere.scim.activity.list('acme')).toEqual([])
  })

  test('discovery needs no token, and a token that is not live is refused there too', async () => {
    const dead = await service.tenant('dead', {}, { lifetime: DAY })
    await service.scim.tokens.revoke('dead', dead.tokenId)
    for (const path of ['/ServiceProviderConfig', '/Schemas', '/ResourceTypes', '/ResourceTypes/User']) {
      expect((await sends(undefined, path)).status).toBe(200)
      expect((await service.acme.get(path)).status).toBe(200)
      expectRefusal(await dead.get(path), dead.token, /was revoked/)
      for (const authorization of ['', 'Bearer', 'Bearer non-token', 'Basic eDp5', `Bearer ${JWT}`]) {
        expect((await sends(authorization, path)).status).toBe(401)
      }
    }
  })

  test('with SCIM off everything is 403, says so, and discovery without a token stays open', async () => {
    const off = await service.tenant('off', { name: 'Off & Co', scim: false })
    for (const path of ['/Groups', '/Users', '/ServiceProviderConfig', '/Nothing', '/Bulk']) {
      const answer = await off.get(path)
      expect(answer.status).toBe(403)
      expect(answer.body).toMatchObject({ schemas: [ERROR_URN], status: '403' })
      expect(answer.body.detail).toContain('SCIM is turned off for the workspace "Off & Co"')
    }
    expect((await off.post('/Groups', { displayName: 'X' })).status).toBe(403)
    expect((await off.get('/ServiceProviderConfig', { token: null })).status).toBe(200)
    await service.scim.workspaces.change('off', { scim: true })
    expect((await off.get('/Groups')).body.totalResults).toBe(0)
    await service.scim.workspaces.change('off', { scim: false })
    expect((await off.get('/Groups')).status).toBe(403)
  })

  test('SCIM is off in a workspace until an operator turns it on', async () => {
    await service.scim.workspaces.create('new', { name: 'New' })
    const { text } = await service.scim.tokens.issue('new', { label: 'x', createdBy: 'test' })
    expect((await service.acme.get('/Groups', { token: text })).status).toBe(403)
  })
})

function replaceAt(text: string, index: number): string {
  return text.slice(0, index) + (text[index] === 'a' ? 'b' : 'a') + text.slice(index + 1)
}
