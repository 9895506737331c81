import { beforeEach, describe, expect, it } from 'vitest'
import { type ApiKey, type NewApiKey, ScimError } from '../../src/index.ts'
import type { Client } from '../people/support.ts'
import { DAY, disguised, FROM, MINUTE, mistyped, openTwo } from './support.ts'

describe('API keys', () => {
  let client: Client
  beforeEach(async () => {
    client = (await openTwo()).acme
  })

  function issue(
    given: Partial<NewApiKey> & { workspace?: string | null } = {},
  ): Promise<{ key: ApiKey; text: string }> {
    return client.scim.apiKeys.issue({
      name: 'Billing',
      scopes: ['people:read', 'groups:read'],
      workspace: 'acme',
      expiresAt: null,
      by: 'Olga',
      ...given,
    })
  }

  it('are shown once, and stored as digests', async () => {
    const { key, text } = await issue()
    expect(text).toMatch(/^opt_key_[0-9A-Za-z]{16}_[0-9A-Za-z]{49}$/)
    expect(text).toContain(key.id)
    const secret = text.split('_')[3]?.slice(0, 43) ?? ''
    expect(await client.filesWith(secret)).toEqual([])
    expect(await client.filesWith('Billing')).not.toEqual([])
    expect(JSON.stringify(await client.scim.apiKeys.list('acme'))).not.toContain(secret)
    expect(new Set([text, (await issue()).text, (await issue()).text]).size).toBe(3)
  })

  it('say whom they are for, and what they may', async () => {
    const { key, text } = await issue({ expiresAt: client.clock.now + 90 * DAY })
    const told = {
      name: 'Billing',
      workspace: 'acme',
      scopes: ['people:read', 'groups:read'],
      createdBy: 'Olga',
      createdAt: client.clock.now,
      expiresAt: client.clock.now + 90 * DAY,
      revokedAt: null,
      lastUsedAt: null,
      state: 'live',
    }
    expect(key).toMatchObject(told)
    expect(await client.scim.apiKeys.find(key.id)).toMatchObject({ ...told, id: key.id })
    expect(await client.scim.apiKeys.authenticate(text)).toMatchObject({ ...told, id: key.id })
  })

  it('belong to a workspace or to the service, and each lists its own', async () => {
    const { key: ours } = await issue()
    const { key: theirs } = await issue({ workspace: 'beta' })
    const { key: services, text } = await issue({ workspace: null, scopes: ['workspaces:write'] })
    const ids = async (slug: string | null) => (await client.scim.apiKeys.list(slug)).map(({ id }) => id)
    expect([await ids('acme'), await ids('beta'), await ids(null)]).toEqual([[ours.id], [theirs.id], [services.id]])
    expect(await client.scim.apiKeys.authenticate(text)).toMatchObject({
      workspace: null,
      scopes: ['workspaces:write'],
    })
    expect(await client.scim.apiKeys.find(theirs.id)).toMatchObject({ workspace: 'beta' })
  })

  it('are revoked by their own workspace only, and then open nothing', async () => {
    const { key, text } = await issue()
    expect(await client.scim.apiKeys.revoke('beta', key.id)).toBe(false)
    expect(await client.scim.apiKeys.revoke(null, key.id)).toBe(false)
    expect(await client.scim.apiKeys.authenticate(text)).toMatchObject({ id: key.id })
    expect(await client.scim.apiKeys.revoke('acme', key.id)).toBe(true)
    expect(await client.scim.apiKeys.authenticate(text)).toBeUndefined()
    expect(await client.scim.apiKeys.revoke('acme', key.id)).toBe(false)
    expect(await client.scim.apiKeys.list('acme')).toMatchObject([{ state: 'revoked', revokedAt: client.clock.now }])
  })

  it('of the service are revoked by the service', async () => {
    const { key, text } = await issue({ workspace: null })
    expect(await client.scim.apiKeys.revoke('acme', key.id)).toBe(false)
    expect(await client.scim.apiKeys.revoke(null, key.id)).toBe(true)
    expect(await client.scim.apiKeys.authenticate(text)).toBeUndefined()
  })

  it('end when they were to end, and say so 30 days before', async () => {
    const { text } = await issue({ expiresAt: client.clock.now + 31 * DAY })
    const state = async () => (await client.scim.apiKeys.list('acme'))[0]?.state
    expect(await state()).toBe('live')
    client.clock.now += DAY
    expect(await state()).toBe('expiring')
    client.clock.now += 30 * DAY - 1
    expect(await client.scim.apiKeys.authenticate(text)).toBeDefined()
    client.clock.now += 1
    expect(await client.scim.apiKeys.authenticate(text)).toBeUndefined()
    expect(await state()).toBe('expired')
  })

  it('without an end live on', async () => {
    const { text } = await issue()
    client.clock.now += 4_000 * DAY
    expect(await client.scim.apiKeys.authenticate(text)).toMatchObject({ state: 'live', expiresAt: null })
  })

  it('tell when, from where and by what they were used, once a minute', async () => {
    const { text } = await issue()
    const used = client.clock.now
    const last = async () => (await client.scim.apiKeys.list('acme'))[0]
    await client.scim.apiKeys.authenticate(text, FROM)
    expect(await last()).toMatchObject({
      lastUsedAt: used,
      lastUsedAddress: FROM.address,
      lastUsedClient: FROM.client,
    })
    client.clock.now += MINUTE - 1
    await client.scim.apiKeys.authenticate(text, FROM)
    expect(await last()).toMatchObject({ lastUsedAt: used })
    client.clock.now += 1
    await client.scim.apiKeys.authenticate(text)
    expect(await last()).toMatchObject({ lastUsedAt: used + MINUTE, lastUsedAddress: null })
  })

  it('are not used by a refused attempt', async () => {
    const { key, text } = await issue()
    await client.scim.apiKeys.revoke('acme', key.id)
    await client.scim.apiKeys.authenticate(text, FROM)
    await client.scim.apiKeys.authenticate(mistyped(text), FROM)
    expect(await client.scim.apiKeys.list('acme')).toMatchObject([{ lastUsedAt: null }])
  })

  it('are nothing else: neither a mistyped text, nor a SCIM token, nor one whose secret is of another', async () => {
    const { key, text } = await issue()
    const other = await issue()
    const swapped = text.replace(key.id, other.key.id)
    const wrong = ['', 'opt_key_', mistyped(text), `${text} `, text.slice(0, -1), swapped, client.token]
    for (const given of [...wrong, disguised(client.token, 'opt_key_'), disguised(text, 'opt_scim_')])
      expect([given, await client.scim.apiKeys.authenticate(given)]).toEqual([given, undefined])
    expect((await client.get('/Groups', { authorization: `Bearer ${text}` })).status).toBe(401)
    expect((await client.get('/Groups', { authorization: `Bearer ${disguised(text, 'opt_scim_')}` })).status).toBe(401)
  })

  it('are not made of what cannot be one', async () => {
    const wrong: readonly Partial<NewApiKey>[] = [
      { name: ' ' },
      { name: 'a\0b' },
      { name: 'half \uD800' },
      { name: 1 as unknown as string },
      { scopes: [] },
      { scopes: ['people:read', 'everything'] as unknown as NewApiKey['scopes'] },
      { scopes: 'people:read' as unknown as NewApiKey['scopes'] },
      { expiresAt: client.clock.now },
      { expiresAt: Number.NaN },
      { expiresAt: '2030' as unknown as number },
      { by: '' },
    ]
    for (const given of wrong) {
      const error = await issue(given).catch((error: unknown) => error)
      expect([given, error instanceof ScimError && error.code]).toEqual([given, 'invalid_value'])
    }
    await expect(issue({ workspace: 'nobody' })).rejects.toMatchObject({ name: 'WorkspaceRefused', code: 'unknown' })
    expect(await client.scim.apiKeys.list('acme')).toEqual([])
  })

  it('name a scope once', async () => {
    const { key } = await issue({ scopes: ['audit:read', 'audit:read'] })
    expect(key.scopes).toEqual(['audit:read'])
  })

  it('are found by nothing but a whole id', async () => {
    const { key } = await issue()
    for (const id of ['', key.id.slice(1), `${key.id}0`, 'usr_ana', '000000zzzzzzzzzz'])
      expect([id, await client.scim.apiKeys.find(id)]).toEqual([id, undefined])
  })

  it('of a removed workspace open nothing, and leave no row', async () => {
    const { key, text } = await issue()
    const { text: others } = await issue({ workspace: 'beta' })
    const { text: services } = await issue({ workspace: null })
    await client.scim.workspaces.remove('acme')
    expect(await client.scim.apiKeys.authenticate(text)).toBeUndefined()
    expect(await client.scim.apiKeys.find(key.id)).toBeUndefined()
    expect(await client.sql('select k.id from {api_keys} k')).toHaveLength(2)
    expect(await client.scim.apiKeys.authenticate(others)).toBeDefined()
    expect(await client.scim.apiKeys.authenticate(services)).toBeDefined()
  })

  it('whose scope a later version knows, do without it here', async () => {
    const { key, text } = await issue()
    await client.scim.store.write(async (writer) => {
      await writer.run(
        { text: `update {api_keys} set scopes = '["groups:read","later:write"]' where id = '${key.id}'` },
        {},
      )
    })
    expect((await client.scim.apiKeys.authenticate(text))?.scopes).toEqual(['groups:read'])
  })
})
