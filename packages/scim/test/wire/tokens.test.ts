import { describe, expect, test } from 'vitest'
import { DAY, MINUTE, SECOND } from '../../src/base/clock.ts'
import { START, STORES, startService } from './support.ts'

interface Refusal {
  readonly token_key: number
  readonly minute: number
  readonly reason: string
  readonly count: number
}
const REFUSALS = 'select token_key, minute, reason, count from {token_refusals} order by token_key, minute, reason'

describe.each(STORES)('tokens on %s (DESIGN 3.1)', (store) => {
  test('a token’s text is short, base62 and different each time', async () => {
    await using service = await startService(store)
    const issue = () => service.scim.tokens.issue('acme', { label: 'x', createdBy: 'test' })
    const texts = await Promise.all(Array.from({ length: 50 }, async () => (await issue()).text))
    expect(new Set(texts).size).toBe(50)
    for (const text of texts) {
      expect(text).toMatch(/^opt_scim_[0-9A-Za-z]+_[0-9A-Za-z]+$/)
      expect(text.length).toBeLessThanOrEqual(100)
      // 256 bits take 43 digits of base62.
      expect(text.split('_').at(-1)?.length).toBeGreaterThanOrEqual(43)
    }
  })

  test('neither the text nor its secret is in the store', async () => {
    await using service = await startService(store)
    const secret = service.acme.token.split('_').at(-1) ?? ''
    const [row] = await service.rows<Record<string, unknown>>('select * from {tokens}')
    expect(row?.digest).toHaveLength(32)
    const shown = JSON.stringify(row, (_, value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString() : value,
    )
    expect(shown).not.toContain(secret.slice(0, 43))
    expect(shown).not.toContain(service.acme.token)
  })

  test('a token lives 365 days, and is said to be expiring in the last 30 of them', async () => {
    await using service = await startService(store)
    const state = async () => (await service.scim.tokens.list('acme'))[0]
    expect(await state()).toMatchObject({ expiresAt: START + 365 * DAY, state: 'live', provider: 'other' })
    service.clock.advance(335 * DAY - 1)
    expect((await state())?.state).toBe('live')
    service.clock.advance(1)
    expect((await state())?.state).toBe('expiring')
    service.clock.advance(30 * DAY - 1)
    expect((await service.acme.get('/Groups')).status).toBe(200)
    service.clock.advance(1)
    expect((await state())?.state).toBe('expired')
    const answer = await service.acme.get('/Groups')
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
    expect(answer.body.detail).toContain('The SCIM token "acme token" expired on 2027-01-31.')
  })

  test('a revocation holds at once, also for a token that was used the moment before', async () => {
    await using service = await startService(store)
    expect((await service.acme.get('/Groups')).status).toBe(200)
    expect(await service.scim.tokens.revoke('acme', service.acme.tokenId)).toBe(true)
    const answer = await service.acme.get('/Groups')
    expect(answer.status).toBe(401)
    expect(answer.body.detail).toContain('The SCIM token "acme token" was revoked on 2026-01-31.')
    expect(await service.scim.tokens.revoke('acme', service.acme.tokenId)).toBe(false)
  })

  test('a revocation in another process holds a second later', async () => {
    await using service = await startService(store)
    expect((await service.acme.get('/Groups')).status).toBe(200)
    await service.store.write(async (writer) => {
      await writer.run({ text: 'update {tokens} set revoked_at = 1' }, {})
    })
    service.clock.advance(SECOND)
    expect((await service.acme.get('/Groups')).status).toBe(401)
  })

  test('a look-up under way while a token is revoked does not bring it back', async () => {
    await using service = await startService(store)
    const { acme, scim } = service
    let revoked: Promise<unknown> | undefined
    // The token row has been read as live; what comes after is the revocation.
    service.store.onRead = (text) => {
      if (!/from \{workspaces\} where key/.test(text) || revoked) return
      revoked = scim.tokens.revoke('acme', acme.tokenId)
      service.store.hold = revoked
    }
    await acme.get('/Groups')
    await revoked
    expect((await acme.get('/Groups')).status).toBe(401)
  })

  test('rotation: two tokens live side by side, and the old one is brought to its end', async () => {
    await using service = await startService(store)
    const { acme, clock, scim } = service
    const { text } = await scim.tokens.issue('acme', { label: 'new', createdBy: 'test' })
    expect((await acme.get('/Groups', { token: text })).status).toBe(200)
    await scim.tokens.end('acme', acme.tokenId, START + DAY)
    expect((await acme.get('/Groups')).status).toBe(200)
    clock.advance(DAY)
    expect((await acme.get('/Groups')).status).toBe(401)
    expect((await acme.get('/Groups', { token: text })).status).toBe(200)
    // An end is never moved back.
    await scim.tokens.end('acme', acme.tokenId, START + 100 * DAY)
    expect((await acme.get('/Groups')).status).toBe(401)
  })

  test('the last use is kept: time and client', async () => {
    await using service = await startService(store)
    service.clock.advance(5 * SECOND)
    await service.acme.get('/Groups', { headers: { 'User-Agent': 'Okta SCIM Client 1.0.0' } })
    await service.scim.flush()
    const [token] = await service.scim.tokens.list('acme')
    expect(token).toMatchObject({ lastUsedAt: START + 5 * SECOND, lastUsedClient: 'Okta SCIM Client 1.0.0' })
  })

  test('requests with a dead token are counted for each token, minute and reason, and unknown ones are not', async () => {
    await using service = await startService(store)
    const { acme, clock, scim } = service
    const old = await service.tenant('old', {}, { lifetime: DAY })
    await scim.tokens.revoke('acme', acme.tokenId)
    clock.advance(DAY)
    for (const tenant of [acme, acme, old]) await tenant.get('/Groups')
    await acme.get('/ServiceProviderConfig')
    clock.advance(MINUTE)
    await acme.get('/Groups')
    await acme.get('/Groups', { token: `${acme.token.slice(0, -1)}_` })
    await scim.flush()
    await acme.get('/Users')
    await scim.flush()
    const minute = (START + DAY) / MINUTE
    const [first, second] = await service.rows<{ key: number }>('select key from {tokens} order by key')
    expect(await service.rows<Refusal>(REFUSALS)).toEqual([
      { token_key: first?.key, minute, reason: 'revoked', count: 3 },
      { token_key: first?.key, minute: minute + 1, reason: 'revoked', count: 2 },
      // A mistyped copy names the token that it was meant to be.
      { token_key: first?.key, minute: minute + 1, reason: 'wrong', count: 1 },
      { token_key: second?.key, minute, reason: 'expired', count: 1 },
    ])
  })

  test('a request with somebody else’s secret behind a known public id is not known, and not counted', async () => {
    await using service = await startService(store)
    const { token } = await service.scim.tokens.issue('acme', { label: 'second', createdBy: 'test' })
    await service.rows('select 1')
    await service.store.write(async (writer) => {
      // Both rows keep their ids; their secrets are exchanged.
      await writer.run(
        { text: 'update {tokens} set digest = (select digest from {tokens} where id = :id)' },
        { id: token.id },
      )
    })
    const answer = await service.acme.get('/Groups')
    expect([answer.status, answer.body.detail]).toEqual([401, expect.stringContaining('is not known here')])
    await service.scim.flush()
    expect(await service.rows(REFUSALS)).toEqual([])
  })
})
