import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { beforeEach, expect, test } from 'vitest'
import { freshFolder, run, start } from '../support/cli.ts'
import { emptyDatabase } from '../support/postgres.ts'
import { childrenOf, hostOn, linesOf, metricsOf, serveOn, workspaceIn } from '../support/processes.ts'

let cwd: string
let url: string

beforeEach(async () => {
  cwd = await freshFolder()
  ;({ url } = await emptyDatabase())
})

const countOf = (metrics: string): number =>
  Array.from(metrics.matchAll(/^scim_requests_total\{.*\} (\d+)$/gm), ([, count]) => Number(count)).reduce(
    (sum, count) => sum + count,
    0,
  )

/** The port is held by those that listen: where the only one that does is killed, nobody is left to answer. */
async function bothServe(url: string): Promise<void> {
  while (!(await metricsOf(url)).includes('\nscim_processes 2\n'));
}

test('one that dies is replaced, and figures are those of all, the dead one too', async () => {
  const service = await serveOn(url, cwd, '--processes', '2')
  await bothServe(service.url)
  const [victim = 0] = childrenOf(service.running.pid)
  const ask = () => fetch(`${service.baseUrl}/ServiceProviderConfig`, { headers: { Connection: 'close' } })
  for (let number = 0; number < 10; number++) expect((await ask()).status).toBe(200)
  for (let number = 0; number < 4; number++) expect(countOf(await metricsOf(service.url))).toBe(10)
  process.kill(victim, 'SIGKILL')
  await service.running.untilError(/a process ended, and is replaced/)
  await bothServe(service.url)
  const children = childrenOf(service.running.pid)
  expect(children).not.toContain(victim)
  expect(children).toHaveLength(2)
  expect((await ask()).status).toBe(200)
  expect(countOf(await metricsOf(service.url))).toBe(11)
  const lines = await service.stop()
  expect(lines.filter(({ msg }) => msg === 'a process ended, and is replaced')).toMatchObject([{ signal: 'SIGKILL' }])
  expect(new Set(lines.filter(({ msg }) => msg === 'request').map(({ worker }) => worker)).size).toBeGreaterThan(1)
})

test('asked to stop, as a terminal does, they finish what is in flight, and one line tells of it', async () => {
  const service = await serveOn(url, cwd, '--processes', '2')
  const token = await workspaceIn(await hostOn(url), 'acme')
  const { port, hostname } = new URL(service.url)
  const body = JSON.stringify({ displayName: 'Last' })
  const socket = connect(Number(port), hostname)
  const answer = text(socket)
  socket.write(
    `POST /api/auth/scim/v2/Groups HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nExpect: 100-continue\r\n` +
      `Content-Type: application/scim+json\r\nContent-Length: ${body.length}\r\n\r\n`,
  )
  // The interim response says that the request is under way.
  await new Promise((resolve) => socket.once('data', resolve))
  for (const pid of childrenOf(service.running.pid)) process.kill(pid, 'SIGINT')
  service.running.kill('SIGINT')
  await service.running.untilError(/stopping: /)
  socket.write(body)
  expect(await answer).toMatch(/HTTP\/1\.1 201 Created/)
  const { code, stdout, stderr } = await service.running.ended
  expect(code).toBe(0)
  expect(stdout.match(/Listening on/g)).toHaveLength(1)
  const messages = linesOf(stderr).map(({ msg }) => msg)
  expect(messages.filter((msg) => msg !== 'request')).toEqual([
    'there is no operator yet: the link that makes the first is in a file',
    'stopping: finishing the requests in flight',
    'stopped',
  ])
})

test('where the first cannot start, the program ends with its words, once', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo
  const env = { DATABASE_URL: url }
  const { code, stdout, stderr } = await run(['serve', '--port', String(port), '--processes', '2'], { cwd, env })
  other.close()
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toMatch(new RegExp(`^Port ${port} on 127.0.0.1 is in use .*\nChoose another with --port \\d+, .*\n$`))
})

test('the demo is made and told once', async () => {
  const running = start(['serve', '--demo', '--port', '0', '--processes', '3', '--json'], {
    cwd,
    env: { DATABASE_URL: url },
  })
  const { demoToken, listening, processes } = JSON.parse(await running.until(/\n/))
  expect(processes).toBe(3)
  const headers = { Authorization: `Bearer ${demoToken}` }
  const answer = await fetch(`${listening}/api/auth/scim/v2/Users?count=0`, { headers })
  expect(await answer.json()).toMatchObject({ totalResults: 25 })
  running.kill('SIGTERM')
  const { code, stdout } = await running.ended
  expect(code).toBe(0)
  expect(stdout.split('\n')).toHaveLength(2)
})
