import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isScimPath, SCIM_PATH } from '../../src/index.ts'
import {
  expectBeside,
  expectSession,
  hostBody,
  type Library,
  listening,
  openLibrary,
  providerOf,
  stopped,
} from './support.ts'

let library: Library
const servers: Server[] = []

beforeAll(async () => {
  library = await openLibrary()
})

afterAll(async () => {
  for (const server of servers) await stopped(server)
  await library[Symbol.asyncDispose]()
})

async function serve(app: Hono): Promise<string> {
  const server = createAdaptorServer({ fetch: app.fetch }) as Server
  servers.push(server)
  return listening(server)
}

function catchAll(c: Context): Response {
  return c.json(hostBody(c.req.method, c.req.path))
}

function scimFirst(): Hono {
  const app = new Hono()
  app.all(`${SCIM_PATH}/*`, (c) => library.scim.fetch(c.req.raw))
  app.all('/api/auth/*', catchAll)
  return app
}

test.each(['entra', 'okta'])('the session of %s, in Hono', async (name) => {
  await expectSession(name, library.scim, await serve(scimFirst()))
})

test("beside the host's catch-all, mounted after it", async () => {
  await expectBeside(await serve(scimFirst()))
})

test("beside the host's catch-all, mounted before it and letting SCIM pass", async () => {
  const app = new Hono()
  app.all('/api/auth/*', async (c, next) => (isScimPath(c.req.path) ? next() : catchAll(c)))
  app.all(`${SCIM_PATH}/*`, (c) => library.scim.fetch(c.req.raw))
  const url = await serve(app)
  await expectBeside(url)
  await expectSession('okta', library.scim, url)
})

test('a body that a middleware of the host has read is refused, never taken for an empty one', async () => {
  const app = new Hono()
  app.use(async (c, next) => {
    await c.req.json()
    await next()
  })
  app.all(`${SCIM_PATH}/*`, (c) => library.scim.fetch(c.req.raw))
  const provider = await providerOf(library.scim, 'read-before', await serve(app))
  const { status, detail } = await provider.send('POST', '/Groups', '{"displayName":"Engineering"}')
  expect([status, detail]).toEqual([400, expect.stringContaining('has read it before')])
  expect(await library.scim.groups.list('read-before')).toEqual([])
})
