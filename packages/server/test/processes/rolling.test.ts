import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { add, Client, type Operation, type Reply, remove, valuesOf } from '../../../scim/test/load/client.ts'
import { freshFolder } from '../support/cli.ts'
import { emptyDatabase } from '../support/postgres.ts'
import { hostOn, type Service, serveOn, workspaceIn } from '../support/processes.ts'

let cwd: string

beforeEach(async () => {
  cwd = await freshFolder()
})

const CLIENTS = 8

/**
 * What stands before two servers: it sends a request to one after the other, and one that a server did not take, since it
 * was going, to the next.
 */
class Balancer {
  readonly servers: (Client | undefined)[]
  #next = 0

  constructor(servers: readonly Client[]) {
    this.servers = [...servers]
  }

  async send(method: string, path: string, body?: unknown): Promise<Reply> {
    for (;;) {
      this.#next += 1
      const server = this.servers[this.#next % this.servers.length]
      if (server === undefined) continue
      try {
        return await server.send(method, path, body, { Connection: 'close' })
      } catch (error) {
        if (!/^(ECONNREFUSED|ECONNRESET)$/.test((error as NodeJS.ErrnoException).code ?? '')) throw error
        await delay(1)
      }
    }
  }

  patch(id: string, operation: Operation): Promise<Reply> {
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp']
    return this.send('PATCH', `/Groups/${id}`, { schemas, Operations: [operation] })
  }
}

/** What a newer program does to the tables when it starts: within a major version, steps only add. */
async function stepForward(url: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'scim_store'",
    )
    // Each by itself: a step that took all locks at once would wait for every transaction there is.
    for (const { name } of rows) await client.query(`alter table ${name} add column newer text`)
    await client.query('create table scim_newer (workspace_id bigint not null, note text)')
    await client.query('update scim_store set version = version + 1')
  } finally {
    await client.end()
  }
}

test('two servers are replaced one after the other, with a newer schema in between: no request is lost', async () => {
  const { url } = await emptyDatabase()
  const serve = () => serveOn(url, cwd, '--processes', '1')
  const running: Service[] = [await serve(), await serve()]
  const scim = await hostOn(url)
  const token = await workspaceIn(scim, 'acme')
  const clientOf = ({ baseUrl }: Service) => {
    const client = new Client(baseUrl, token, CLIENTS)
    onTestFinished(() => client.close())
    return client
  }
  const balancer = new Balancer(running.map(clientOf))
  const { id } = (await balancer.send('POST', '/Groups', { displayName: 'One' })).json()
  const model = new Set<string>()
  let answered = 0
  let isDone = false
  const clients = Array.from({ length: CLIENTS }, async (_, client) => {
    for (let step = 0; !isDone; step++) {
      const person = `usr_c${client}x${Math.floor(step / 3)}`
      const isRemoved = step % 6 === 5
      const replies = [await balancer.patch(id, isRemoved ? remove(person) : add(person))]
      if (isRemoved) model.delete(person)
      else model.add(person)
      replies.push(await balancer.send('GET', `/Groups/${id}?excludedAttributes=members`))
      replies.push(await balancer.send('GET', '/Groups?filter=displayName%20eq%20%22one%22&count=1'))
      for (const { status, text } of replies) expect(status >= 200 && status < 300, `${status} ${text}`).toBe(true)
      answered += replies.length
    }
  })
  const more = async (): Promise<void> => {
    const enough = answered + 10 * CLIENTS
    while (answered < enough) await delay(5)
  }
  const replaced = (async () => {
    await more()
    for (const place of [0, 1]) {
      const lines = await running[place]?.stop()
      expect(lines?.filter(({ status }) => Number(status) >= 500)).toEqual([])
      await more()
      if (place === 0) await stepForward(url)
      await more()
      running[place] = await serve()
      balancer.servers[place] = clientOf(running[place])
      await more()
    }
  })()
  await Promise.all([replaced.finally(() => (isDone = true)), ...clients])
  const group = (await balancer.send('GET', `/Groups/${id}`)).json()
  expect(valuesOf(group)).toEqual([...model].sort())
  expect(await scim.migrationStatus()).toMatchObject({ pending: [] })
  for (const service of running) {
    const lines = await service.stop()
    expect(lines.filter(({ status }) => Number(status) >= 500)).toEqual([])
  }
})
