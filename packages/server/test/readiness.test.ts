import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Distribution, type MigrationStatus, type Scim, StoreTooNew } from '@optimaite/scim'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { createListener } from '../src/http/listener.ts'
import { createMetrics } from '../src/http/metrics.ts'

/** What `/readyz` answers over a store of which this is known. */
async function readiness(status: Partial<MigrationStatus> | Error): Promise<[number, string]> {
  const migrationStatus = async () => {
    if (status instanceof Error) throw status
    return { version: 4, newest: 4, readableFrom: 4, pending: [], ...status }
  }
  const server = createServer(
    createListener({
      scim: { migrationStatus } as unknown as Scim,
      ending: false,
      metrics: createMetrics(),
      log: pino({ level: 'silent' }),
      trustedProxies: [],
      secure: false,
      apis: undefined,
    }),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/readyz`)
  const answer: [number, string] = [response.status, await response.text()]
  server.close()
  return answer
}

test('the embedded store is ready or has migrations to do', async () => {
  expect(await readiness({})).toEqual([200, 'ready\n'])
  expect(await readiness({ pending: ['a step'] })).toEqual([503, 'the store has migrations to do\n'])
})

test('a program that has become too old for its store sends its balancer elsewhere, and says why', async () => {
  const text = 'the store needs a newer version of this program\n'
  expect(await readiness(new StoreTooNew(99))).toEqual([503, text])
  expect(await readiness(new Error('gone'))).toEqual([503, 'the store does not answer\n'])
})

test.each<[Distribution, string]>([
  [{ layout: 'plain', missing: [] }, 'ready: plain PostgreSQL\n'],
  [{ layout: 'distributed', missing: [] }, 'ready: distributed by workspace\n'],
  [
    { layout: 'partial', missing: ['former_groups'] },
    'ready: distributed in part; migrate --distribute citus does the rest\n',
  ],
])('of PostgreSQL it says how the store is laid out: %o', async (distribution, text) => {
  expect(await readiness({ distribution })).toEqual([200, text])
})
