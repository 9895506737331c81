import { createScim } from '@optimaite/scim'
import pino from 'pino'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Cluster, startCluster } from '../../../scim/test/postgres/cluster.ts'
import { createDatabase } from '../../../scim/test/postgres/databases.ts'
import { readConfig } from '../../src/config.ts'
import { startService } from '../../src/service.ts'
import { freshFolder, run, start } from '../support/cli.ts'
import { freePort } from '../support/freePort.ts'
import { childrenOf, serveOn, workspaceIn } from '../support/processes.ts'

let cluster: Cluster
let cwd: string
let url: string

beforeAll(async () => {
  cluster = await startCluster({ own: true })
  ;({ url } = await createDatabase(cluster.url))
})

afterAll(() => cluster?.stop())

beforeEach(async () => {
  cwd = await freshFolder()
})

const password = () => new URL(url).password

/** Asks again and again until the answer is as it is waited for. */
async function until(path: string, status: number): Promise<string> {
  for (;;) {
    const response = await fetch(path)
    const text = await response.text()
    if (response.status === status) return text
  }
}

test('a service that is there before its PostgreSQL says so once, and goes on when it comes', async () => {
  await cluster.halt()
  const running = start(['serve', '--port', '0', '--processes', '1'], { cwd, env: { DATABASE_URL: url } })
  const said = await running.untilError(/Trying again for a while/)
  expect(said).toContain(`nobody answers there. Start PostgreSQL, or correct host and port in DATABASE_URL.`)
  await cluster.resume()
  await running.until(/No workspace yet/)
  running.kill('SIGTERM')
  const { code, stdout, stderr } = await running.ended
  expect(code).toBe(0)
  expect(stderr.match(/Trying again/g)).toHaveLength(1)
  expect(stdout + stderr).not.toContain(password())
})

test('one whose PostgreSQL does not come ends, and commands end at once', async () => {
  await cluster.halt()
  try {
    const config = readConfig({ port: '0', database: url }, {})
    await expect(startService(config, pino({ level: 'silent' }), { patience: 0 })).rejects.toMatchObject({
      name: 'StoreUnusable',
      message: expect.stringContaining('nobody answers there'),
    })
    for (const args of [['workspace', 'list'], ['migrate'], ['doctor', '--json']]) {
      const { code, stdout, stderr } = await run(args, { cwd, env: { DATABASE_URL: url } })
      expect(code).toBe(1)
      expect(stdout + stderr).toContain('Start PostgreSQL, or correct host and port in DATABASE_URL.')
      expect(stdout + stderr).not.toContain(password())
    }
  } finally {
    await cluster.resume()
  }
})

test('one that runs is not ready while PostgreSQL is away, and is again by itself when it is back', async () => {
  const service = await serveOn(url, cwd, '--processes', '1')
  await until(`${service.url}/readyz`, 200)
  const scim = await createScim({ database: url, publicUrl: service.url })
  const token = await workspaceIn(scim, 'acme')
  await scim.close()
  for (const mode of ['fast', 'immediate'] as const) {
    await cluster.halt(mode)
    expect(await until(`${service.url}/readyz`, 503)).toBe('the store does not answer\n')
    expect((await fetch(`${service.url}/healthz`)).status).toBe(200)
    const refused = await fetch(`${service.baseUrl}/Groups`, { headers: { Authorization: `Bearer ${token}` } })
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/)
    await cluster.resume()
    await until(`${service.url}/readyz`, 200)
    expect((await fetch(`${service.baseUrl}/Groups`, { headers: { Authorization: `Bearer ${token}` } })).status).toBe(
      200,
    )
  }
  const lines = await service.stop()
  expect(lines.some(({ msg }) => msg === 'the store does not answer')).toBe(true)
  expect(JSON.stringify(lines)).not.toContain(password())
})

test('where all processes die while PostgreSQL is away, one listens on the same port and says so until it is back', async () => {
  const service = await serveOn(url, cwd, '--processes', '2', '--port', String(await freePort()))
  await cluster.halt('fast')
  for (const pid of childrenOf(service.running.pid)) process.kill(pid, 'SIGKILL')
  await service.running.untilError(/a process ended, and is replaced/)
  // Connections that the dead ones had are cut, and until the next one listens there is nobody.
  while (!(await fetch(`${service.url}/healthz`).catch(() => undefined))?.ok);
  expect(await until(`${service.url}/readyz`, 503)).toBe('the service is starting\n')
  await cluster.resume()
  await until(`${service.url}/readyz`, 200)
  await service.stop()
})
