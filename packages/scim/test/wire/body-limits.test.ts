import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { nodeListener } from '../../src/adapters/node.ts'
import { BODY_BYTES, BodyBudget } from '../../src/scim-api/limits.ts'
import type { WireRequest } from '../../src/scim-api/wire.ts'
import { listen, requestText, type Served, serve } from './http.ts'
import { ERROR_URN, membersOf, type Service, STORES, startService } from './support.ts'

const PATH = '/api/auth/scim/v2'
const MIB = 1024 * 1024

describe.each(STORES)('bodies by their size on %s (DESIGN 3.5)', (store) => {
  let service: Service
  let served: Served
  let bearer: Record<string, string>
  beforeAll(async () => {
    service = await startService(store)
    served = await serve(service.scim.handle)
    bearer = { Authorization: `Bearer ${service.acme.token}`, 'Content-Type': 'application/json' }
  })
  afterAll(async () => {
    await served[Symbol.asyncDispose]()
    await service[Symbol.asyncDispose]()
  })

  /** Sends the head alone, with the length of a body that never comes. */
  const declare = (method: string, path: string, length: number, headers: Record<string, string>) =>
    served.exchange(requestText(method, PATH + path, { ...headers, 'Content-Length': String(length) }))

  test.each<[string, string, string, number, Record<string, string> | 'bearer', number]>([
    ['without a token', 'POST', '/Groups', 5, {}, 401],
    ['with a dead token', 'PUT', '/Groups', 5, { Authorization: 'Bearer non-token' }, 401],
    ['on an unknown route', 'POST', '/Nothing', 5, 'bearer', 404],
    ['on what is not offered', 'POST', '/Bulk', 5, 'bearer', 501],
    ['with a wrong method', 'PUT', '/Users', 5, 'bearer', 405],
    ['of 32 MiB and a byte', 'POST', '/Groups', 32 * MIB + 1, 'bearer', 413],
    ['of a terabyte', 'PATCH', '/Groups/grp_x', 1e12, 'bearer', 413],
    ['of 32 MiB and a byte without a token', 'POST', '/Groups', 32 * MIB + 1, {}, 401],
  ])('a body %s is refused before any of it is read', async (_, method, path, length, headers, status) => {
    const answer = await declare(method, path, length, headers === 'bearer' ? bearer : headers)
    expect(answer.status).toBe(status)
    expect(answer.head).toMatch(/connection: close/i)
    expect(JSON.parse(answer.body)).toMatchObject({ schemas: [ERROR_URN], status: String(status) })
  })

  test.each([
    ['compressed', { 'Content-Encoding': 'gzip' }],
    ['of another type', { 'Content-Type': 'text/plain' }],
  ])('a body that is %s is refused before any of it is read', async (_, headers) => {
    expect((await declare('POST', '/Groups', 1000, { ...bearer, ...headers })).status).toBe(415)
  })

  test('a connection stays open for what its client still sends when it is refused', async () => {
    const events: string[] = []
    const listener = nodeListener(service.scim.handle)
    const server = createServer((incoming, outgoing) => {
      incoming.once('end', () => events.push('the body has ended'))
      outgoing.once('finish', () => events.push('the answer has ended'))
      void listener(incoming, outgoing)
    })
    await using own = await listen(server)
    const connection = await own.connect()
    connection.send(requestText('POST', `${PATH}/Groups`, { 'Content-Length': '100' }))
    await connection.hears('No bearer token')
    connection.send(' '.repeat(100))
    const { status, cut } = await connection.closed()
    expect([status, cut]).toEqual([401, false])
    expect(events).toEqual(['the body has ended', 'the answer has ended'])
  })

  test('a client that sends on all the same hears the refusal', async () => {
    const connection = await served.connect()
    const headers = { ...bearer, 'Content-Length': String(64 * MIB) }
    connection.send(requestText('POST', `${PATH}/Groups`, headers))
    const piece = Buffer.alloc(MIB, 0x20)
    let isOpen = true
    connection.socket.once('close', () => {
      isOpen = false
    })
    for (let i = 0; i < 64 && isOpen; i++) {
      if (!connection.socket.write(piece)) {
        await Promise.race([
          new Promise((resolve) => connection.socket.once('drain', resolve)),
          new Promise((resolve) => connection.socket.once('close', resolve)),
        ])
      }
    }
    const { status, body } = await connection.closed()
    expect(status).toBe(413)
    expect(JSON.parse(body)).toMatchObject({ status: '413' })
  })

  test('a chunked body is refused when it has become too large, and that is heard too', async () => {
    const connection = await served.connect()
    connection.send(requestText('POST', `${PATH}/Groups`, { ...bearer, 'Transfer-Encoding': 'chunked' }))
    const piece = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(MIB, 0x20), Buffer.from('\r\n')])
    let isOpen = true
    connection.socket.once('close', () => {
      isOpen = false
    })
    for (let i = 0; i < 40 && isOpen; i++) {
      if (!connection.socket.write(piece)) {
        await Promise.race([
          new Promise((resolve) => connection.socket.once('drain', resolve)),
          new Promise((resolve) => connection.socket.once('close', resolve)),
        ])
      }
    }
    const { status, body } = await connection.closed()
    expect(status).toBe(413)
    expect(JSON.parse(body)).toMatchObject({ status: '413' })
    const [entry] = await service.scim.activity.list('acme')
    expect(entry).toMatchObject({ status: 413, problem: 'body_too_large' })
  })

  test('exactly 32 MiB are read', async () => {
    const { acme } = service
    const { id } = await acme.group({ displayName: 'Large' })
    const body = JSON.stringify({ displayName: 'Large', members: membersOf('usr_ana') })
    const full = body + ' '.repeat(BODY_BYTES - body.length)
    const answer = await acme.put(`/Groups/${id}`, full)
    expect([answer.status, answer.body.members?.length]).toEqual([200, 1])
    expect((await acme.put(`/Groups/${id}`, `${full} `)).status).toBe(413)
  })

  test('a declared length that is a lie is no way around the limit', async () => {
    const { status } = await service.acme.post('/Groups', ' '.repeat(BODY_BYTES + 1), {
      headers: { 'Content-Length': '5' },
    })
    expect(status).toBe(413)
  })

  test('without a token no body is read, by fetch either', async () => {
    let pulled = 0
    const body = new ReadableStream(
      {
        pull(controller) {
          pulled++
          controller.enqueue(new Uint8Array(10))
        },
      },
      { highWaterMark: 0 },
    )
    const response = await service.scim.fetch(
      new Request(`https://x.example${PATH}/Groups`, { method: 'POST', body, duplex: 'half' }),
    )
    expect([response.status, pulled]).toEqual([401, 0])
  })

  test('a body that breaks off is the client’s fault, by fetch too', async () => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(Buffer.from('{"displayName":'))
        controller.error(new Error('reset'))
      },
    })
    const response = await service.scim.fetch(
      new Request(`https://x.example${PATH}/Groups`, {
        method: 'POST',
        headers: { Authorization: bearer.Authorization ?? '' },
        body,
        duplex: 'half',
      }),
    )
    expect(response.status).toBe(400)
  })
})

