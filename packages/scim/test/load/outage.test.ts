import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { add, type Reply, valuesOf } from './client.ts'
import { Faults, sqliteError } from './faulty.ts'
import { contradictions, groupFacts } from './history.ts'
import { personId, type Service, startService } from './service.ts'
import { fileOf } from './truth.ts'

/* Faults of the store, as a provider sees them. */

let faults: Faults
let service: Service
beforeEach(async () => {
  faults = new Faults()
  const writer = { batchMilliseconds: Number.POSITIVE_INFINITY, lockWaitMilliseconds: 50 }
  service = await startService({ people: 32, connect: faults.connect, writer })
})
afterEach(() => service[Symbol.asyncDispose]())

function expectUnavailable({ status, headers, ...reply }: Reply): void {
  expect(status).toBe(503)
  expect(headers['retry-after']).toMatch(/^\d+$/)
  expect(headers['content-type']).toBe('application/scim+json')
  expect(reply.json()).toMatchObject({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: '503',
    detail: expect.stringContaining('Nothing was changed by this request'),
  })
}

test('COMMIT fails: every request of the batch is 503, nothing is stored, and the same requests work when sent again', async () => {
  const { client, database } = service
  const { id } = await client.createGroup('One')
  const requests = (): Promise<Reply[]> =>
    Promise.all(Array.from({ length: 32 }, (_, number) => client.patch(id, add(personId(number)))))
  // However many batches they come in.
  faults.fail(/^commit$/, sqliteError('SQLITE_IOERR_FSYNC'), Number.POSITIVE_INFINITY)
  for (const reply of await requests()) expectUnavailable(reply)
  faults.heal()
  expect(await groupFacts(database, id)).toMatchObject({ version: 1, members: [], requests: 0 })
  expect((await requests()).map(({ status }) => status)).toEqual(Array.from({ length: 32 }, () => 204))
  expect(await groupFacts(database, id)).toMatchObject({ version: 33, member_count: 32, requests: 32 })
  expect(await contradictions(database)).toEqual([])
})

test('another program holds the store: reads go on, writes are 503 when they have waited, and work when it is free', async () => {
  const { client, store } = service
  const { id } = await client.createGroup('One')
  const other = new Database(fileOf(service.database))
  other.exec('begin immediate')
  const write = client.patch(id, add(personId(0)))
  expect(valuesOf(await client.read(id))).toEqual([])
  expectUnavailable(await write)
  expect(store.counters.waits).toBeGreaterThan(0)
  const waiting = client.patch(id, add(personId(1)))
  other.exec('commit')
  other.close()
  expect((await waiting).status).toBe(204)
  expect(valuesOf(await client.read(id))).toEqual([personId(1)])
})

test('the disk is full: writes are 503, reads go on, and writes work when there is room', async () => {
  const { client, database } = service
  const { id } = await client.createGroup('One')
  const pages = faults.writing.pragma('page_count', { simple: true }) as number
  faults.writing.pragma(`max_page_count = ${pages}`)
  const strangers = Array.from({ length: 3_000 }, (_, number) => `usr_s${number}`)
  expectUnavailable(await client.put(id, 'One', strangers))
  expect(valuesOf(await client.read(id))).toEqual([])
  faults.writing.pragma(`max_page_count = ${pages + 10_000}`)
  expect((await client.put(id, 'One', strangers)).status).toBe(200)
  expect(await groupFacts(database, id)).toMatchObject({ version: 2, member_count: 3_000 })
  expect(await contradictions(database)).toEqual([])
})

test('a read that the disk refuses is 503', async () => {
  faults.fail(/from scim_groups/, sqliteError('SQLITE_IOERR_READ'))
  expectUnavailable(await service.client.send('GET', '/Groups?excludedAttributes=members'))
})

test('what failed for want of the store is in the activity when the store is back', async () => {
  const { client, scim, workspace } = service
  const { id } = await client.createGroup('One')
  faults.fail(/^commit$/)
  expectUnavailable(await client.patch(id, add(personId(0))))
  await scim.flush()
  const [entry] = await scim.activity.list(workspace, { failed: true })
  expect(entry).toMatchObject({ status: 503, problem: 'store_unavailable', method: 'PATCH', effect: null })
})
