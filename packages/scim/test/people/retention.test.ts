import { beforeEach, describe, expect, it } from 'vitest'
import { addWorkspace, type Client, openService } from './support.ts'

const DAY = 24 * 60 * 60 * 1_000

describe('pending people without memberships', () => {
  let client: Client
  beforeEach(async () => {
    client = await openService({ unknownUsers: 'pending', pendingDays: 10 })
  })

  it('are forgotten after the days that the workspace sets, counted from the last write', async () => {
    const idle = await client.pending('unmistakable-idle', { displayName: 'unmistakable-name' })
    const written = await client.pending('written')
    const member = await client.pending('member')
    await client.group('Crew', member)
    await client.upsert({ id: 'usr_ana', userName: 'ana' })

    client.clock.now += 5 * DAY
    await client.put(`/Users/${written}`, { nickName: 'W' })
    client.clock.now += 5 * DAY
    expect((await client.scim.prune()).pending).toBe(0)
    client.clock.now += 1
    expect((await client.scim.prune()).pending).toBe(1)
    expect((await client.get(`/Users/${idle}`)).status).toBe(404)
    expect((await client.get('/Users')).body.Resources.map(({ id }) => id).sort()).toEqual(
      [written, member, 'usr_ana'].sort(),
    )
    expect(await client.changes('person_removed')).toMatchObject([
      { people: [idle], actor: 'system', label: 'retention', details: { id: idle }, request: null },
    ])
    for (const table of ['people', 'person_names', 'person_addresses'])
      expect(JSON.stringify(await client.sql(`select * from {${table}}`))).not.toContain('unmistakable')
    // The name is free; the id is not used again.
    expect(await client.pending('unmistakable-idle')).not.toBe(idle)

    client.clock.now += 100 * DAY
    expect((await client.scim.prune()).pending).toBe(2)
    expect((await client.get(`/Users/${member}`)).status).toBe(200)
  })

  it('are forgotten in pieces, however many they are', async () => {
    const people = Array.from({ length: 250 }, (_, index) => `p${index}`)
    await Promise.all(people.map((userName) => client.post('/Users', { userName })))
    const kept = await client.pending('kept')
    await client.group('Crew', kept)
    client.clock.now += 11 * DAY
    expect((await client.scim.prune()).pending).toBe(250)
    expect((await client.get('/Users')).body.Resources.map(({ id }) => id)).toEqual([kept])
    expect((await client.scim.prune()).pending).toBe(0)
  })

  it('are not forgotten when they become members meanwhile', async () => {
    const ids = await Promise.all(Array.from({ length: 150 }, (_, index) => client.pending(`p${index}`)))
    const crew = await client.group('Crew')
    client.clock.now += 11 * DAY
    const [pruned] = await Promise.all([client.scim.prune(), ...ids.map((id) => client.addMembers(crew, id))])
    // Whoever was forgotten before is unresolved; nobody is forgotten while a member.
    const { members } = await client.scim.groups.membersWithStates('acme', crew, { limit: 1_000 })
    const unresolved = members.filter(({ state }) => state === 'unresolved').map(({ id }) => id)
    const forgotten = (await client.changes('person_removed')).flatMap(({ people }) => people)
    expect(members).toHaveLength(150)
    expect(unresolved.sort()).toEqual(forgotten.sort())
    expect(pruned.pending).toBe(forgotten.length)
  })
})

describe('activity', () => {
  it('is forgotten after the days that the workspace sets, and changes are kept', async () => {
    const client = await openService({ activityDays: 30 })
    const other = await addWorkspace(client, 'other', { activityDays: 60 })
    for (const each of [client, other]) {
      await each.upsert({ id: 'usr_ana', userName: 'ana' })
      await each.put('/Users/usr_ana', { active: false })
      await each.get('/Users/usr_ana')
    }
    client.clock.now += 30 * DAY
    await client.put('/Users/usr_ana', { active: true })
    expect((await client.scim.prune()).activity).toBe(0)
    client.clock.now += 1
    await client.scim.flush()
    expect((await client.scim.prune()).activity).toBe(2)
    expect((await client.scim.activity.list('acme')).map(({ method }) => method)).toEqual(['PUT'])
    expect(await other.scim.activity.list('other')).toHaveLength(2)
    expect(await client.story()).toEqual(['person_suspended usr_ana', 'person_resumed usr_ana'])
  })
})