describe('the bodies that a process holds', () => {
  const request = (length: number | undefined, read: WireRequest['readBody']): WireRequest => ({
    method: 'POST',
    path: '/',
    query: '',
    address: null,
    header: (name) => (name === 'content-length' && length !== undefined ? String(length) : undefined),
    readBody: read,
  })
  const nothing = async () => new Uint8Array()

  /** A body that is held until it is let go. */
  function held(budget: BodyBudget, length: number) {
    let letGo: (value: unknown) => void = () => {}
    const gate = new Promise((resolve) => {
      letGo = resolve
    })
    let began = false
    const done = budget.withBody(request(length, nothing), async () => {
      began = true
      await gate
    })
    return { done, letGo, hasBegun: () => began }
  }
  const turn = () => new Promise((resolve) => setImmediate(resolve))

  test('are 64 MiB at the most; the next one waits for its turn', async () => {
    const budget = new BodyBudget()
    const first = held(budget, BODY_BYTES)
    const second = held(budget, BODY_BYTES)
    const third = held(budget, 1)
    await turn()
    expect([first, second, third].map(({ hasBegun }) => hasBegun())).toEqual([true, true, false])
    expect(budget.heldBytes).toBe(64 * MIB)
    first.letGo(undefined)
    await first.done
    await turn()
    expect(third.hasBegun()).toBe(true)
    for (const { letGo, done } of [second, third]) {
      letGo(undefined)
      await done
    }
    expect(budget.heldBytes).toBe(0)
  })

  test('wait in the order of their coming, so that small ones do not overtake a large one for ever', async () => {
    const budget = new BodyBudget()
    const all = [held(budget, BODY_BYTES), held(budget, 20 * MIB), held(budget, 30 * MIB), held(budget, 1)]
    await turn()
    expect(all.map(({ hasBegun }) => hasBegun())).toEqual([true, true, false, false])
    all[1]?.letGo(undefined)
    await all[1]?.done
    await turn()
    expect(all.map(({ hasBegun }) => hasBegun())).toEqual([true, true, true, true])
    for (const { letGo } of all) letGo(undefined)
    await Promise.all(all.map(({ done }) => done))
  })

  test('that wait too long get 503 with Retry-After, and the rest goes on', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const budget = new BodyBudget()
      const blocking = [held(budget, BODY_BYTES), held(budget, BODY_BYTES)]
      const waiting = held(budget, 1)
      const refused = expect(waiting.done).rejects.toMatchObject({ status: 503, headers: { 'Retry-After': '5' } })
      await vi.advanceTimersByTimeAsync(60_000)
      await refused
      for (const { letGo } of blocking) letGo(undefined)
      await Promise.all(blocking.map(({ done }) => done))
      expect(budget.heldBytes).toBe(0)
      const next = held(budget, BODY_BYTES)
      await turn()
      expect(next.hasBegun()).toBe(true)
      next.letGo(undefined)
      await next.done
    } finally {
      vi.useRealTimers()
    }
  })

  test('count what arrives where no length is declared, or a wrong one', async () => {
    for (const length of [undefined, 1]) {
      const budget = new BodyBudget()
      const blocking = held(budget, BODY_BYTES)
      const second = held(budget, 31 * MIB)
      const grows = request(length, async (_, grown) => {
        grown(MIB / 2)
        expect(budget.heldBytes).toBe(63.5 * MIB)
        grown(2 * MIB)
        return new Uint8Array()
      })
      await expect(budget.withBody(grows, async () => {})).rejects.toMatchObject({ status: 503 })
      expect(budget.heldBytes).toBe(63 * MIB)
      for (const { letGo, done } of [blocking, second]) {
        letGo(undefined)
        await done
      }
      expect(budget.heldBytes).toBe(0)
    }
  })

  test('are let go whatever becomes of them', async () => {
    const budget = new BodyBudget()
    const broken = request(1000, () => Promise.reject(new Error('gone')))
    await expect(budget.withBody(broken, async () => {})).rejects.toThrow('gone')
    const failing = budget.withBody(request(1000, nothing), () => Promise.reject(new Error('no')))
    await expect(failing).rejects.toThrow('no')
    await expect(budget.withBody(request(BODY_BYTES + 1, nothing), async () => {})).rejects.toMatchObject({
      status: 413,
    })
    expect(budget.heldBytes).toBe(0)
  })
})
