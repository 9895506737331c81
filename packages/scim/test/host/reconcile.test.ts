import { beforeEach, describe, expect, it } from 'vitest'
import { type HostPerson, RowsRefused } from '../../src/index.ts'
import { type Client, openService } from '../people/support.ts'
import { Consumer, effectivePairs, told } from './consumer.ts'

describe('reconciling with all people of the host', () => {
  let client: Client
  const ana = { id: 'usr_ana', userName: 'ana', displayName: 'Ana' }
  const bo = { id: 'usr_bo', userName: 'bo' }
  const cy = { id: 'usr_cy', userName: 'cy' }
  beforeEach(async () => {
    client = await openService({ unknownUsers: 'pending' })
    await client.upsert(ana, bo)
  })

  const reconcile = (rows: readonly HostPerson[], confirm?: string) =>
    client.scim.people.reconcile('acme', rows, confirm === undefined ? {} : { confirm })
  const stored = async () =>
    (await client.scim.people.list('acme')).map(({ id, displayName }) => `${id} ${displayName}`)

  it('says first what it would do, and does it with the key of that answer', async () => {
    const crew = await client.group('Crew', 'usr_ana', 'usr_bo', 'usr_cy')
    const consumer = new Consumer(client.scim, 'acme')
    await consumer.follow()
    const rows = [{ ...ana, displayName: 'Anna' }, cy]
    const preview = await reconcile(rows)
    expect(preview).toEqual({
      key: expect.any(String),
      add: [{ id: 'usr_cy', userName: 'cy' }],
      change: [{ id: 'usr_ana', userName: 'ana' }],
      remove: [{ id: 'usr_bo', userName: 'bo' }],
      unchanged: 0,
      done: false,
    })
    expect(await stored()).toEqual(['usr_ana Ana', 'usr_bo bo'])
    expect(await consumer.follow()).toEqual([])

    // In any order of the rows.
    expect(await reconcile(rows.toReversed(), preview.key)).toMatchObject({ done: true, unchanged: 0 })
    expect(await stored()).toEqual(['usr_ana Anna', 'usr_cy cy'])
    expect(await client.states(crew)).toEqual({ usr_ana: 'effective', usr_bo: 'unresolved', usr_cy: 'effective' })
    expect(told(await consumer.follow())).toEqual(['person_removed -usr_bo', 'members_resolved Crew +usr_cy'])
    expect([...consumer.pairs].sort()).toEqual(await effectivePairs(client.scim, 'acme'))
    expect(await reconcile(rows)).toMatchObject({ add: [], change: [], remove: [], unchanged: 2 })
  })

  it.each<[string, (client: Client) => Promise<unknown>]>([
    ['somebody was added', (client) => client.upsert(cy)],
    ['somebody was changed', (client) => client.upsert({ ...ana, displayName: 'A' })],
    ['somebody was removed', (client) => client.remove('usr_bo')],
  ])('refuses a key after %s', async (_name, act) => {
    const { key } = await reconcile([ana])
    await act(client)
    const before = await stored()
    await expect(reconcile([ana], key)).rejects.toMatchObject({ code: 'reconcile_outdated', status: 409 })
    expect(await stored()).toEqual(before)
  })

  it('leaves whoever is changed while it is being done, and does not say of them that they went', async () => {
    await client.upsert(cy)
    const { key } = await reconcile([ana])
    const { store } = client.scim
    const { write } = store
    // After the key has been found right, and before anybody is removed.
    store.write = async (work) => {
      store.write = write
      await client.upsert({ ...bo, displayName: 'Bo' })
      return store.write(work)
    }
    expect((await reconcile([ana], key)).remove).toEqual([{ id: 'usr_cy', userName: 'cy' }])
    expect(await stored()).toEqual(['usr_ana Ana', 'usr_bo Bo'])
    expect((await reconcile([ana])).remove).toEqual([{ id: 'usr_bo', userName: 'bo' }])
  })

  it('refuses a key of other rows, and of none', async () => {
    const { key } = await reconcile([ana])
    for (const rows of [[], [ana, cy], [{ ...ana, displayName: 'A' }], [{ userName: 'ana', displayName: 'Ana' }]])
      await expect(reconcile(rows, key)).rejects.toMatchObject({ code: 'reconcile_outdated' })
    await expect(reconcile([ana], '')).rejects.toMatchObject({ code: 'reconcile_outdated' })
    expect(await stored()).toHaveLength(2)
  })

  it('is not outdated by what a provider writes, and leaves pending people alone', async () => {
    const pat = await client.pending('pat')
    const { key } = await reconcile([ana])
    await client.group('Crew', 'usr_ana', pat)
    await client.patch('/Users/usr_ana', [{ op: 'replace', path: 'title', value: 'Chief' }])
    await reconcile([ana], key)
    expect(await stored()).toEqual(['usr_ana Ana', `${pat} pat`].sort())
  })

  it('gives the name of somebody who goes to somebody who comes', async () => {
    const rows = [ana, { id: 'usr_bo2', userName: 'BO' }]
    const { key, add, remove } = await reconcile(rows)
    expect([add, remove]).toEqual([[{ id: 'usr_bo2', userName: 'BO' }], [{ id: 'usr_bo', userName: 'bo' }]])
    await reconcile(rows, key)
    expect(await stored()).toEqual(['usr_ana Ana', 'usr_bo2 BO'])
  })

  it('finds people by userName where the host gives no id', async () => {
    const rows = [{ userName: 'Ana', displayName: 'Ana' }, { userName: 'new' }]
    const { key, ...preview } = await reconcile(rows)
    expect(preview).toMatchObject({
      add: [{ id: undefined, userName: 'new' }],
      change: [{ id: 'usr_ana', userName: 'Ana' }],
      remove: [{ id: 'usr_bo', userName: 'bo' }],
    })
    await reconcile(rows, key)
    expect((await client.scim.people.find('acme', 'ana'))?.id).toBe('usr_ana')
    expect(await client.scim.people.find('acme', 'bo')).toBeUndefined()
  })

  it('refuses rows that cannot be stored, in the preview already', async () => {
    const wrong = reconcile([ana, { id: 'usr_x', userName: 'ana' }])
    await expect(wrong).rejects.toBeInstanceOf(RowsRefused)
    await expect(reconcile([ana, { ...bo, userName: 'ana' }])).rejects.toBeInstanceOf(RowsRefused)
    expect(await stored()).toHaveLength(2)
  })

  it('removes everybody only when that was looked at', async () => {
    const { key, remove } = await reconcile([])
    expect(remove.map(({ id }) => id)).toEqual(['usr_ana', 'usr_bo'])
    await reconcile([], key)
    expect(await stored()).toEqual([])
  })

  it('takes thousands', async () => {
    const rows = Array.from({ length: 2_500 }, (_, n) => ({ id: `usr_n${n}`, userName: `n${n}` }))
    await reconcile(rows, (await reconcile(rows)).key)
    const next = rows.slice(1_200).map((row) => ({ ...row, displayName: 'New' }))
    const preview = await reconcile(next)
    expect([preview.change.length, preview.remove.length, preview.unchanged]).toEqual([1_300, 1_200, 0])
    await reconcile(next, preview.key)
    expect(await reconcile(next)).toMatchObject({ add: [], change: [], remove: [], unchanged: 1_300 })
  })
})
