import { beforeEach, describe, expect, it } from 'vitest'
import { addWorkspace, type Client, openService } from './support.ts'

const EMAILS = [{ value: 'same@example.com', verified: true }]

describe('two workspaces', () => {
  let one: Client
  let two: Client
  beforeEach(async () => {
    one = await openService({ unknownUsers: 'pending' })
    two = await addWorkspace(one, 'beta', { unknownUsers: 'pending' })
  })

  it('have people of the same ids, names and addresses, and never see each other', async () => {
    for (const client of [one, two]) {
      await client.upsert({ id: 'usr_ana', userName: 'ana', displayName: client.workspace, emails: EMAILS })
      await client.put('/Users/usr_ana', { externalId: '00u1', nickName: client.workspace })
      await client.pending('pam', { displayName: client.workspace })
    }
    await one.put('/Users/usr_ana', { active: false })
    const crew = await one.group('Crew', 'usr_ana')

    expect((await two.get('/Users/usr_ana')).body).toMatchObject({
      displayName: 'beta',
      nickName: 'beta',
      active: true,
      groups: [],
    })
    for (const filter of [
      'userName eq "ana"',
      'userName eq "same@example.com"',
      'externalId eq "00u1"',
      'emails.value eq "same@example.com"',
    ])
      expect(await two.find(filter)).toEqual(['usr_ana'])
    expect((await two.get('/Users')).body.totalResults).toBe(2)
    expect((await two.get('/Groups')).body.totalResults).toBe(0)
    expect(await two.find(`groups.value eq "${crew}"`)).toEqual([])
    expect(await two.story()).toEqual([])
    expect((await two.scim.activity.list('beta')).every(({ effect }) => effect?.suspended !== true)).toBe(true)

    await one.remove('usr_ana')
    expect((await two.get('/Users/usr_ana')).status).toBe(200)
    await one.delete(`/Users/${(await one.find('userName eq "pam"'))[0]}`)
    expect(await two.find('userName eq "pam"')).toHaveLength(1)
  })

  it('answer for an id of the other exactly as for an unknown one', async () => {
    const pam = await one.pending('pam')
    await one.upsert({ id: 'usr_ana', userName: 'ana' })
    const unknown = 'usr_01ARZ3NDEKTSV4RRFFQ69G5FAV'
    for (const id of [pam, 'usr_ana']) {
      const pairs = [
        [await two.get(`/Users/${id}`), await two.get(`/Users/${unknown}`)],
        [await two.put(`/Users/${id}`, { active: false }), await two.put(`/Users/${unknown}`, { active: false })],
        [await two.delete(`/Users/${id}`), await two.delete(`/Users/${unknown}`)],
      ] as const
      for (const [theirs, nobodys] of pairs) {
        const bare = (detail: string) => detail.replaceAll(/\b(usr|act)_\w+/g, '$1')
        expect([theirs.status, bare(theirs.body.detail)]).toEqual([404, bare(nobodys.body.detail)])
      }
    }
    expect((await one.get('/Users/usr_ana')).body.active).toBe(true)
  })

  it('resolve and claim each for itself', async () => {
    const pending = [await one.pending('same@example.com'), await two.pending('same@example.com')]
    const crews = [
      await one.group('Crew', 'usr_new', ...pending),
      await two.group('Crew', 'usr_new', ...pending),
    ] as const
    await one.upsert({ id: 'usr_new', userName: 'new' }, { id: 'usr_same', userName: 'same', emails: EMAILS })
    expect(await one.states(crews[0])).toEqual({
      usr_new: 'effective',
      usr_same: 'effective',
      [pending[1] as string]: 'unresolved',
    })
    expect(await two.states(crews[1])).toEqual({
      usr_new: 'unresolved',
      [pending[0] as string]: 'unresolved',
      [pending[1] as string]: 'pending',
    })
    expect(await two.changes('members_resolved', 'person_claimed')).toEqual([])
  })

  it('stay apart under parallel writes to the same ids', async () => {
    const clients = [one, two]
    for (const client of clients) await client.upsert({ id: 'usr_ana', userName: 'ana' })
    const crews = await Promise.all(clients.map((client) => client.group('Crew')))
    await Promise.all(
      Array.from({ length: 40 }, (_, index) => {
        const client = clients[index % 2] as Client
        const crew = crews[index % 2] as string
        return index % 4 < 2
          ? client.addMembers(crew, `usr_${client.workspace}${index}`)
          : client.put('/Users/usr_ana', { nickName: client.workspace })
      }),
    )
    for (const [index, client] of clients.entries()) {
      const members = await client.members(crews[index] as string)
      expect(members).toHaveLength(10)
      expect(members.every((member) => member.startsWith(`usr_${client.workspace}`))).toBe(true)
      expect((await client.get('/Users/usr_ana')).body.nickName).toBe(client.workspace)
    }
  })
})
