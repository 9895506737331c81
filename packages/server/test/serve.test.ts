import { execFile } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import pino from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createListener } from '../src/http/listener.ts'
import { createMetrics } from '../src/http/metrics.ts'
import { createHttpServer, listen, stopListening } from '../src/http/server.ts'
import { call, freshFolder, run, start } from './support/cli.ts'
import { startServer, type TestServer } from './support/server.ts'

const READY = /Database: .*\n/
const DEMO = /\ncurl .*\n/

let cwd: string

beforeEach(async () => {
  cwd = await freshFolder()
})

describe('serve', () => {
  test('says where it listens, what to enter at a provider, and how to go on', async () => {
    const serving = start(['serve', '--port', '0', '--public-url', 'https://app.example.com/'], { cwd })
    const shown = await serving.until(READY)
    expect(shown).toMatch(/^Listening on http:\/\/127\.0\.0\.1:\d+\n/)
    expect(shown).toContain('Base URL for providers: https://app.example.com/api/auth/scim/v2\n')
    expect(shown).toContain(join(cwd, 'data', 'scim.db'))
    serving.kill('SIGTERM')
    const { code, stdout } = await serving.ended
    expect(code).toBe(0)
    expect(stdout).toContain('workspace create SLUG --name NAME --scim on')
  })

  test('takes its settings from environment and file', async () => {
    writeFileSync(join(cwd, 'optimaite-scim.config.json'), JSON.stringify({ database: 'sqlite:other.db', port: 1 }))
    const serving = start(['serve', '--json'], { cwd, env: { PORT: '0', PUBLIC_URL: 'https://app.example.com' } })
    const started = JSON.parse(await serving.until(/\n/))
    expect(started).toMatchObject({
      baseUrl: 'https://app.example.com/api/auth/scim/v2',
      database: join(cwd, 'other.db'),
    })
    serving.kill('SIGINT')
    expect((await serving.ended).code).toBe(0)
  })

  test('on a port in use names it and another, and makes no store', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    const { code, stdout, stderr } = await run(['serve', '--port', String(port)], { cwd })
    other.close()
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(new RegExp(`^Port ${port} on 127.0.0.1 is in use .*\nChoose another with --port \\d+, `))
    expect(existsSync(join(cwd, 'data'))).toBe(false)
  })

  test('on a store that it cannot open ends with what to do', async () => {
    writeFileSync(join(cwd, 'notes.txt'), 'no database\n'.repeat(500))
    const { code, stderr } = await run(['serve', '--port', '0', '--database', 'sqlite:notes.txt'], { cwd })
    expect(code).toBe(1)
    expect(stderr).toMatch(/notes\.txt is no database, or a damaged one\.\nRestore it/)
  })

  test('finishes a request in flight when it is asked to stop', async () => {
    const serving = start(['serve', '--port', '0', '--demo'], { cwd })
    const shown = await serving.until(DEMO)
    const url = new URL(/Listening on (\S+)/.exec(shown)?.[1] ?? '')
    const token = /^opt_scim_\w+$/m.exec(shown)?.[0]
    const body = JSON.stringify({ displayName: 'Last' })
    const socket = connect(Number(url.port), url.hostname)
    const answer = text(socket)
    socket.write(
      `POST /api/auth/scim/v2/Groups HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nExpect: 100-continue\r\n` +
        `Content-Type: application/scim+json\r\nContent-Length: ${body.length}\r\n\r\n`,
    )
    // The interim response says that the request is under way.
    await new Promise((resolve) => socket.once('data', resolve))
    serving.kill('SIGTERM')
    await refusesConnections(Number(url.port), url.hostname)
    socket.write(body)
    expect(await answer).toMatch(/HTTP\/1\.1 201 Created/)
    const { code, stderr } = await serving.ended
    expect(code).toBe(0)
    expect(stderr).toContain('"route":"/Groups","status":201')
  })
})

describe('serve --demo', () => {
  test('prints a curl line that works when pasted, and a second start finds its data', async () => {
    const first = start(['serve', '--demo', '--port', '0'], { cwd })
    const shown = await first.until(DEMO)
    const [token, ...others] = shown.match(/^opt_scim_\w+$/gm) ?? []
    expect(others).toEqual([])
    const curl = /^curl .*$/m.exec(shown)?.[0] ?? ''
    const { stdout } = await promisify(execFile)('bash', ['-c', curl])
    expect(JSON.parse(stdout)).toMatchObject({ totalResults: 25, itemsPerPage: 3 })
    expect(curl).toContain(token)
    first.kill('SIGTERM')
    const { stderr } = await first.ended
    expect(stderr).toContain('"route":"/Users","status":200')
    expect(stderr).not.toContain('opt_scim_')
    expect(stderr).not.toContain('count=3')

    const second = start(['serve', '--demo', '--port', '0'], { cwd })
    const again = await second.until(/token issue demo --label NAME\n/)
    expect(again).not.toContain('opt_scim_')
    second.kill('SIGTERM')
    expect((await second.ended).code).toBe(0)
    const people = JSON.parse((await call(['user', 'list', 'demo', '--json'], cwd)).stdout)
    expect(new Set(people.map(({ userName }: { userName: string }) => userName)).size).toBe(25)
    const issued = await call(['token', 'issue', 'demo', '--label', 'NAME'], cwd)
    expect(issued).toMatchObject({ code: 0, stdout: expect.stringMatching(/^opt_scim_/) })
  })

  test('adds nothing to a store that is in use', async () => {
    await call(['workspace', 'create', 'acme', '--name', 'Acme'], cwd)
    const serving = start(['serve', '--demo', '--port', '0'], { cwd })
    await serving.until(/--demo added nothing/)
    serving.kill('SIGTERM')
    await serving.ended
    expect(JSON.parse((await call(['workspace', 'list', '--json'], cwd)).stdout)).toHaveLength(1)
  })
})

