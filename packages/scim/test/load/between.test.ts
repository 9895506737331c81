import { expect, test } from 'vitest'
import type { Store } from '../../src/store/store.ts'
import { add, remove, replace, valuesOf } from './client.ts'
import { contradictions, groupFacts } from './history.ts'
import { personId, type Service, startService } from './service.ts'

/*
 * A replacement of many members is compared with what is stored before its transaction. Here other requests come exactly in
 * between.
 */

const WANTED = 1_200
const wanted = Array.from({ length: WANTED }, (_, number) => personId(number))

/** Runs `act` once, after the members of a group have been read outside a transaction. */
class Between {
  act: (() => Promise<unknown>) | undefined
  readonly wrap = (store: Store): Store =>
    new Proxy(store, {
      get: (target, name) => {
        const value = Reflect.get(target, name, target)
        if (typeof value !== 'function') return value
        if (name !== 'get') return value.bind(target)
        const get: Store['get'] = async (statement, parameters) => {
          const row = await target.get(statement, parameters)
          if (!this.act || !/select collect/.test(statement.text)) return row
          const { act } = this
          this.act = undefined
          await act()
          return row
        }
        return get
      },
    })
}

async function start(
  options: Parameters<typeof startService>[0] = {},
): Promise<{ between: Between; service: Service }> {
  const between = new Between()
  return { between, service: await startService({ people: WANTED + 10, ...options, wrap: between.wrap }) }
}

test.each(['PUT', 'PATCH'])('a plan that the group has left behind is made again: %s', async (method) => {
  const { between, service } = await start()
  await using _ = service
  const { client, database } = service
  const { id } = await client.createGroup('One', wanted.slice(5))
  const [first = '', last = ''] = [wanted[10], personId(WANTED + 1)]
  between.act = () => client.patch(id, add(last), remove(first))
  const reply = method === 'PUT' ? await client.put(id, 'One', wanted) : await client.patch(id, replace(...wanted))
  expect(between.act).toBeUndefined()
  expect(reply.status).toBe(method === 'PUT' ? 200 : 204)
  expect(valuesOf(await client.read(id))).toEqual(wanted)
  expect((await groupFacts(database, id))?.changes.slice(-4)).toEqual([
    { kind: 'members_removed', people: [first] },
    { kind: 'members_added', people: [last] },
    { kind: 'members_removed', people: [last] },
    { kind: 'members_added', people: [...wanted.slice(0, 5), first] },
  ])
  expect(await contradictions(database)).toEqual([])
})

test('the group is deleted in between: 404, and nothing of it comes back', async () => {
  const { between, service } = await start()
  await using _ = service
  const { client, database } = service
  const { id } = await client.createGroup('One', wanted.slice(5))
  between.act = () => client.send('DELETE', `/Groups/${id}`)
  expect((await client.put(id, 'One', wanted)).status).toBe(404)
  expect(await contradictions(database)).toEqual([])
})

test('an id that was unknown gets a row in between: it is added all the same', async () => {
  const { between, service } = await start()
  await using _ = service
  const { client, database } = service
  const { id } = await client.createGroup('One', wanted.slice(5))
  const other = await client.createGroup('Other')
  between.act = () => client.patch(other.id, add('usr_stranger'))
  expect((await client.put(id, 'One', [...wanted, 'usr_stranger'])).status).toBe(200)
  expect(valuesOf(await client.read(id))).toEqual([...wanted, 'usr_stranger'])
  expect(await contradictions(database)).toEqual([])
})

/** A person of whom the host knows nothing yet, as an id. */
async function addPending({ scim, client, workspace }: Service, userName: string): Promise<string> {
  await scim.workspaces.change(workspace, { unknownUsers: 'pending' })
  const reply = await client.send('POST', '/Users', { userName })
  expect(reply.status).toBe(201)
  return reply.json().id
}

test('a wanted pending person becomes one with an account in between: the account is the member', async () => {
  const { between, service } = await start()
  await using _ = service
  const { client, scim, workspace, database } = service
  const pending = await addPending(service, 'ana@example.com')
  const account = { id: 'usr_ana', userName: 'ana.host', displayName: 'Ana' }
  await scim.people.upsert(workspace, [account])
  const { id } = await client.createGroup('One', wanted.slice(5))
  const emails = [{ value: 'ana@example.com', verified: true }]
  between.act = () => scim.people.upsert(workspace, [{ ...account, emails }])
  expect((await client.put(id, 'One', [...wanted, pending])).status).toBe(200)
  expect(valuesOf(await client.read(id))).toEqual([...wanted, 'usr_ana'].sort())
  expect(await contradictions(database)).toEqual([])
})

test('a member gets a wanted id in between: it stays, neither removed nor added', async () => {
  const { between, service } = await start()
  await using _ = service
  const { client, scim, workspace, database } = service
  const pending = await addPending(service, 'ben@example.com')
  const { id } = await client.createGroup('One', [...wanted, pending])
  const emails = [{ value: 'ben@example.com', verified: true }]
  between.act = () =>
    scim.people.upsert(workspace, [{ id: 'usr_ben', userName: 'ben.host', displayName: 'Ben', emails }])
  expect((await client.put(id, 'One', [...wanted, 'usr_ben'])).status).toBe(200)
  expect(valuesOf(await client.read(id))).toEqual([...wanted, 'usr_ben'].sort())
  const kinds = (await groupFacts(database, id))?.changes.map(({ kind }) => kind)
  expect(kinds).toEqual(['group_created', 'members_added', 'members_resolved'])
  expect(await contradictions(database)).toEqual([])
})

test('two ids of one person in one request are one member', async () => {
  await using service = await startService({ people: WANTED })
  const { client, scim, workspace, database } = service
  const pending = await addPending(service, 'cem@example.com')
  const emails = [{ value: 'cem@example.com', verified: true }]
  await scim.people.upsert(workspace, [{ id: 'usr_cem', userName: 'cem', displayName: 'Cem', emails }])
  const both = ['usr_cem', ...wanted, pending]
  const { id } = await client.createGroup('One', both)
  const expected = [...wanted, 'usr_cem'].sort()
  expect(valuesOf(await client.read(id))).toEqual(expected)
  expect((await client.put(id, 'One', both)).headers.etag).toBe('W/"1"')
  expect((await client.patch(id, remove(...both))).status).toBe(204)
  expect(await groupFacts(database, id)).toMatchObject({ version: 2, members: [], member_count: 0 })
  expect((await client.patch(id, add(...both))).status).toBe(204)
  expect(valuesOf(await client.read(id))).toEqual(expected)
  expect(await contradictions(database)).toEqual([])
})
