import { type ClientRequest, createServer, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { nodeListener } from '../../src/adapters/node.ts'
import type { ScimError } from '../../src/base/errors.ts'
import { BODY_BYTES, BodyBudget } from '../../src/scim-api/limits.ts'
import { breathe } from '../../src/store/store.ts'
import { Client, replyOf } from './client.ts'
import { startService } from './service.ts'

const MIB = 2 ** 20
const HELD = 4 * MIB

let budget: BodyBudget
let server: Server
let client: Client
const peers = new Set<Socket>()

/** The node adapter over nothing but the budget of bodies: it answers how many bytes there were. */
async function listen(waitMilliseconds?: number): Promise<void> {
  budget = new BodyBudget({ heldBytes: HELD, ...(waitMilliseconds !== undefined && { waitMilliseconds }) })
  server = createServer(
    nodeListener(async (request) => {
      try {
        return await budget.withBody(request, async ({ length }) => ({ status: 200, headers: {}, body: `${length}` }))
      } catch (error) {
        const { status, code, headers } = error as ScimError
        return { status, headers, body: code }
      }
    }),
  )
  server.on('connection', (socket) => peers.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  client = new Client(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, 'token')
}
beforeEach(() => listen())
afterEach(async () => {
  client.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  peers.clear()
})

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await breathe()
}

/** Begins a body and sends `sent` bytes of it. */
function upload(declared: number | undefined, sent: number): ClientRequest {
  const outgoing = client.open('POST', 'x', declared === undefined ? {} : { 'Content-Length': String(declared) })
  outgoing.on('error', () => {})
  outgoing.write(Buffer.alloc(sent))
  return outgoing
}

const received = (): number => [...peers].reduce((total, { bytesRead }) => total + bytesRead, 0)

test.each([undefined, MIB])('a body of declared length %s is read whole', async (declared) => {
  const outgoing = upload(declared, MIB)
  outgoing.end()
  expect(await replyOf(outgoing)).toMatchObject({ status: 200, text: String(MIB) })
  expect(budget.heldBytes).toBe(0)
})

test.each([undefined, MIB])(
  'a client that goes away in mid-body (declared %s) gives its share back',
  async (declared) => {
    const outgoing = upload(declared, MIB / 2)
    await until(() => received() > MIB / 2)
    expect(budget.heldBytes).toBeGreaterThanOrEqual(MIB / 2)
    outgoing.destroy()
    await until(() => budget.heldBytes === 0)
  },
)

test('a client that goes away while its body waits gives back the share that it gets later', async () => {
  const holder = upload(HELD, 1)
  await until(() => budget.heldBytes === HELD)
  const gone = upload(HELD, 1)
  await until(() => budget.waiting === 1)
  const next = upload(HELD, HELD)
  next.end()
  await until(() => budget.waiting === 2)
  const [, waiting] = [...peers]
  gone.destroy()
  await until(() => waiting?.destroyed === true)
  holder.destroy()
  expect(await replyOf(next)).toMatchObject({ status: 200, text: String(HELD) })
  await until(() => budget.heldBytes === 0)
  expect(budget.waiting).toBe(0)
})

test('a body that waits is not read meanwhile, and answered 503 when it has waited too long', async () => {
  server.close()
  await listen(20)
  const holder = upload(HELD, 1)
  await until(() => budget.heldBytes === HELD)
  const before = received()
  const waiting = upload(HELD, HELD)
  const reply = await replyOf(waiting)
  expect(reply).toMatchObject({ status: 503, text: 'overloaded', headers: { 'retry-after': '5', connection: 'close' } })
  // What fits into the socket's and the parser's buffers, no more.
  expect(received() - before).toBeLessThan(MIB)
  holder.destroy()
  await until(() => budget.heldBytes === 0)
})

test('a body that declares too much is refused, and not read', async () => {
  const outgoing = upload(BODY_BYTES + 1, 1_000)
  const reply = await replyOf(outgoing)
  expect(reply).toMatchObject({ status: 413, text: 'body_too_large', headers: { connection: 'close' } })
  await until(() => [...peers].every(({ destroyed }) => destroyed))
  expect(received()).toBeLessThan(10_000)
})

test('a body without end is refused when it goes beyond what may be held, and its connection ends', async () => {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  let answer = ''
  let receivedAtAnswer = 0
  socket.on('data', (data) => {
    answer += data
  })
  server.once('request', (_, response: ServerResponse) =>
    response.once('finish', () => {
      receivedAtAnswer = received()
    }),
  )
  // Its connection is reset while it sends.
  socket.on('error', () => {})
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n')
  const chunk = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(0x10000), Buffer.from('\r\n')])
  while (!socket.destroyed) {
    if (!socket.write(chunk)) {
      await new Promise<void>((resolve) => {
        socket.once('drain', resolve)
        socket.once('close', resolve)
      })
    }
    await breathe()
  }
  expect(receivedAtAnswer).toBeGreaterThan(HELD)
  expect(receivedAtAnswer).toBeLessThan(HELD + MIB)
  // A reset can overtake the answer.
  expect(answer === '' || answer.startsWith('HTTP/1.1 503')).toBe(true)
  expect(budget.heldBytes).toBe(0)
})

test('a connection goes on after a body that was refused for its content', async () => {
  await using service = await startService()
  for (const body of ['{', '[1]', '{"displayName":""}']) {
    const reply = await service.client.send('POST', '/Groups', body)
    expect(reply.status).toBe(400)
    expect(reply.headers.connection).toBe('keep-alive')
  }
})

test('a large body without a live token is refused unread', async () => {
  await using service = await startService()
  let bytes = 0
  service.server.on('connection', (socket) =>
    socket.once('close', () => {
      bytes = socket.bytesRead
    }),
  )
  const stranger = new Client(String(service.client.base), 'opt_scim_nobody')
  const outgoing = stranger.open('POST', '/Groups', { 'Content-Length': String(30 * MIB) })
  outgoing.on('error', () => {})
  outgoing.write(Buffer.alloc(1_000))
  expect(await replyOf(outgoing)).toMatchObject({ status: 401, headers: { connection: 'close' } })
  await until(() => bytes > 0)
  expect(bytes).toBeLessThan(10_000)
  stranger.close()
})

test('two stalled uploads of 32 MiB hold up other bodies, not reads; when one ends the next goes on', async () => {
  await using service = await startService()
  const stalled = [1, 2].map(() => {
    const outgoing = service.client.open('POST', '/Groups', {
      'Content-Type': 'application/scim+json',
      'Content-Length': String(BODY_BYTES),
    })
    outgoing.on('error', () => {})
    outgoing.write('{')
    return outgoing
  })
  const requests = new Promise<void>((resolve) => {
    let count = 0
    service.server.on('request', () => {
      count += 1
      if (count === 3) resolve()
    })
  })
  let answered = false
  const waiting = service.client.createGroup('Waiting').finally(() => {
    answered = true
  })
  await requests
  expect((await service.client.send('GET', '/Groups')).json().totalResults).toBe(0)
  for (let turn = 0; turn < 100; turn++) await breathe()
  expect(answered).toBe(false)
  stalled[0]?.destroy()
  expect(await waiting).toMatchObject({ displayName: 'Waiting' })
  stalled[1]?.destroy()
})
