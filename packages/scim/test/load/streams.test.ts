import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ScimError } from '../../src/base/errors.ts'
import { breathe } from '../../src/store/store.ts'
import { STORE } from '../stores.ts'
import { add, readReply, remove, valuesOf } from './client.ts'
import { expectSame } from './expectSame.ts'
import { firstPeople, groupOfSize, prepareStore } from './fixture.ts'
import { type Service, startService } from './service.ts'
import { Statements } from './statements.ts'
import { fileOf, rowsOf } from './truth.ts'

const SIZE = 100_001
const PATH = `/Groups/${groupOfSize(SIZE)}`
const PIECES = Math.ceil(SIZE / 1_000)
const NAMES = /shown_name/

let service: Service
const statements = new Statements()
const cuts: unknown[] = []
/** Answers that are being written. */
const open = new Set<ServerResponse>()
beforeAll(async () => {
  service = await startService({
    prepare: prepareStore,
    wrap: statements.wrap,
    adapter: { onFault: (error) => cuts.push(error) },
  })
  service.server.prependListener('request', (_, response: ServerResponse) => {
    open.add(response)
    response.once('close', () => open.delete(response))
  })
})
afterAll(() => service[Symbol.asyncDispose]())

/** Pieces of a group's members that have been read for an answer. */
const piecesRead = (): number => statements.texts.filter((text) => NAMES.test(text)).length

/** Begins to read the large group, and stops after the first bytes. */
async function readSlowly(): Promise<IncomingMessage> {
  statements.texts.length = 0
  const outgoing = service.client.open('GET', PATH)
  outgoing.end()
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage]
  incoming.pause()
  return incoming
}

/** Until the service waits for the reader: no further piece in many turns of the loop. */
async function stalled(): Promise<number> {
  for (let pieces = -1, turns = 0; ; turns++) {
    if (piecesRead() !== pieces || statements.underWay > 0) {
      pieces = piecesRead()
      turns = 0
    } else if (turns > 500) return pieces
    await breathe()
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await breathe()
}

test('while a large group is written to a slow reader, others are answered, and what is buffered stays bounded', async () => {
  const incoming = await readSlowly()
  const pieces = await stalled()
  // What the sockets of both sides take, which is some megabytes of 13.
  expect(pieces).toBeLessThan(PIECES)
  expect([...open].map(({ writableLength }) => writableLength < 1_000_000)).toEqual([true])
  const { status } = await service.client.send('GET', '/Groups?excludedAttributes=members')
  expect(status).toBe(200)
  expect((await service.client.createGroup('Beside')).members).toEqual([])
  expect(await stalled()).toBe(pieces)
  const group = (await readReply(incoming)).json()
  expect(piecesRead()).toBe(PIECES)
  expectSame(valuesOf(group), firstPeople(SIZE))
})

test('no transaction stays open for a slow reader', async () => {
  const incoming = await readSlowly()
  await stalled()
  expect((await service.client.patch(groupOfSize(101), add('usr_walk'))).status).toBe(204)
  if (STORE === 'sqlite') {
    const other = new Database(fileOf(service.database), { timeout: 0 })
    expect(other.pragma('wal_checkpoint(TRUNCATE)')).toEqual([{ busy: 0, log: 0, checkpointed: 0 }])
    other.close()
  } else {
    const open = `select state from pg_stat_activity where datname = current_database() and xact_start is not null
      and pid <> pg_backend_pid()`
    expect(await rowsOf(service.database, open)).toEqual([])
  }
  expect((await readReply(incoming)).json().members).toHaveLength(SIZE)
})

test('members are those of one moment, though they change while they are written', async () => {
  const incoming = await readSlowly()
  await stalled()
  const [first = '', last = ''] = [firstPeople(1)[0], firstPeople(SIZE).at(-1)]
  const change = await service.client.patch(groupOfSize(SIZE), add('usr_later'), remove(first, last))
  expect(change.status).toBe(204)
  const reply = await readReply(incoming)
  const group = reply.json()
  expect(group.meta.version).toBe(reply.headers.etag)
  expectSame(valuesOf(group), firstPeople(SIZE))
  const after = (await service.client.send('GET', PATH)).json()
  expect(after.meta.version).not.toBe(group.meta.version)
  expectSame(valuesOf(after), ['usr_later', ...firstPeople(SIZE).slice(1, -1)])
  await service.client.patch(groupOfSize(SIZE), remove('usr_later'), add(first, last))
})

test('work for a client that goes away stops', async () => {
  const incoming = await readSlowly()
  const pieces = await stalled()
  incoming.destroy()
  await until(() => open.size === 0)
  await stalled()
  expect(piecesRead()).toBeLessThanOrEqual(pieces + 1)
  expect(cuts).toEqual([])
})

test('work for a client that goes away before its answer begins is not begun', async () => {
  statements.texts.length = 0
  const outgoing = service.client.open('GET', PATH)
  outgoing.on('error', () => {})
  outgoing.end()
  await once(service.server, 'request')
  outgoing.destroy()
  await until(() => open.size === 0)
  await stalled()
  expect(piecesRead()).toBeLessThan(PIECES)
})

test('a failure in the middle cuts the connection: what was sent is not valid JSON, and the fault is heard of', async () => {
  const incoming = await readSlowly()
  await stalled()
  const fault = new ScimError('store_unavailable', {}, {}, new Error('the disk is gone'))
  statements.fail(NAMES, fault)
  let text = ''
  const reading = (async () => {
    for await (const chunk of incoming) text += chunk
  })()
  await expect(reading).rejects.toMatchObject({ code: 'ECONNRESET' })
  expect(incoming.complete).toBe(false)
  expect(text.startsWith('{"schemas"')).toBe(true)
  expect(() => JSON.parse(text)).toThrow()
  expect(cuts).toEqual([fault])
  cuts.length = 0
  expect((await service.client.send('GET', PATH)).json().members).toHaveLength(SIZE)
})

test('HEAD of a large group reads no names', async () => {
  statements.texts.length = 0
  const reply = await service.client.send('HEAD', PATH)
  expect(reply).toMatchObject({ status: 200, text: '' })
  expect(piecesRead()).toBe(0)
})

test('a page of large groups ends before the group that goes beyond 100,000 members', async () => {
  const list = (await service.client.send('GET', '/Groups?sortBy=id')).json<{
    itemsPerPage: number
    totalResults: number
  }>()
  expect(list.totalResults).toBeGreaterThan(list.itemsPerPage)
  const names = await service.client.send('GET', '/Groups?sortBy=id&excludedAttributes=members')
  expect(names.json<{ itemsPerPage: number }>().itemsPerPage).toBe(list.totalResults)
})
