import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import type { WireResponse } from '../../src/scim-api/wire.ts'
import { requestText, serve } from './http.ts'

describe('an answer in pieces', () => {
  async function* pieces(...list: (string | Error)[]): AsyncGenerator<string> {
    for (const piece of list) {
      if (piece instanceof Error) throw piece
      yield piece
    }
  }
  const answering = (body: () => AsyncIterable<string>) => async (): Promise<WireResponse> => ({
    status: 200,
    headers: { 'Content-Type': 'application/scim+json' },
    body: body(),
  })

  test('that fails in its middle is cut: it is not ended as if it were whole, and the fault is told', async () => {
    const faults: unknown[] = []
    const large = `{"Resources":[${'1,'.repeat(50_000)}`
    await using served = await serve(
      answering(() => pieces(large, 'x', new Error('gone'))),
      {
        onFault: (fault) => faults.push(fault),
      },
    )
    const { body } = await served.exchange(requestText('GET', '/'))
    // Chunked encoding ends with a chunk of length 0.
    expect(body).not.toMatch(/\r\n0\r\n\r\n$/)
    expect(faults).toEqual([new Error('gone')])
    await expect(fetch(served.url).then((response) => response.text())).rejects.toThrow()
  })

  test('that fails before its first piece is cut as well', async () => {
    await using served = await serve(answering(() => pieces(new Error('gone'))))
    await expect(fetch(served.url).then((response) => response.text())).rejects.toThrow()
  })

  test('is whole where nothing fails, as fast as it is read', async () => {
    let made = 0
    async function* endless(): AsyncGenerator<string> {
      for (; made < 4_000; made++) yield 'x'.repeat(16_384)
    }
    await using served = await serve(answering(endless))
    const connection = await served.connect()
    connection.socket.pause()
    connection.send(requestText('GET', '/'))
    // A client that does not read: the socket's buffers fill, and nothing more is made.
    let before = -1
    while (made !== before) {
      before = made
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    expect(made).toBeLessThan(4_000)
    connection.socket.resume()
    await connection.closed()
    expect(made).toBe(4_000)
  })

  test('ends when the client goes away', async () => {
    let ended: (value: unknown) => void
    const end = new Promise((resolve) => {
      ended = resolve
    })
    async function* endless(): AsyncGenerator<string> {
      try {
        for (;;) yield 'x'.repeat(16_384)
      } finally {
        ended(undefined)
      }
    }
    await using served = await serve(answering(endless))
    const connection = await served.connect()
    connection.send(requestText('GET', '/'))
    await once(connection.socket, 'data')
    connection.socket.destroy()
    await end
  })

  test('for HEAD makes no piece at all', async () => {
    let made = 0
    async function* counted(): AsyncGenerator<string> {
      made++
      yield 'x'
    }
    await using served = await serve(answering(counted))
    const { status, body } = await served.exchange(requestText('HEAD', '/'))
    expect([status, body, made]).toEqual([200, '', 0])
  })

  test('a handler that fails all the same ends the connection and not the process', async () => {
    const faults: unknown[] = []
    const handle = () => Promise.reject(new Error('never'))
    await using served = await serve(handle, { onFault: (fault) => faults.push(fault) })
    const { status, cut } = await served.exchange(requestText('GET', '/'))
    expect([status, cut || status === 0]).toEqual([0, true])
    expect(faults).toEqual([new Error('never')])
  })
})
