import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { expect, test } from 'vitest'
import { nodeAnswer } from '../src/http/fetch.ts'

/** What becomes of answering with a body, to a client that goes as soon as it has read `begun`. */
async function answered(body: ReadableStream<Uint8Array>): Promise<unknown> {
  const answer = nodeAnswer(
    async () => new Response(body),
    'http://127.0.0.1',
    () => null,
  )
  const ended = Promise.withResolvers<unknown>()
  const server = createServer((request, response) => {
    answer(request, response).then(() => ended.resolve('answered'), ended.resolve)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  let read = ''
  socket.on('data', (data) => {
    read += data
    if (read.includes('begun')) socket.destroy()
  })
  socket.on('error', () => {})
  const how = await ended.promise
  server.close()
  return how
}

test('a client that goes before the whole answer is there is no fault', async () => {
  const body = new ReadableStream({ start: (controller) => controller.enqueue(Buffer.from('begun')) })
  expect(await answered(body)).toBe('answered')
})

test('a body that fails is one', async () => {
  const body = new ReadableStream({ pull: (controller) => controller.error(new Error('the disk is gone')) })
  expect(await answered(body)).toMatchObject({ message: 'the disk is gone' })
})
