import { describe, expect, test } from 'vitest'
import { ERROR_URN, STORES, startService, type Tenant } from './support.ts'

async function statuses(tenant: Tenant, count: number, token?: string): Promise<Record<number, number>> {
  const counts: Record<number, number> = {}
  for (let i = 0; i < count; i++) {
    const { status } = await tenant.get('/ResourceTypes', token === undefined ? {} : { token })
    counts[status] = (counts[status] ?? 0) + 1
  }
  return counts
}

describe.each(STORES)('429 on %s (DESIGN 3.1)', (store) => {
  test('past the burst, with an integer Retry-After, and again when it has passed', async () => {
    await using service = await startService(store, { rateLimit: { perSecond: 10, burst: 20 } })
    expect(await statuses(service.acme, 20)).toEqual({ 200: 20 })
    const answer = await service.acme.get('/Groups')
    expect(answer.status).toBe(429)
    expect(answer.headers.get('retry-after')).toBe('1')
    expect(answer.body).toMatchObject({ schemas: [ERROR_URN], status: '429' })
    service.clock.advance(500)
    expect(await statuses(service.acme, 6)).toEqual({ 200: 5, 429: 1 })
  })

  test('the burst is never exceeded, however long a token rested', async () => {
    await using service = await startService(store, { rateLimit: { perSecond: 10, burst: 20 } })
    expect(await statuses(service.acme, 1)).toEqual({ 200: 1 })
    service.clock.advance(3_600_000)
    expect(await statuses(service.acme, 25)).toEqual({ 200: 20, 429: 5 })
  })

  test('Retry-After says how long it takes when the rate is below one a second', async () => {
    await using service = await startService(store, { rateLimit: { perSecond: 0.1, burst: 1 } })
    expect(await statuses(service.acme, 1)).toEqual({ 200: 1 })
    service.clock.advance(2_500)
    expect((await service.acme.get('/Groups')).headers.get('retry-after')).toBe('8')
    service.clock.advance(7_500)
    expect((await service.acme.get('/Groups')).status).toBe(200)
  })

  test('each token has a budget of its own, and requests without a live one have none', async () => {
    await using service = await startService(store, { rateLimit: { perSecond: 1, burst: 3 } })
    const second = await service.scim.tokens.issue('acme', { label: 'second', createdBy: 'test' })
    const globex = await service.tenant('globex')
    expect(await statuses(service.acme, 4)).toEqual({ 200: 3, 429: 1 })
    expect(await statuses(service.acme, 4, second.text)).toEqual({ 200: 3, 429: 1 })
    expect(await statuses(globex, 4)).toEqual({ 200: 3, 429: 1 })
    expect(await statuses(service.acme, 5, 'non-token')).toEqual({ 401: 5 })
  })

  test('a refused request does nothing, and is in the activity', async () => {
    await using service = await startService(store, { rateLimit: { perSecond: 1, burst: 1 } })
    expect((await service.acme.post('/Groups', { displayName: 'A' })).status).toBe(201)
    expect((await service.acme.post('/Groups', { displayName: 'B' })).status).toBe(429)
    expect(await service.scim.groups.list('acme')).toHaveLength(1)
    const [entry] = await service.scim.activity.list('acme', { failed: true })
    expect(entry).toMatchObject({ status: 429, problem: 'too_many_requests' })
  })

  test('a clock that is set back takes nothing from the budget', async () => {
    await using service = await startService(store, { rateLimit: { perSecond: 10, burst: 20 } })
    await statuses(service.acme, 1)
    service.clock.advance(-60_000)
    expect(await statuses(service.acme, 19)).toEqual({ 200: 19 })
  })

  test('200 a second and 2,000 at once by default', async () => {
    await using service = await startService(store)
    expect(await statuses(service.acme, 2_001)).toEqual({ 200: 2_000, 429: 1 })
    service.clock.advance(100)
    expect(await statuses(service.acme, 21)).toEqual({ 200: 20, 429: 1 })
  })

  test('0 turns it off', async () => {
    await using service = await startService(store, { rateLimit: { perSecond: 0, burst: 0 } })
    expect(await statuses(service.acme, 2_100)).toEqual({ 200: 2_100 })
  })
})
