/**
 * Measures how long large requests stop the event loop of a service in a process of its own:
 * `node --conditions=source packages/scim/test/load/large-writes.ts`
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { Client } from './client.ts'
import { firstPeople, groupOfSize, nameOfSize, prepareStore } from './fixture.ts'
import { startService } from './service.ts'

const SIZE = 100_001

async function serve(): Promise<void> {
  const { client, ...service } = await startService({ prepare: prepareStore })
  process.once('SIGTERM', async () => {
    await service[Symbol.asyncDispose]()
    process.exit()
  })
  const delays = monitorEventLoopDelay({ resolution: 1 })
  process.on('message', () => {
    const { heapUsed, rss, external } = process.memoryUsage()
    process.send?.({ longest: delays.max / 1e6, heapUsed, rss, external })
    delays.reset()
    delays.enable()
  })
  process.send?.({ base: String(client.base), authorization: client.headers.Authorization })
}

interface Facts {
  readonly longest: number
  readonly rss: number
}

async function measure(): Promise<void> {
  const child = fork(fileURLToPath(import.meta.url), ['serve'], { execArgv: ['--conditions=source'] })
  const [{ base, authorization }] = (await once(child, 'message')) as [{ base: string; authorization: string }]
  const client = new Client(base, authorization.replace('Bearer ', ''))
  const facts = async (): Promise<Facts> => {
    child.send('report')
    return ((await once(child, 'message')) as [Facts])[0]
  }
  const id = groupOfSize(SIZE)
  const echo = (await client.read(id)).members
  const half = firstPeople(SIZE / 2).map((value) => ({ value }))
  const strangers = Array.from({ length: SIZE }, (_, number) => ({ value: `usr_s${number}` }))
  const steps: [string, () => Promise<unknown>][] = [
    ['GET of 100,001', () => client.send('GET', `/Groups/${id}`)],
    [
      'PUT echo with one change',
      () => client.send('PUT', `/Groups/${id}`, { displayName: nameOfSize(SIZE), members: echo.slice(1) }),
    ],
    [
      'PUT echo without a change',
      () => client.send('PUT', `/Groups/${id}`, { displayName: nameOfSize(SIZE), members: echo.slice(1) }),
    ],
    ['PUT of half', () => client.send('PUT', `/Groups/${id}`, { displayName: nameOfSize(SIZE), members: half })],
    ['PUT of all', () => client.send('PUT', `/Groups/${id}`, { displayName: nameOfSize(SIZE), members: echo })],
    ['POST of 100,001', () => client.send('POST', '/Groups', { displayName: 'posted', members: echo })],
    ['POST of 100,001 strangers', () => client.send('POST', '/Groups', { displayName: 'strange', members: strangers })],
    [
      'PATCH removing 100,001',
      () => client.send('PATCH', `/Groups/${id}`, { Operations: [{ op: 'remove', path: 'members', value: echo }] }),
    ],
    [
      'PATCH adding 100,001',
      () => client.send('PATCH', `/Groups/${id}`, { Operations: [{ op: 'add', path: 'members', value: echo }] }),
    ],
    ['DELETE of 100,001', () => client.send('DELETE', `/Groups/${id}`)],
  ]
  for (const [name, step] of steps) {
    await facts()
    const started = performance.now()
    const { status } = (await step()) as { status: number }
    const took = performance.now() - started
    const { longest, rss } = await facts()
    console.log(
      name.padEnd(28),
      status,
      `${took.toFixed(0)} ms, longest stop ${longest.toFixed(0)} ms, rss ${(rss / 2 ** 20).toFixed(0)} MiB`,
    )
  }
  child.kill()
  await once(child, 'exit')
  client.close()
}

await (process.argv[2] === 'serve' ? serve() : measure())
