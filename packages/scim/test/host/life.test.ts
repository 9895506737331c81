import { beforeEach, describe, expect, it } from 'vitest'
import { addWorkspace, type Client, openService } from '../people/support.ts'
import { Consumer, effectivePairs, told } from './consumer.ts'

const VERIFIED = [{ value: 'pam@example.com', verified: true }]

describe('the life of a membership, as states and as the feed tells it', () => {
  let client: Client
  let consumer: Consumer
  beforeEach(async () => {
    client = await openService({ unknownUsers: 'pending' })
    consumer = new Consumer(client.scim, 'acme')
  })

  /** What the feed told since, with the consumer's memberships compared with what holds. */
  async function feed(names: Record<string, string> = {}): Promise<string[]> {
    const changes = told(await consumer.follow(), names)
    expect([...consumer.pairs].sort()).toEqual(await effectivePairs(client.scim, 'acme'))
    return changes
  }
  const active = (person: string, value: boolean) =>
    client.patch(`/Users/${person}`, [{ op: 'replace', path: 'active', value }])
  const problems = async () => (await client.scim.problems.list('acme')).map(({ kind, id }) => `${kind} ${id}`)

  it('from an unknown id to one dismissed', async () => {
    const crew = await client.group('Crew', 'usr_ana')
    expect(await client.states(crew)).toEqual({ usr_ana: 'unresolved' })
    expect(await problems()).toEqual(['unresolved_member usr_ana'])
    expect(await feed()).toEqual(['group_created Crew', 'members_added Crew -usr_ana'])

    await client.upsert({ id: 'usr_ana', userName: 'ana' })
    expect(await client.states(crew)).toEqual({ usr_ana: 'effective' })
    expect(await problems()).toEqual([])
    expect(await feed()).toEqual(['members_resolved Crew +usr_ana'])

    await active('usr_ana', false)
    expect(await client.states(crew)).toEqual({ usr_ana: 'suspended' })
    expect(await feed()).toEqual(['person_suspended -usr_ana'])

    await active('usr_ana', true)
    expect(await client.states(crew)).toEqual({ usr_ana: 'effective' })
    expect(await feed()).toEqual(['person_resumed +usr_ana'])

    await client.remove('usr_ana')
    expect(await client.states(crew)).toEqual({ usr_ana: 'unresolved' })
    expect(await problems()).toEqual(['unresolved_member usr_ana'])
    expect(await feed()).toEqual(['person_removed -usr_ana'])

    await client.scim.problems.dismiss('acme', 'usr_ana')
    // The provider still reads what it wrote.
    expect(await client.members(crew)).toEqual(['usr_ana'])
    expect(await problems()).toEqual([])
    expect(await feed()).toEqual(['unresolved_dismissed -usr_ana'])

    // Dismissed is not forgotten: the id counts when its person comes.
    await client.upsert({ id: 'usr_ana', userName: 'ana' })
    expect(await client.states(crew)).toEqual({ usr_ana: 'effective' })
    expect(await feed()).toEqual(['members_resolved Crew +usr_ana'])

    await client.removeMembers(crew, 'usr_ana')
    expect(await client.states(crew)).toEqual({})
    expect(await feed()).toEqual(['members_removed Crew -usr_ana'])
  })

  it('of a suspended person whom the provider deletes, and assigns again', async () => {
    const crew = await client.group('Crew', 'usr_ana')
    await client.upsert({ id: 'usr_ana', userName: 'ana' })
    await active('usr_ana', false)
    await client.delete('/Users/usr_ana')
    // The record is gone, and with it suspension and memberships; the person can still be found.
    expect(await client.states(crew)).toEqual({})
    expect(await feed()).toEqual([
      'group_created Crew',
      'members_added Crew -usr_ana',
      'members_resolved Crew -usr_ana',
      'person_suspended',
      'members_removed Crew -usr_ana',
      'person_resumed',
    ])
    await client.addMembers(crew, 'usr_ana')
    expect(await feed()).toEqual(['members_added Crew +usr_ana'])
  })

  it('of a pending person who is claimed, the pending id staying its own', async () => {
    const pam = await client.pending('pam@example.com')
    const crew = await client.group('Crew', pam)
    expect(await client.states(crew)).toEqual({ [pam]: 'pending' })
    expect(await feed({ [pam]: 'pam' })).toEqual(['group_created Crew', 'members_added Crew -pam'])
    // An address that is not verified claims nobody.
    await client.upsert({ userName: 'pam', emails: [{ value: 'pam@example.com' }] })
    expect(await client.states(crew)).toEqual({ [pam]: 'pending' })
    expect(await feed()).toEqual([])
    await client.upsert({ userName: 'pam', emails: VERIFIED })
    const [[id] = []] = Object.entries(await client.states(crew))
    expect(await client.states(crew)).toEqual({ [id as string]: 'effective' })
    expect(await feed({ [id as string]: 'pam' })).toEqual(['person_claimed +pam', 'members_resolved Crew +pam'])
  })

  it('of a pending person who is claimed under the id that the host brings, in any of its forms', async () => {
    const pam = await client.pending('pam@example.com')
    const crew = await client.group('Crew', pam)
    await feed()
    await client.upsert({ id: 'usr_pam', userName: 'pam', emails: VERIFIED })
    expect(await client.states(crew)).toEqual({ usr_pam: 'effective' })
    expect(await feed()).toEqual(['person_claimed +usr_pam', 'members_resolved Crew +usr_pam'])
    // The pending id goes on to mean the person, wherever an id is read.
    await client.addMembers(crew, pam)
    expect(await feed()).toEqual([])
    await client.removeMembers(crew, pam)
    expect(await feed()).toEqual(['members_removed Crew -usr_pam'])
  })

  it('of a pending person claimed by somebody who is a member already', async () => {
    const pam = await client.pending('pam@example.com')
    await client.upsert({ id: 'usr_pam', userName: 'pam' })
    const [both, only] = [await client.group('Both', pam, 'usr_pam'), await client.group('Only', pam)]
    await feed()
    await client.upsert({ id: 'usr_pam', userName: 'pam', emails: VERIFIED })
    expect(await client.states(both)).toEqual({ usr_pam: 'effective' })
    expect(await client.states(only)).toEqual({ usr_pam: 'effective' })
    expect(await feed()).toEqual(['person_claimed +usr_pam +usr_pam', 'members_resolved Only +usr_pam'])
  })

  it('of a suspended pending person: claimed, it does not count until resumed', async () => {
    const pam = await client.pending('pam@example.com', { active: false })
    const crew = await client.group('Crew', pam)
    await feed()
    await client.upsert({ id: 'usr_pam', userName: 'pam', emails: VERIFIED })
    expect(await client.states(crew)).toEqual({ usr_pam: 'suspended' })
    expect(await feed()).toEqual(['person_claimed -usr_pam', 'members_resolved Crew -usr_pam'])
    await active('usr_pam', true)
    expect(await feed()).toEqual(['person_resumed +usr_pam'])
  })

  it('of a pending person whom several could claim: nobody does, until one alone can', async () => {
    const pam = await client.pending('pam@example.com')
    const crew = await client.group('Crew', pam)
    await client.upsert(
      { id: 'usr_1', userName: 'one', emails: VERIFIED },
      { id: 'usr_2', userName: 'two', emails: VERIFIED },
    )
    expect(await client.states(crew)).toEqual({ [pam]: 'pending' })
    expect(await client.scim.problems.list('acme')).toEqual([
      { kind: 'claim_ambiguous', id: pam, userName: 'pam@example.com', accounts: ['usr_1', 'usr_2'] },
    ])
    expect(await feed({ [pam]: 'pam' })).toEqual(['group_created Crew', 'members_added Crew -pam'])
    await client.upsert({ id: 'usr_2', userName: 'two', emails: [] })
    await client.upsert({ id: 'usr_1', userName: 'one', emails: VERIFIED })
    expect(await client.states(crew)).toEqual({ usr_1: 'effective' })
    expect(await client.scim.problems.list('acme')).toEqual([])
    expect(await feed()).toEqual(['person_claimed +usr_1', 'members_resolved Crew +usr_1'])
  })

  it('of an id of another workspace, which is unknown here whatever happens there', async () => {
    const globex = await addWorkspace(client, 'globex')
    await globex.upsert({ id: 'usr_ana', userName: 'ana', emails: VERIFIED })
    const pam = await client.pending('pam@example.com')
    const crew = await client.group('Crew', 'usr_ana', pam)
    await globex.upsert({ id: 'usr_ana', userName: 'ana2', emails: VERIFIED })
    await globex.remove('usr_ana')
    expect(await client.states(crew)).toEqual({ usr_ana: 'unresolved', [pam]: 'pending' })
    expect(await feed({ [pam]: 'pam' })).toEqual(['group_created Crew', 'members_added Crew -pam -usr_ana'])
  })

  it('where a claim and PATCHes by the pending id race', async () => {
    for (let round = 0; round < 10; round++) {
      const address = `p${round}@example.com`
      const pending = await client.pending(address)
      const [kept, left] = [await client.group(`Kept ${round}`), await client.group(`Left ${round}`, pending)]
      const id = `usr_p${round}`
      const [, added, removed] = await Promise.all([
        client.upsert({ id, userName: `p${round}`, emails: [{ value: address, verified: true }] }),
        client.addMembers(kept, pending),
        client.removeMembers(left, pending),
        consumer.page(1),
      ])
      expect([added.status, removed.status]).toEqual([204, 204])
      expect(await client.states(kept)).toEqual({ [id]: 'effective' })
      expect(await client.states(left)).toEqual({})
      await feed()
    }
  })
})