describe('beside SCIM the server', () => {
  let server: TestServer

  beforeAll(async () => {
    server = await startServer()
  })

  afterAll(() => server.close())

  test('says that it lives and is ready', async () => {
    for (const path of ['/healthz', '/readyz', '/readyz?probe=1']) {
      expect(await fetch(server.url + path)).toMatchObject({ status: 200 })
    }
  })

  test('counts requests by route, and names no workspace and no token', async () => {
    const { slug, token } = await server.scratch.create({ unknownUsers: 'refuse', unknownMembers: 'record' }, [])
    const ask = (path: string, bearer: string) =>
      fetch(server.baseUrl + path, { headers: { Authorization: `Bearer ${bearer}` } })
    await ask('/Users/usr_1', token)
    await ask('/Users', `${token}x`)
    const metrics = await (await fetch(`${server.url}/metrics`)).text()
    expect(metrics).toContain('scim_requests_total{route="/Users/{id}",method="GET",status="404"} 1')
    expect(metrics).toContain('scim_requests_refused_total{problem="token_malformed"} 1')
    expect(metrics).toContain('scim_request_duration_seconds_bucket{')
    expect(metrics).toMatch(/^scim_store_commits_total [1-9]/m)
    expect(metrics).toMatch(/^scim_store_mean_batch_size [1-9]/m)
    expect(metrics).toContain('process_resident_memory_bytes')
    expect(metrics).not.toContain(slug)
    expect(metrics).not.toContain('opt_scim_')
  })

  test('says what is served where, for any other path', async () => {
    for (const path of ['/nowhere', '/api/auth/session', '/api/auth/scim/v2x', '/constructor']) {
      const response = await fetch(server.url + path)
      expect(response.status).toBe(404)
      expect(await response.json()).toMatchObject({ scim: '/api/auth/scim/v2' })
    }
    expect((await fetch(`${server.url}/metrics`, { method: 'POST' })).status).toBe(405)
  })

  test('answers a target that comes with scheme and host', async () => {
    const target = `${server.baseUrl}/ServiceProviderConfig?x=1`
    const answer = await exchange(server.url, `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 200 /)
  })

  test.each([
    ['what is no HTTP', 'HELLO\r\n\r\n', 400],
    ['a request without Host', 'GET /api/auth/scim/v2/Users HTTP/1.1\r\n\r\n', 400],
    ['a flood of headers', `GET / HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    ['two lengths of one body', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab', 400],
  ])('refuses %s with a SCIM error', async (_, bytes, status) => {
    const answer = await exchange(server.url, bytes)
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    const body = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))
    expect(body).toMatchObject({ schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: String(status) })
    expect(body.detail).not.toBe('')
  })
})

describe('settings reach the service', () => {
  const POLICY = { unknownUsers: 'refuse', unknownMembers: 'record' } as const

  test('such as the rate limit', async () => {
    const server = await startServer({ rateLimit: '1' })
    try {
      const { token } = await server.scratch.create(POLICY, [])
      const headers = { Authorization: `Bearer ${token}` }
      const asked = Array.from({ length: 40 }, () => fetch(`${server.baseUrl}/Users?count=0`, { headers }))
      const statuses = (await Promise.all(asked)).map(({ status }) => status)
      expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(10)
      expect(statuses).toContain(429)
    } finally {
      await server.close()
    }
  })

  test('and trusted proxies', async () => {
    const server = await startServer({ trustedProxies: '127.0.0.1' })
    try {
      const { slug, token } = await server.scratch.create(POLICY, [])
      const headers = { Authorization: `Bearer ${token}`, 'X-Forwarded-For': '198.51.100.1, 203.0.113.7' }
      await fetch(`${server.baseUrl}/Users`, { headers })
      expect(await server.scim.activity.list(slug)).toMatchObject([{ address: '203.0.113.7' }])
    } finally {
      await server.close()
    }
  })
})

describe('a service that is starting or stopping', () => {
  test.each([
    { ending: false, reason: 'starting' },
    { ending: true, reason: 'stopping' },
  ])('lives, but is not ready: $reason', async ({ ending, reason }) => {
    const serving = {
      scim: undefined,
      ending,
      metrics: createMetrics(),
      log: pino({ level: 'silent' }),
      trustedProxies: [],
    }
    const server = createHttpServer(createListener(serving))
    const url = `http://127.0.0.1:${await listen(server, '127.0.0.1', 0)}`
    try {
      expect((await fetch(`${url}/healthz`)).status).toBe(200)
      const ready = await fetch(`${url}/readyz`)
      expect(ready.status).toBe(503)
      expect(await ready.text()).toContain(reason)
      const answer = await fetch(`${url}/api/auth/scim/v2/Users`)
      expect(answer.status).toBe(503)
      expect(answer.headers.get('retry-after')).toBe('1')
      expect(await answer.json()).toMatchObject({ status: '503', detail: expect.any(String) })
    } finally {
      await stopListening(server)
    }
  })
})

/** Everything that comes back on a connection of its own, until the server closes it. */
function exchange(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.write(bytes)
  return text(socket)
}

/** Resolves once nothing listens there any more. */
async function refusesConnections(port: number, host: string): Promise<void> {
  for (;;) {
    const connected = await new Promise<boolean>((resolve) => {
      const socket = connect(port, host)
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    })
    if (!connected) return
  }
}
