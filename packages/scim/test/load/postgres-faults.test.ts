import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'
import { add, type Reply, remove, valuesOf } from './client.ts'
import { contradictions, groupFacts } from './history.ts'
import { Pausing, until } from './pausing.ts'
import { personId, type Service, startService } from './service.ts'
import { withClient } from './truth.ts'

/* Faults of a PostgreSQL server, as a provider sees them. */

const PEOPLE = 32

let service: Service
let pausing: Pausing
const start = async (connections?: number): Promise<void> => {
  pausing = new Pausing()
  service = await startService({ people: PEOPLE, wrap: pausing.wrap, ...(connections && { connections }) })
}
beforeEach(() => start())
afterEach(async () => {
  await ask('drop function if exists fail cascade')
  await service[Symbol.asyncDispose]()
})

const ask = (sql: string) => withClient(service.database, (client) => client.query(sql))

function expectUnavailable({ status, headers, ...reply }: Reply): void {
  expect(status).toBe(503)
  expect(headers['retry-after']).toMatch(/^\d+$/)
  expect(reply.json()).toMatchObject({
    status: '503',
    detail: expect.stringContaining('Nothing was changed by this request'),
  })
}

/** From now on a table's rows cannot be written, or the first few times, or those of whom a condition says so. */
async function failing(
  code: string,
  table: string,
  { when = 'true', atCommit = false, times = 1_000_000 } = {},
): Promise<void> {
  await ask(`
    drop function if exists fail cascade;
    drop sequence if exists failures;
    create sequence failures;
    create function fail() returns trigger language plpgsql as $$ begin
      if (${when}) and nextval('failures') <= ${times} then raise exception 'injected' using errcode = '${code}'; end if;
      return new;
    end $$;
    create ${atCommit ? 'constraint' : ''} trigger fail ${atCommit ? 'after' : 'before'} insert or update on scim_${table}
      ${atCommit ? 'deferrable initially deferred' : ''} for each row execute function fail()`)
}

const addAll = (id: string): Promise<Reply[]> =>
  Promise.all(Array.from({ length: PEOPLE }, (_, number) => service.client.patch(id, add(personId(number)))))

