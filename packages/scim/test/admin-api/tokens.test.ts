import { describe, expect, test } from 'vitest'
import { DAY, MINUTE } from '../../src/base/clock.ts'
import { ADMIN, keyFor, OPERATOR, openAdmin } from './support.ts'

const TOKENS = '/workspaces/acme/tokens'
const time = (at: number): string => new Date(at).toISOString()

describe('tokens', () => {
  test('are rotated: issued, used, and the old one retired', async () => {
    const service = await openAdmin()
    const { client, scim } = service
    const admin = service.as(ADMIN)
    const expiresAt = time(client.clock.now + 100 * DAY)
    const { json: issued } = await admin.post(TOKENS, { label: 'Entra 2', provider: 'entra', expiresAt })
    expect(issued.token).toMatchObject({
      label: 'Entra 2',
      provider: 'entra',
      createdBy: 'Wim',
      expiresAt,
      state: 'live',
    })
    const { json: rotated } = await admin.post(`${TOKENS}/${issued.token.id}/rotate`)
    expect(rotated).toMatchObject({ token: { label: 'Entra 2', provider: 'entra' }, previous: { id: issued.token.id } })
    const status = async (text: string) => {
      const request = new Request(`${scim.baseUrl}/Groups`, { headers: { authorization: `Bearer ${text}` } })
      return (await scim.fetch(request)).status
    }
    expect([await status(issued.text), await status(rotated.text)]).toEqual([200, 200])
    const end = time(client.clock.now + MINUTE)
    expect((await admin.post(`${TOKENS}/${issued.token.id}/retire`, { at: end })).json.expiresAt).toBe(end)
    client.clock.now += 2 * MINUTE
    expect([await status(issued.text), await status(rotated.text)]).toEqual([401, 200])
    expect((await admin.post(`${TOKENS}/${issued.token.id}/retire`)).json.code).toBe('scim_token_ended')
    expect((await admin.post(`${TOKENS}/${rotated.token.id}/retire`)).json.state).toBe('revoked')
    expect(await status(rotated.text)).toBe(401)
    const { items } = (await admin.get(TOKENS)).json
    expect(items).toHaveLength(3)
    expect(JSON.stringify(items)).not.toContain('opt_scim_')
    expect((await admin.delete(`${TOKENS}/${rotated.token.id}`)).status).toBe(204)
  })

  test('that cannot be are refused', async () => {
    const service = await openAdmin()
    const admin = service.as(ADMIN)
    const past = time(service.client.clock.now - 1)
    expect((await admin.post(TOKENS, { label: 'A', expiresAt: past })).json.problems).toMatchObject([
      { path: 'expiresAt' },
    ])
    expect((await admin.post(TOKENS, { label: ' ' })).json.problems).toMatchObject([{ path: 'label' }])
    expect((await admin.post(TOKENS, { label: 'A', provider: 'aol' })).json.problems).toMatchObject([
      { path: 'provider' },
    ])
    expect((await admin.post(TOKENS, { label: 'A', createdBy: 'Olga' })).json.problems).toMatchObject([
      { path: 'createdBy' },
    ])
    for (const path of [`${TOKENS}/x/rotate`, `${TOKENS}/x/retire`])
      expect((await admin.post(path)).json.code).toBe('scim_token_unknown')
    expect((await admin.delete(`${TOKENS}/x`)).json.code).toBe('scim_token_unknown')
    await service.scim.workspaces.create('zeta', { name: 'Zeta' })
    const { token } = await service.scim.tokens.issue('zeta', { label: 'Z', createdBy: 'test' })
    expect((await admin.delete(`${TOKENS}/${token.id}`)).status).toBe(404)
    expect((await service.scim.tokens.list('zeta'))[0]?.state).toBe('live')
  })
})

describe('API keys', () => {
  test('are issued, listed and revoked', async () => {
    const service = await openAdmin()
    const admin = service.as(ADMIN)
    const { json } = await admin.post('/workspaces/acme/keys', { name: 'Host', scopes: ['people:read'] })
    expect(json.key).toMatchObject({
      name: 'Host',
      workspace: 'acme',
      createdBy: 'Wim',
      expiresAt: null,
      state: 'live',
    })
    const host = service.bearing(`Bearer ${json.text}`)
    expect((await host.get('/workspaces/acme/people')).status).toBe(200)
    expect((await host.post('/workspaces/acme/people', { userName: 'ana' })).status).toBe(403)
    expect((await admin.get('/workspaces/acme/keys')).json.items).toMatchObject([{ id: json.key.id }])
    expect((await service.as(OPERATOR).delete(`/keys/${json.key.id}`)).json.code).toBe('api_key_unknown')
    expect((await admin.delete(`/workspaces/acme/keys/${json.key.id}`)).status).toBe(204)
    expect((await admin.delete(`/workspaces/acme/keys/${json.key.id}`)).status).toBe(204)
    expect((await host.get('/workspaces/acme/people')).status).toBe(401)
    expect((await admin.get('/workspaces/acme/keys')).json.items).toMatchObject([{ state: 'revoked' }])
  })

  test('for all workspaces are for operators to issue', async () => {
    const service = await openAdmin()
    const { json } = await service
      .as(OPERATOR)
      .post('/keys', { name: 'App', scopes: ['workspaces:write', 'people:read'] })
    const app = service.bearing(`Bearer ${json.text}`)
    expect((await app.post('/workspaces', { slug: 'zeta', name: 'Zeta' })).status).toBe(201)
    expect((await app.get('/workspaces/zeta/people')).status).toBe(200)
    expect((await service.as(OPERATOR).get('/keys')).json.items).toHaveLength(1)
    expect((await service.as(ADMIN).get('/workspaces/acme/keys')).json.items).toEqual([])
  })

  test('give nothing that their issuer has not', async () => {
    const service = await openAdmin()
    const scopes = ['workspaces:write', 'people:read']
    const refused = await service.as(ADMIN).post('/workspaces/acme/keys', { name: 'Host', scopes })
    expect([refused.status, refused.json.code]).toEqual([403, 'scopes_beyond'])
    expect(refused.json.detail).toContain('workspaces:write.')
    const weak = service.bearing(`Bearer ${await keyFor(service, null, 'keys:write', 'people:read')}`)
    expect((await weak.post('/keys', { name: 'B', scopes: ['people:write'] })).status).toBe(403)
    expect((await weak.post('/workspaces/acme/keys', { name: 'B', scopes: ['admins:write'] })).status).toBe(403)
    expect((await weak.post('/workspaces/acme/keys', { name: 'B', scopes: ['people:read'] })).status).toBe(201)
    const { json } = await service.as(OPERATOR).post('/keys', { name: 'A', scopes: ['root'] })
    expect(json.problems).toMatchObject([{ path: 'scopes[0]' }])
    expect((await service.as(OPERATOR).post('/keys', { name: 'A', scopes: [] })).status).toBe(400)
  })
})
