import { describe, expect, test } from 'vitest'
import { fetchHandler } from '../../src/adapters/fetch.ts'
import { membersOf, STORES, startService } from './support.ts'

async function* pieces(...list: (string | Error)[]): AsyncGenerator<string> {
  for (const piece of list) {
    if (piece instanceof Error) throw piece
    yield piece
  }
}

describe('an answer in pieces, by fetch', () => {
  const answering = (body: AsyncIterable<string>) =>
    fetchHandler(async () => ({ status: 200, headers: { 'Content-Type': 'application/scim+json' }, body }))

  test('is a stream of all of them', async () => {
    const response = await answering(pieces('{"a":', '"ü"', '}'))(new Request('https://x.example/'))
    expect(await response.json()).toEqual({ a: 'ü' })
  })

  test('that fails in its middle fails the stream', async () => {
    const response = await answering(pieces('{"a":', new Error('gone')))(new Request('https://x.example/'))
    await expect(response.text()).rejects.toThrow('gone')
  })

  test('ends when nobody reads on', async () => {
    let ended = false
    async function* endless(): AsyncGenerator<string> {
      try {
        for (;;) yield 'x'
      } finally {
        ended = true
      }
    }
    const response = await answering(endless())(new Request('https://x.example/'))
    const reader = response.body?.getReader()
    await reader?.read()
    await reader?.cancel()
    expect(ended).toBe(true)
  })
})

describe.each(STORES)('a large group on %s', (store) => {
  const MEMBERS = Array.from({ length: 5_000 }, (_, i) => `usr_${i}`)

  test('is a stream that fails where the store fails in its middle', async () => {
    await using service = await startService(store)
    const { id } = await service.acme.group({ displayName: 'Large', members: membersOf(...MEMBERS) })
    expect((await service.acme.get(`/Groups/${id}`)).body.members).toHaveLength(5_000)
    for (const path of [`/Groups/${id}`, '/Groups']) {
      let reads = 0
      service.store.onRead = (text) => {
        if (text.includes('shown_name') && ++reads > 2) throw new Error('the disk is gone')
      }
      await expect(service.acme.get(path)).rejects.toThrow('the disk is gone')
      service.store.onRead = () => {}
    }
  })

  test('is one moment: members that are changed while it is read are those of its beginning', async () => {
    await using service = await startService(store)
    const { acme } = service
    const { id } = await acme.group({ displayName: 'Large', members: membersOf(...MEMBERS) })
    let removal: Promise<unknown> | undefined
    service.store.onRead = (text) => {
      if (!text.includes('shown_name') || removal) return
      removal = acme.patch(`/Groups/${id}`, { Operations: [{ op: 'remove', path: 'members' }] })
      service.store.hold = removal
    }
    const { body } = await acme.get(`/Groups/${id}`)
    await removal
    expect(body.members).toHaveLength(5_000)
    expect(body.meta?.version).toBe('W/"1"')
    expect(await acme.members(id)).toEqual([])
  })
})