/** Connections of the service. */
const kill = (which = 'true') =>
  ask(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'optimaite-scim' and ${which}`)

test('COMMIT fails: every request of the batch is 503, nothing is stored, and the same requests work when sent again', async () => {
  const { client, database } = service
  const { id } = await client.createGroup('One')
  await failing('58030', 'changes', { atCommit: true })
  for (const reply of await addAll(id)) expectUnavailable(reply)
  expect(await groupFacts(database, id)).toMatchObject({ version: 1, members: [], requests: 0 })
  await ask('drop function fail cascade')
  expect((await addAll(id)).map(({ status }) => status)).toEqual(Array.from({ length: PEOPLE }, () => 204))
  expect(await groupFacts(database, id)).toMatchObject({ version: PEOPLE + 1, member_count: PEOPLE })
  expect(await contradictions(database)).toEqual([])
})

test.each(['memberships', 'groups', 'changes', 'change_people', 'activity'])(
  'the disk is full where %s are written: writes are 503 and told of when there is room, reads go on',
  async (table) => {
    const { client, database, scim, workspace } = service
    const { id } = await client.createGroup('One')
    await failing('53100', table)
    expectUnavailable(await client.patch(id, add(personId(0))))
    for (const reply of await addAll(id)) expectUnavailable(reply)
    expect(valuesOf(await client.read(id))).toEqual([])
    expect(await groupFacts(database, id)).toMatchObject({ version: 1, requests: 0 })
    await ask('drop function fail cascade')
    expect((await client.patch(id, add(personId(0)))).status).toBe(204)
    await scim.flush()
    const entries = await scim.activity.list(workspace, { failed: true })
    expect(entries[0]).toMatchObject({ status: 503, problem: 'store_unavailable', method: 'PATCH', effect: null })
    expect(await contradictions(database)).toEqual([])
  },
)

test.each(['40001', '40P01'])('a collision, %s, is met again and again: done again, and then 503', async (code) => {
  const { client, database } = service
  const { id } = await client.createGroup('One')
  await failing(code, 'change_people', { times: 4 })
  expect((await client.patch(id, add(personId(0)))).status).toBe(204)
  await failing(code, 'groups', { times: 4 })
  expect((await addAll(id)).map(({ status }) => status)).toEqual(Array.from({ length: PEOPLE }, () => 204))
  await failing(code, 'memberships')
  expectUnavailable(await client.patch(id, add('usr_other')))
  expect(await groupFacts(database, id)).toMatchObject({ version: PEOPLE + 1, member_count: PEOPLE })
  expect(await contradictions(database)).toEqual([])
})

test('of a batch, one fails after it has written: it gets its own error, the others are done once', async () => {
  const { client, scim, workspace, database } = service
  await scim.workspaces.change(workspace, { unknownMembers: 'reject' })
  // Beyond the second for which a token, and its workspace with it, is believed.
  await delay(1_100)
  const groups = await Promise.all(['A', 'B', 'C', 'D'].map((name) => client.createGroup(name)))
  const ids = groups.map(({ id }) => id)
  const [a = '', b = '', c = '', d = ''] = ids
  const rename = (name: string) => ({ op: 'replace' as const, path: 'displayName', value: name })
  for (let round = 0; round < 5; round++) {
    const replies = await Promise.all([
      client.patch(a, add(personId(round))),
      client.patch(b, add('usr_stranger', personId(round))),
      client.patch(c, rename('a'), add(personId(round))),
      client.patch(d, add(personId(round))),
      client.send('PATCH', `/Groups/${d}`, { Operations: [rename('E')] }, { 'If-Match': 'W/"77"' }),
      client.patch('grp_01J00000000000000000000000', add(personId(round))),
      client.patch(a, add(personId(31 - round))),
    ])
    expect(replies.map(({ status }) => status)).toEqual([204, 400, 409, 204, 412, 404, 204])
    expect(replies[1]?.json().detail).toContain('usr_stranger')
    expect(replies[2]?.json()).toMatchObject({ scimType: 'uniqueness', detail: expect.stringContaining(a) })
  }
  const facts = await Promise.all(ids.map((id) => groupFacts(database, id)))
  expect(facts.map((fact) => [fact?.version, fact?.requests, fact?.member_count])).toEqual([
    [11, 10, 10],
    [1, 0, 0],
    [1, 0, 0],
    [6, 5, 5],
  ])
  expect(await contradictions(database)).toEqual([])
})

test('the connection is cut between two statements, and between the last one and the commit: nothing is half applied', async () => {
  const { client, database } = service
  const { id } = await client.createGroup('One')
  for (let after = 1; ; after++) {
    pausing.arm(after)
    let isOver = false
    const request = client.patch(id, add(personId(after))).finally(() => (isOver = true))
    await Promise.race([pausing.reached, request])
    if (isOver) break
    await kill("state = 'idle in transaction'")
    pausing.go()
    // Done again on another connection, or refused; never lost without a word.
    const { status } = await request
    expect([204, 503]).toContain(status)
    const { members } = await client.read(id)
    expect(members.some(({ value }) => value === personId(after))).toBe(status === 204)
  }
  expect(await contradictions(database)).toEqual([])
})

test('connections are cut again and again under load: what was acknowledged is there, once', async () => {
  const { client, database } = service
  const { id } = await client.createGroup('One')
  const told = new Set<string>()
  const refused = new Set<string>()
  let isOver = false
  const cutting = (async () => {
    while (!isOver) {
      await kill(
        "pid in (select pid from pg_stat_activity where application_name = 'optimaite-scim' order by random() limit 2)",
      )
      await delay(20)
    }
  })()
  await Promise.all(
    Array.from({ length: 16 }, async (_, number) => {
      for (let step = 0; step < 20; step++) {
        const person = `usr_c${number}x${step}`
        const reply = await client.patch(id, add(person))
        if (reply.status === 204) told.add(person)
        else {
          expect(reply.status).toBe(503)
          expect(reply.headers['retry-after']).toMatch(/^\d+$/)
          refused.add(person)
        }
      }
    }),
  )
  isOver = true
  await cutting
  const members = new Set((await groupFacts(database, id))?.members)
  expect([...told].filter((person) => !members.has(person))).toEqual([])
  expect(await contradictions(database)).toEqual([])
  expect((await client.patch(id, add('usr_afterwards'))).status).toBe(204)
})

test('read-only: writes are 503, reads go on, and writes work on the same pool when it is over', async () => {
  const { client, database } = service
  const { id } = await client.createGroup('One', [personId(0)])
  const name = new URL(database).pathname.slice(1)
  await ask(`alter database "${name}" set default_transaction_read_only = on`)
  await kill()
  try {
    for (const reply of await addAll(id)) expectUnavailable(reply)
    expectUnavailable(await client.patch(id, remove(personId(0))))
    expect(valuesOf(await client.read(id))).toEqual([personId(0)])
  } finally {
    await withClient(database, async (other) => {
      await other.query('set default_transaction_read_only = off')
      await other.query(`alter database "${name}" reset default_transaction_read_only`)
    })
  }
  const later = await addAll(id)
  // Connections of that time go with the first fault that each of them meets.
  await until(async () => (await client.patch(id, remove(personId(1)))).status === 204)
  expect(later.every(({ status }) => status === 204 || status === 503)).toBe(true)
  expect((await addAll(id)).map(({ status }) => status)).toEqual(Array.from({ length: PEOPLE }, () => 204))
  expect(await contradictions(database)).toEqual([])
})

test.each(['serializable', 'repeatable read'])(
  'a database that is %s by default loses nothing and refuses nothing',
  async (level) => {
    const { client, database } = service
    const { id } = await client.createGroup('One')
    const name = new URL(database).pathname.slice(1)
    await ask(`alter database "${name}" set default_transaction_isolation = '${level}'`)
    await kill()
    const other: Store = await openDatabase({ database })
    await using second = await startService({ database })
    try {
      const replies = await Promise.all(
        Array.from({ length: 64 }, (_, number) =>
          (number % 2 ? client : second.client).patch(id, add(`usr_s${number}`)),
        ),
      )
      expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 64 }, () => 204))
    } finally {
      await other.close()
      await ask(`alter database "${name}" reset default_transaction_isolation`)
      await kill()
    }
    expect(await groupFacts(database, id)).toMatchObject({ version: 65, member_count: 64 })
    expect(await contradictions(database)).toEqual([])
  },
)

test('one connection, and a transaction that holds the group: others are 503 when they have waited, and it goes on', async () => {
  await service[Symbol.asyncDispose]()
  await start(1)
  const { client, database } = service
  const { id } = await client.createGroup('One')
  const holder = new pg.Client(database)
  await holder.connect()
  await holder.query('begin')
  await holder.query(`select 1 from scim_groups where id = '${id}' for update`)
  // Whoever waits for the lock gives up after 10 seconds, and with it all who wait behind it.
  const replies = await Promise.all(Array.from({ length: 20 }, (_, number) => client.patch(id, add(personId(number)))))
  for (const reply of replies) expectUnavailable(reply)
  await holder.query('rollback')
  await holder.end()
  expect((await addAll(id)).map(({ status }) => status)).toEqual(Array.from({ length: PEOPLE }, () => 204))
  expect(await groupFacts(database, id)).toMatchObject({ version: PEOPLE + 1, requests: PEOPLE })
  expect(await contradictions(database)).toEqual([])
})

test('a statement takes too long: who waits behind it is refused with it, and not made to wait as long in turn', async () => {
  const { client, database } = service
  const { id } = await client.createGroup('One')
  await failing('57014', 'memberships')
  for (const reply of await addAll(id)) expectUnavailable(reply)
  const { rows } = await ask('select last_value::int as attempts from failures')
  expect(rows[0].attempts).toBeLessThan(PEOPLE / 2)
  await ask('drop function fail cascade')
  expect((await addAll(id)).map(({ status }) => status)).toEqual(Array.from({ length: PEOPLE }, () => 204))
  expect(await contradictions(database)).toEqual([])
})

test('the only connection is taken: whoever waits for it is 503 after a while, reads too, and all goes on afterwards', async () => {
  await service[Symbol.asyncDispose]()
  await start(1)
  const { client, database } = service
  const { id } = await client.createGroup('One')
  const { id: other } = await client.createGroup('Other')
  pausing.arm(2)
  const first = client.patch(id, add(personId(0)))
  await pausing.reached
  const waiting = await Promise.all([client.patch(other, add(personId(1))), client.send('GET', `/Groups/${other}`)])
  for (const { status, headers } of waiting) {
    expect(status).toBe(503)
    expect(headers['retry-after']).toMatch(/^\d+$/)
  }
  pausing.go()
  expect((await first).status).toBe(204)
  expect((await client.patch(other, add(personId(1)))).status).toBe(204)
  expect(valuesOf(await client.read(id))).toEqual([personId(0)])
  expect(valuesOf(await client.read(other))).toEqual([personId(1)])
  expect(await contradictions(database)).toEqual([])
})
