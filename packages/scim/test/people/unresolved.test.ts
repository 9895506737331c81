import { beforeEach, describe, expect, it } from 'vitest'
import { addWorkspace, type Client, openService, wrongCounts } from './support.ts'

describe('members whose id is unknown', () => {
  let client: Client
  beforeEach(async () => {
    client = await openService()
    await client.upsert({ id: 'usr_ana', userName: 'ana', displayName: 'Ana' })
  })

  it('are recorded and read back as they were written', async () => {
    const crew = await client.group('Crew', 'usr_new1', 'usr_ana')
    await client.addMembers(crew, 'usr_new2')
    const { body } = await client.get(`/Groups/${crew}`)
    expect(body.members).toEqual(
      expect.arrayContaining([
        { value: 'usr_new1' },
        { value: 'usr_new2' },
        { value: 'usr_ana', $ref: expect.stringMatching(/\/Users\/usr_ana$/), display: 'Ana', type: 'User' },
      ]),
    )
    expect(await client.states(crew)).toEqual({ usr_new1: 'unresolved', usr_new2: 'unresolved', usr_ana: 'effective' })
    expect(await client.story('members_added')).toEqual([
      'members_added Crew usr_ana usr_new1',
      'members_added Crew usr_new2',
    ])
  })

  it('resolve in every group when the host adds a person with that id, in the same transaction', async () => {
    const [crew, team] = [await client.group('Crew', 'usr_new'), await client.group('Team', 'usr_new', 'usr_else')]
    const [version] = [await client.version(`/Groups/${crew}`)]
    await client.upsert({ id: 'usr_new', userName: 'new', displayName: 'New' }, { id: 'usr_lone', userName: 'lone' })
    expect(await client.states(crew)).toEqual({ usr_new: 'effective' })
    expect(await client.states(team)).toEqual({ usr_new: 'effective', usr_else: 'unresolved' })
    expect((await client.get(`/Groups/${crew}`)).body.members).toMatchObject([{ value: 'usr_new', display: 'New' }])
    // The membership is what it was; the version covers no names.
    expect(await client.version(`/Groups/${crew}`)).toBe(version)
    expect(await client.changes('members_resolved')).toMatchObject([
      { group: 'Crew', people: ['usr_new'], count: 1, actor: 'host', request: null },
      { group: 'Team', people: ['usr_new'], count: 1, actor: 'host', request: null },
    ])
    // Said again, it resolves nothing again.
    await client.upsert({ id: 'usr_new', userName: 'new', displayName: 'Newer' })
    expect(await client.changes('members_resolved')).toHaveLength(2)
  })

  it('resolve together: one change for each group', async () => {
    const ids = Array.from({ length: 50 }, (_, index) => `usr_n${index}`)
    await client.group('Crew', ...ids)
    await client.upsert(...ids.map((id) => ({ id, userName: id.slice(4) })))
    expect(await client.changes('members_resolved')).toMatchObject([{ group: 'Crew', count: 50, people: ids.sort() }])
  })

  it('stay unresolved when the upsert is refused', async () => {
    const crew = await client.group('Crew', 'usr_new')
    const rows = [
      { id: 'usr_new', userName: 'new' },
      { id: 'usr_x', userName: 'ana' },
    ]
    await expect(client.upsert(...rows)).rejects.toThrow()
    expect(await client.states(crew)).toEqual({ usr_new: 'unresolved' })
    expect(await client.changes('members_resolved')).toEqual([])
  })

  it('are removed as others are, and removing one that is no member is success', async () => {
    const crew = await client.group('Crew', 'usr_new')
    for (const id of ['usr_new', 'usr_new', 'usr_never', 'no id at all', 'grp_01ARZ3NDEKTSV4RRFFQ69G5FAV'])
      expect((await client.removeMembers(crew, id)).status).toBe(204)
    expect(await client.members(crew)).toEqual([])
    expect(await client.version(`/Groups/${crew}`)).toBe('W/"2"')
    expect(await client.story('members_removed')).toEqual(['members_removed Crew usr_new'])
  })

  it('may be people of another workspace, which is not to be told from unknown ones', async () => {
    const other = await addWorkspace(client, 'other', { unknownUsers: 'pending' })
    await other.upsert({ id: 'usr_theirs', userName: 'theirs', displayName: 'Theirs' })
    const pending = await other.pending('pending@example.com')
    const crew = await client.group('Crew', 'usr_theirs', pending, 'usr_nobody')
    expect(await client.states(crew)).toEqual({
      usr_theirs: 'unresolved',
      [pending]: 'unresolved',
      usr_nobody: 'unresolved',
    })
    expect((await client.get(`/Groups/${crew}`)).body.members.every((member) => Object.keys(member).length === 1)).toBe(
      true,
    )
    const answers = await Promise.all(['usr_theirs', pending, 'usr_nobody'].map((id) => client.get(`/Users/${id}`)))
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
    // Over there nothing is known of it.
    expect((await other.get('/Users/usr_theirs')).body.groups).toEqual([])
    await other.upsert({ id: 'usr_nobody', userName: 'nobody' })
    expect((await client.states(crew)).usr_nobody).toBe('unresolved')
  })
})

