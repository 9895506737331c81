import { beforeEach, describe, expect, it } from 'vitest'
import { addWorkspace, type Client, openService } from '../people/support.ts'
import { Consumer, effectivePairs, told } from './consumer.ts'

const suspend = (client: Client, person: string, active = false) =>
  client.patch(`/Users/${person}`, [{ op: 'replace', path: 'active', value: active }])

describe('the feed of changes', () => {
  let client: Client
  let consumer: Consumer
  beforeEach(async () => {
    client = await openService({ unknownUsers: 'pending' })
    consumer = new Consumer(client.scim, 'acme')
    await client.upsert({ id: 'usr_ana', userName: 'ana' }, { id: 'usr_bo', userName: 'bo' })
  })

  async function expectExact(): Promise<void> {
    await consumer.follow()
    expect([...consumer.pairs].sort()).toEqual(await effectivePairs(client.scim, 'acme'))
  }

  it('is empty at first, and its position is one to go on from', async () => {
    expect(await client.scim.changes.read('acme')).toEqual({ changes: [], position: '', more: false })
    expect(await client.scim.changes.end('acme')).toBe('')
    await client.group('Crew')
    expect(told(await consumer.follow())).toEqual(['group_created Crew'])
    expect(consumer.position).toBe(await client.scim.changes.end('acme'))
    expect(await consumer.follow()).toEqual([])
  })

  it('tells a change with who made it, and by which request', async () => {
    const crew = await client.group('Crew', 'usr_ana')
    await client.patch(`/Groups/${crew}`, [
      { op: 'replace', path: 'displayName', value: 'Team' },
      { op: 'replace', path: 'externalId', value: 'x1' },
    ])
    const [created, added, renamed, linked] = await consumer.follow()
    expect(created).toMatchObject({ kind: 'group_created', at: client.clock.now, complete: true, memberships: [] })
    expect(added).toEqual({
      id: expect.stringMatching(/^chg_/),
      kind: 'members_added',
      at: client.clock.now,
      actor: { kind: 'token', label: 'Entra' },
      request: expect.stringMatching(/^act_/),
      group: { id: crew, displayName: 'Crew', externalId: null },
      details: null,
      memberships: [{ group: crew, person: 'usr_ana', effective: true }],
      complete: true,
    })
    expect(await client.scim.activity.find('acme', added?.request ?? '')).toMatchObject({ method: 'POST', status: 201 })
    expect(renamed).toMatchObject({ group: { displayName: 'Team' }, details: { from: 'Crew', to: 'Team' } })
    expect(linked).toMatchObject({ kind: 'group_external_id_changed', group: { externalId: 'x1' } })
  })

  it('says of a membership what it is now, so that old changes are not told as if they still held', async () => {
    const crew = await client.group('Crew', 'usr_ana', 'usr_bo')
    await client.removeMembers(crew, 'usr_ana')
    await suspend(client, 'usr_bo')
    expect(told(await consumer.follow())).toEqual([
      'group_created Crew',
      'members_added Crew -usr_ana -usr_bo',
      'members_removed Crew -usr_ana',
      'person_suspended -usr_bo',
    ])
  })

  it('ends every membership of a group with the group', async () => {
    const [crew, other] = [await client.group('Crew', 'usr_ana', 'usr_bo'), await client.group('Other', 'usr_ana')]
    await consumer.follow()
    await client.delete(`/Groups/${crew}`)
    expect(told(await consumer.follow())).toEqual(['group_deleted Crew'])
    expect([...consumer.pairs]).toEqual([`${other} usr_ana`])
    await expectExact()
  })

  it('tells the end of suspension by policy, and its return', async () => {
    await client.group('Crew', 'usr_ana', 'usr_bo')
    await client.group('Other', 'usr_bo')
    await suspend(client, 'usr_bo')
    await consumer.follow()
    await client.scim.workspaces.change('acme', { suspended: 'ignore' })
    await client.scim.workspaces.change('acme', { suspended: 'ignore', name: 'Acme' })
    const changes = await consumer.follow()
    expect(told(changes)).toEqual(['suspension_policy_changed +usr_bo +usr_bo'])
    expect(changes[0]?.details).toEqual({ from: 'apply', to: 'ignore' })
    await expectExact()
    await client.scim.workspaces.change('acme', { suspended: 'apply' })
    expect(told(await consumer.follow())).toEqual(['suspension_policy_changed -usr_bo -usr_bo'])
    await expectExact()
  })

  it('has nothing to tell of a policy that is about nobody', async () => {
    await client.scim.workspaces.change('acme', { suspended: 'ignore' })
    expect(await consumer.follow()).toEqual([])
  })

  it('tells people removed by the host in all their groups, and their return', async () => {
    await client.group('Crew', 'usr_ana', 'usr_bo')
    await client.group('Other', 'usr_ana')
    await consumer.follow()
    await client.remove('usr_ana')
    expect(told(await consumer.follow())).toEqual(['person_removed -usr_ana -usr_ana'])
    await expectExact()
    await client.upsert({ id: 'usr_ana', userName: 'ana' })
    expect(told(await consumer.follow())).toEqual(['members_resolved Crew +usr_ana', 'members_resolved Other +usr_ana'])
    await expectExact()
  })

  it('tells a large change in parts that share its id', async () => {
    await client.upsert(...Array.from({ length: 5 }, (_, i) => ({ id: `usr_p${i}`, userName: `p${i}` })))
    await client.group('Crew', ...Array.from({ length: 5 }, (_, i) => `usr_p${i}`))
    const changes = await consumer.follow(2)
    expect(told(changes)).toEqual([
      'group_created Crew',
      'members_added Crew +usr_p0',
      'members_added Crew +usr_p1 +usr_p2',
      'members_added Crew +usr_p3 +usr_p4',
    ])
    expect(changes.map(({ complete }) => complete)).toEqual([true, false, false, true])
    expect(new Set(changes.slice(1).map(({ id }) => id)).size).toBe(1)
  })

  it('tells a person of many groups in parts, from anywhere', async () => {
    for (let n = 0; n < 5; n++) await client.group(`Group ${n}`, 'usr_ana', 'usr_bo')
    await consumer.follow()
    await client.remove('usr_ana', 'usr_bo')
    const pages: number[] = []
    for (let more = true; more; ) {
      const page = await consumer.page(3)
      pages.push(page.changes.flatMap(({ memberships }) => memberships).length)
      more = page.more
    }
    expect(pages).toEqual([3, 3, 3, 1])
    expect([...consumer.pairs]).toEqual([])
  })

  it('bounds a page by changes as well, and says truly whether there are more', async () => {
    for (let n = 0; n < 100; n++) await client.group(`Group ${n}`)
    expect(await consumer.page()).toMatchObject({ more: false, changes: { length: 100 } })
    for (let n = 100; n < 201; n++) await client.group(`Group ${n}`)
    expect(await consumer.page()).toMatchObject({ more: true, changes: { length: 100 } })
    expect(await consumer.page()).toMatchObject({ more: false, changes: { length: 1 } })
  })

  it('goes on from its end, beside what is effective', async () => {
    await client.group('Crew', 'usr_ana')
    const position = await client.scim.changes.end('acme')
    await client.group('Later', 'usr_bo')
    const late = new Consumer(client.scim, 'acme', await effectivePairs(client.scim, 'acme'), position)
    expect(told(await late.follow())).toEqual(['group_created Later', 'members_added Later +usr_bo'])
    await consumer.follow()
    expect([...late.pairs].sort()).toEqual([...consumer.pairs].sort())
  })

  it('refuses positions that are not its own', async () => {
    await client.group('Crew', 'usr_ana')
    const other = await addWorkspace(client, 'globex')
    await other.group('Crew')
    const foreign = await client.scim.changes.end('globex')
    const own = await client.scim.changes.end('acme')
    const setBack = own.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
    for (const after of ['x', '1', '1-', `${own}-1`, `${own} `, foreign, setBack, '999999-00000000'])
      await expect(client.scim.changes.read('acme', { after })).rejects.toMatchObject({ code: 'feed_position_unknown' })
    expect((await other.scim.changes.read('globex')).changes).toHaveLength(1)
  })
})
