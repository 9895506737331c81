import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createScim, type Scim } from '../../src/scim.ts'
import { Consumer, effectivePairs } from '../host/consumer.ts'
import { addWorkspace, type Client } from '../people/support.ts'
import { createDatabase, type Database } from '../postgres/databases.ts'
import { sharedCluster } from '../postgres/shared.ts'

/* A pool of the host's own, as any application has one, with the host's tables beside ours. */

const PLACE = { tableSchema: 'provisioning', tablePrefix: 'p_' }
const clock = { now: Date.UTC(2026, 0, 31, 12) }

let database: Database
let pool: pg.Pool
beforeEach(async () => {
  database = await createDatabase((await sharedCluster()).url)
  pool = new pg.Pool({ connectionString: database.url })
  await pool.query(`create table groups (id bigint, name text); create table scim_people (id bigint);
    insert into groups values (1, 'the host''s'); insert into scim_people values (1)`)
})
afterEach(async () => {
  await pool.end()
  await database.drop()
})

function open(place: { readonly tableSchema?: string; readonly tablePrefix?: string }): Promise<Scim> {
  const rateLimit = { perSecond: 0, burst: 0 }
  return createScim({ database: pool, publicUrl: 'https://scim.example', clock: () => clock.now, rateLimit, ...place })
}

const join = (scim: Scim, workspace: string): Promise<Client> =>
  addWorkspace({ scim, folder: '', clock }, workspace, { unknownUsers: 'pending' })

/** What a provider, a host and an admin do in a day; each step ends, or the pool has been asked for a second connection. */
async function day(client: Client): Promise<void> {
  const { scim, workspace } = client
  const consumer = new Consumer(scim, workspace)
  await client.upsert({ id: 'usr_ana', userName: 'ana' }, { id: 'usr_bo', userName: 'bo' })
  const pen = await client.pending('pen@example.com')
  const group = await client.group('Crew', 'usr_ana', pen, 'usr_ghost')
  await consumer.follow()
  const people = Array.from({ length: 2_500 }, (_, number) => `usr_s${number}`)
  const members = people.map((value) => ({ value }))
  const parallel = await Promise.all([
    ...people.slice(0, 20).map((person) => client.addMembers(group, person)),
    client.post('/Groups', { displayName: 'CREW' }),
    client.put('/Groups/grp_none', { displayName: 'None', members }),
    client.post('/Groups', { displayName: 'Large', members }),
    client.get('/Groups'),
    client.get('/Users?filter=userName%20eq%20%22ana%22'),
  ])
  expect(parallel.map(({ status }) => status)).toEqual([...people.slice(0, 20).map(() => 204), 409, 404, 201, 200, 200])
  await client.upsert({ id: 'usr_pen', userName: 'pen', emails: [{ value: 'pen@example.com', verified: true }] })
  expect(await client.members(group)).toEqual(['usr_ana', 'usr_ghost', 'usr_pen', ...people.slice(0, 20)].sort())
  expect((await client.put(`/Groups/${group}`, { displayName: 'Crew', members })).body.members).toHaveLength(2_500)
  expect((await client.addMembers(group, 'usr_bo', 'usr_pen')).status).toBe(204)
  expect((await client.delete(`/Users/${pen}`)).status).toBe(204)
  await scim.history.erase(workspace, 'usr_ana', { by: 'Jo' })
  await client.remove('usr_s1')
  await scim.people.reconcile(workspace, [{ id: 'usr_bo', userName: 'bo' }])
  await consumer.follow(3)
  expect([...consumer.pairs].sort()).toEqual(await effectivePairs(scim, workspace))
  expect([...consumer.pairs]).toEqual([`${group} usr_bo`])
  await scim.flush()
  expect((await scim.activity.list(workspace, {})).length).toBeGreaterThan(20)
}

test.each([10, 1])('a day on a pool of %i leaves the pool, and what is beside our tables, as it was', async (max) => {
  pool.options.max = max
  const scim = await open(PLACE)
  await day(await join(scim, 'acme'))
  await scim.close()
  expect(pool.ended).toBe(false)
  const { rows } = await pool.query(`select 9007199254740993 as big, '{"a":1}'::json as document, name from groups`)
  expect(rows).toEqual([{ big: '9007199254740993', document: { a: 1 }, name: "the host's" }])
  const tables = await pool.query<{ name: string }>(
    `select table_schema || '.' || table_name as name from information_schema.tables
    where table_schema not in ('pg_catalog', 'information_schema')`,
  )
  const others = tables.rows.map(({ name }) => name).filter((name) => !name.startsWith('provisioning.p_'))
  expect(others.sort()).toEqual(['public.groups', 'public.scim_people'])
  expect(pool.idleCount).toBe(pool.totalCount)
})

test('two schemas of a database, and two prefixes in one, are stores that know nothing of each other', async () => {
  const places = [PLACE, { ...PLACE, tablePrefix: 'q_' }, { tableSchema: 'other', tablePrefix: 'p_' }]
  const scims = await Promise.all(places.map(open))
  const clients = await Promise.all(scims.map((scim) => join(scim, 'acme')))
  await Promise.all(clients.map(day))
  await scims[0]?.workspaces.create('alone', { name: 'Alone' })
  expect(await scims[1]?.workspaces.find('alone')).toBeUndefined()
  expect(await scims[2]?.workspaces.find('alone')).toBeUndefined()
  const [first, second] = clients as [Client, Client]
  const stranger = await second.send('GET', '/Groups', undefined, { authorization: `Bearer ${first.token}` })
  expect(stranger.status).toBe(401)
  for (const scim of scims) await scim.close()
})

test("a connection of the pool that ends while we use it is the pool's to replace", async () => {
  // As every host does: an idle connection's end would end the process.
  pool.on('error', () => {})
  const scim = await open(PLACE)
  const client = await join(scim, 'acme')
  const group = await client.group('Crew')
  let isOver = false
  const cutting = (async () => {
    const other = new pg.Client(database.url)
    await other.connect()
    while (!isOver)
      await other.query(`select pg_terminate_backend(pid), pg_sleep(0.02) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() limit 2`)
    await other.end()
  })()
  const told: string[] = []
  await Promise.all(
    Array.from({ length: 60 }, async (_, number) => {
      const { status } = await client.addMembers(group, `usr_s${number}`)
      if (status === 204) told.push(`usr_s${number}`)
      else expect(status).toBe(503)
    }),
  )
  isOver = true
  await cutting
  expect(await client.members(group)).toEqual(expect.arrayContaining(told))
  await scim.close()
})