describe('where unknown members are refused', () => {
  let client: Client
  let crew: string
  beforeEach(async () => {
    client = await openService()
    await client.upsert({ id: 'usr_ana', userName: 'ana' }, { id: 'usr_bo', userName: 'bo' })
    crew = await client.group('Crew', 'usr_ana', 'usr_old')
    await client.scim.workspaces.change('acme', { unknownMembers: 'reject' })
  })

  it('an addition is a 400 that names the ids and changes nothing', async () => {
    const members = [{ value: 'usr_bo' }, { value: 'usr_new1' }, { value: 'usr_new2' }]
    const before = await client.sql('select * from {people} order by key')
    const answers = [
      await client.addMembers(crew, 'usr_bo', 'usr_new1', 'usr_new2'),
      await client.patch(`/Groups/${crew}`, [{ op: 'replace', path: 'members', value: members }]),
      await client.put(`/Groups/${crew}`, { displayName: 'Renamed', members }),
      await client.post('/Groups', { displayName: 'Team', members }),
      await client.patch(`/Groups/${crew}`, [
        { op: 'remove', path: 'members' },
        { op: 'replace', path: 'displayName', value: 'Renamed' },
        { op: 'add', path: 'members', value: members },
      ]),
    ]
    for (const { status, body } of answers) {
      expect([status, body.scimType]).toEqual([400, 'invalidValue'])
      expect(body.detail).toContain('usr_new1')
      expect(body.detail).toContain('usr_new2')
      expect(body.detail).not.toContain('usr_bo')
    }
    expect(await client.sql('select * from {people} order by key')).toEqual(before)
    expect((await client.get(`/Groups/${crew}`)).body).toMatchObject({
      displayName: 'Crew',
      meta: { version: 'W/"1"' },
    })
    expect(await client.members(crew)).toEqual(['usr_ana', 'usr_old'])
    expect((await client.get('/Groups')).body.totalResults).toBe(1)
  })

  it('a removal always succeeds, and what is a member already may be named again', async () => {
    // usr_old has been unresolved since before the policy.
    const members = [{ value: 'usr_ana' }, { value: 'usr_old' }, { value: 'usr_bo' }]
    expect((await client.put(`/Groups/${crew}`, { displayName: 'Crew', members })).status).toBe(200)
    expect(await client.members(crew)).toEqual(['usr_ana', 'usr_bo', 'usr_old'])
    for (const id of ['usr_old', 'usr_never', 'ill-formed'])
      expect((await client.removeMembers(crew, id)).status).toBe(204)
    expect(await client.members(crew)).toEqual(['usr_ana', 'usr_bo'])
  })

  it('somebody who was removed is unknown, and pending people are not', async () => {
    await client.scim.workspaces.change('acme', { unknownUsers: 'pending' })
    const pam = await client.pending('pam')
    expect((await client.addMembers(crew, pam)).status).toBe(204)
    await client.remove('usr_bo')
    expect((await client.addMembers(crew, 'usr_bo')).status).toBe(400)
  })
})

describe('people whom the host removes', () => {
  let client: Client
  let crew: string
  beforeEach(async () => {
    client = await openService({ unknownUsers: 'pending' })
    await client.upsert({
      id: 'usr_ana',
      userName: 'unmistakable-ana',
      displayName: 'unmistakable-Ana',
      emails: [{ value: 'unmistakable@example.com', verified: true }],
    })
    await client.put('/Users/usr_ana', {
      externalId: 'unmistakable-00u',
      name: { familyName: 'unmistakable-M' },
      active: false,
    })
    crew = await client.group('Crew', 'usr_ana')
  })

  it('leave memberships that are unresolved, and a tombstone of the id alone', async () => {
    const version = await client.version(`/Groups/${crew}`)
    expect(await client.remove('usr_ana', 'usr_ana', 'usr_nobody')).toEqual(['usr_ana'])
    expect((await client.get('/Users/usr_ana')).status).toBe(404)
    expect(await client.find('userName eq "unmistakable-ana"')).toEqual([])
    expect(await client.find('userName eq "unmistakable@example.com"')).toEqual([])
    expect((await client.get(`/Groups/${crew}`)).body.members).toEqual([{ value: 'usr_ana' }])
    expect(await client.states(crew)).toEqual({ usr_ana: 'unresolved' })
    expect(await client.version(`/Groups/${crew}`)).toBe(version)
    expect(await client.changes('person_removed')).toMatchObject([
      { people: ['usr_ana'], actor: 'host', label: 'host application', details: null },
    ])
    for (const table of ['people', 'person_names', 'person_addresses', 'person_aliases', 'changes'])
      expect(JSON.stringify(await client.sql(`select * from {${table}}`))).not.toContain('unmistakable')
    expect(await wrongCounts(client)).toEqual([])
  })

  it('resolve again when they come back', async () => {
    await client.remove('usr_ana')
    await client.upsert({ id: 'usr_ana', userName: 'ana' })
    expect(await client.states(crew)).toEqual({ usr_ana: 'effective' })
    expect((await client.get('/Users/usr_ana')).body).toMatchObject({ userName: 'ana', active: true })
    expect(await client.story('person_removed', 'members_resolved')).toEqual([
      'person_removed usr_ana',
      'members_resolved Crew usr_ana',
    ])
  })

  it('are gone a second time without a second change, and pending people can be removed too', async () => {
    const pam = await client.pending('pam')
    expect(await client.remove('usr_ana', pam)).toEqual(['usr_ana', pam])
    expect(await client.remove('usr_ana', pam)).toEqual([])
    expect(await client.changes('person_removed')).toHaveLength(1)
    expect((await client.get(`/Users/${pam}`)).status).toBe(404)
    expect((await client.post('/Users', { userName: 'unmistakable-ana' })).status).toBe(201)
  })
})
