import { describe, expect, test } from 'vitest'
import { PATCH_URN, STORES, startService } from './support.ts'

describe.each(STORES)('a token pasted where an id belongs, on %s', (store) => {
  test('is in no answer, no activity and no fact for logs', async () => {
    const facts: unknown[] = []
    await using service = await startService(store, { onRequest: (fact) => facts.push(fact) })
    const { acme, scim } = service
    const { token } = acme
    const answers = [
      await acme.get(`/Groups/${token}`),
      await acme.get(`/Users/${token}`),
      await acme.get(`/Users?filter=${token}`),
      await acme.get(`/Groups?filter=${encodeURIComponent(`displayName eq "${token}"`)}`),
      await acme.get(`/${token}`),
      await acme.send('DELETE', `/Groups/${token}`),
      await acme.post('/Groups', { displayName: 'A', members: [{ value: token }] }),
      await acme.send('PATCH', `/Groups/${token}`, {
        body: { schemas: [PATCH_URN], Operations: [{ op: 'add', path: token, value: token }] },
      }),
    ]
    await scim.flush()
    const entries = await Promise.all(
      (await scim.activity.list('acme')).map(({ id }) => scim.activity.find('acme', id)),
    )
    expect(entries.length).toBeGreaterThanOrEqual(7)
    const rows = await service.rows('select * from {activity}')
    const all = JSON.stringify([answers.map(({ text }) => text), entries, rows, facts])
    expect(all).not.toContain(token.slice(9, 50))
  })
})
