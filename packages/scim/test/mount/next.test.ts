import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { NextRequest } from 'next/server.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routeHandlers } from '../../src/adapters/next.ts'
import { SCIM_PATH } from '../../src/index.ts'
import { expectBeside, expectSession, type Library, listening, openLibrary, stopped } from './support.ts'

const APP = fileURLToPath(new URL('./next-app', import.meta.url))
const NEXT = createRequire(import.meta.url).resolve('next/dist/bin/next')

let library: Library

beforeAll(async () => {
  library = await openLibrary()
})

afterAll(() => library[Symbol.asyncDispose]())

/** The app of `next-app/` in Next.js itself, on the same store as {@link library}, with the library as it was built. */
describe('in Next.js', () => {
  const dist = `.next/test-${process.pid}`
  let next: ChildProcess
  let url: string

  beforeAll(async () => {
    url = await freeUrl()
    const port = new URL(url).port
    next = spawn(process.execPath, [NEXT, 'dev', '--hostname', '127.0.0.1', '--port', port], {
      cwd: APP,
      env: { ...process.env, DATABASE_URL: library.database, DIST_FOLDER: dist, NEXT_TELEMETRY_DISABLED: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    await ready(next)
  })

  afterAll(async () => {
    next.kill('SIGTERM')
    if (next.exitCode === null) await once(next, 'exit')
    await rm(`${APP}/.next`, { recursive: true, force: true })
    await rm(`${APP}/next-env.d.ts`, { force: true })
  })

  test('the session of entra', () => expectSession('entra', library.scim, url))

  test("beside the host's catch-all at app/api/auth/[...all]", () => expectBeside(url))
})

describe('route handlers', () => {
  const get = () => new NextRequest(`http://127.0.0.1${SCIM_PATH}/ServiceProviderConfig`)

  test('open the store with the first request, and once', async () => {
    let opened = 0
    const { GET, HEAD, POST } = routeHandlers(async () => {
      opened += 1
      return library.scim
    })
    expect(opened).toBe(0)
    const statuses = await Promise.all(
      [GET(get()), HEAD(get()), POST(get())].map(async (answer) => (await answer).status),
    )
    expect(statuses).toEqual([200, 200, 200])
    expect(opened).toBe(1)
  })

  test('open it again where that has failed', async () => {
    let opened = 0
    const { GET } = routeHandlers(async () => {
      opened += 1
      if (opened === 1) throw new Error('the disk is not there yet')
      return library.scim
    })
    await expect(GET(get())).rejects.toThrow('the disk is not there yet')
    expect((await GET(get())).status).toBe(200)
  })
})

async function freeUrl(): Promise<string> {
  const server = createServer()
  const url = await listening(server)
  await stopped(server)
  return url
}

/** Resolves when Next.js listens; rejects with all it said if it ends before. */
function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    const hear = (chunk: Buffer): void => {
      said += chunk
      if (said.includes('Ready in')) resolve()
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('exit', (code) => reject(new Error(`next ended with ${code}: ${said}`)))
  })
}
