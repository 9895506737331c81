import { beforeEach, describe, expect, it } from 'vitest'
import { DAY } from '../../src/base/clock.ts'
import { type Client, openService } from '../people/support.ts'

describe('open problems', () => {
  let client: Client
  beforeEach(async () => {
    client = await openService({ unknownUsers: 'pending' })
  })

  const list = () => client.scim.problems.list('acme')
  const dismiss = (id: string) => client.scim.problems.dismiss('acme', id, { admin: 'Ada' })

  it('are none at first, nor of people who are in order', async () => {
    await client.upsert({ id: 'usr_ana', userName: 'ana' })
    await client.group('Crew', 'usr_ana', await client.pending('pat@example.com'))
    expect(await list()).toEqual([])
    await expect(dismiss('usr_ana')).rejects.toMatchObject({ code: 'problem_unknown' })
    await expect(dismiss('usr_never')).rejects.toMatchObject({ code: 'problem_unknown' })
  })

  it('name each unresolved id once, with its groups', async () => {
    const crew = await client.group('Crew', 'usr_x')
    const other = await client.group('Other', 'usr_x', 'usr_y')
    await client.upsert({ id: 'usr_z', userName: 'z' })
    await client.addMembers(other, 'usr_z')
    client.clock.now += 1_000
    await client.remove('usr_z')
    const since = client.clock.now - 1_000
    expect(await list()).toEqual([
      {
        kind: 'unresolved_member',
        id: 'usr_x',
        since,
        removed: false,
        groups: [
          { id: crew, displayName: 'Crew' },
          { id: other, displayName: 'Other' },
        ],
      },
      { kind: 'unresolved_member', id: 'usr_y', since, removed: false, groups: [{ id: other, displayName: 'Other' }] },
      {
        kind: 'unresolved_member',
        id: 'usr_z',
        since: client.clock.now,
        removed: true,
        groups: [{ id: other, displayName: 'Other' }],
      },
    ])
    // What no group names is no problem.
    await client.removeMembers(other, 'usr_y', 'usr_z')
    expect((await list()).map(({ id }) => id)).toEqual(['usr_x'])
  })

  it('are dismissed by an admin, and come back when the id is named anew', async () => {
    const crew = await client.group('Crew', 'usr_x')
    await client.group('Second', 'usr_x')
    const other = await client.group('Other')
    await dismiss('usr_x')
    expect(await list()).toEqual([])
    expect(await client.changes('unresolved_dismissed')).toMatchObject([
      { actor: 'admin', label: 'Ada', people: ['usr_x'], details: { id: 'usr_x' } },
    ])
    await expect(dismiss('usr_x')).rejects.toMatchObject({ code: 'problem_unknown' })
    // A provider that says the same again, or takes the id out of one group, does not name it anew.
    await client.addMembers(crew, 'usr_x')
    await client.put(`/Groups/${crew}`, { displayName: 'Crew', members: [{ value: 'usr_x' }] })
    await client.removeMembers(crew, 'usr_x')
    expect(await list()).toEqual([])
    await client.addMembers(other, 'usr_x')
    expect((await list()).map(({ id }) => id)).toEqual(['usr_x'])
  })

  it('name pending people who lost their userName to an account', async () => {
    const pat = await client.pending('pat')
    await client.upsert({ id: 'usr_pat', userName: 'pat' })
    expect(await list()).toEqual([{ kind: 'pending_name_taken', id: pat }])
    await client.patch(`/Users/${pat}`, [{ op: 'replace', path: 'userName', value: 'pat2' }])
    expect(await list()).toEqual([])
  })

  it('name pending people of whom one account could claim several', async () => {
    const [one, two] = [await client.pending('one@example.com'), await client.pending('two@example.com')]
    const emails = ['one', 'two'].map((name) => ({ value: `${name}@example.com`, verified: true }))
    await client.upsert({ id: 'usr_a', userName: 'a', emails })
    expect(await list()).toEqual([
      { kind: 'claim_ambiguous', id: one, userName: 'one@example.com', accounts: ['usr_a'] },
      { kind: 'claim_ambiguous', id: two, userName: 'two@example.com', accounts: ['usr_a'] },
    ])
  })

  it('name live tokens that end within 30 days', async () => {
    const issue = async (label: string, days: number) =>
      (await client.scim.tokens.issue('acme', { label, createdBy: 'test', lifetime: days * DAY })).token
    const [soon, , gone] = [await issue('soon', 30), await issue('later', 31), await issue('revoked', 3)]
    await client.scim.tokens.revoke('acme', gone.id)
    const { id, label, expiresAt } = soon
    expect(await list()).toEqual([{ kind: 'token_expiring', id, label, expiresAt }])
    client.clock.now += 30 * DAY
    expect((await list()).map((problem) => 'label' in problem && problem.label)).toEqual(['later'])
  })

  it('are all listed, however many', async () => {
    await client.group('Crew', ...Array.from({ length: 2_001 }, (_, i) => `usr_n${i}`))
    const ids = (await list()).map(({ id }) => id)
    expect(new Set(ids).size).toBe(2_001)
  })
})
