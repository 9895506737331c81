import { describe, expect, it } from 'vitest'
import { openService, wrongCounts } from '../people/support.ts'

describe('DELETE of a pending person', () => {
  it('leaves nothing of it: 404, no memberships, and an id that is never used again', async () => {
    const client = await openService({ unknownUsers: 'pending' })
    const pam = await client.pending('pam', { active: false })
    const other = await client.pending('other')
    const [crew, team] = [await client.group('Crew', pam, other), await client.group('Team', pam)]
    const lone = await client.group('Lone', other)

    const deleted = await client.delete(`/Users/${pam}`)
    expect([deleted.status, deleted.body]).toEqual([204, {}])
    for (const answer of [
      await client.get(`/Users/${pam}`),
      await client.delete(`/Users/${pam}`),
      await client.put(`/Users/${pam}`, { userName: 'pam' }),
      await client.patch(`/Users/${pam}`, [{ op: 'replace', path: 'active', value: true }]),
    ])
      expect(answer.status).toBe(404)

    expect([await client.members(crew), await client.members(team)]).toEqual([[other], []])
    const versions = await Promise.all([crew, team, lone].map((id) => client.version(`/Groups/${id}`)))
    expect(versions).toEqual(['W/"2"', 'W/"2"', 'W/"1"'])
    expect(await client.find('userName eq "pam"')).toEqual([])
    expect(await client.story('members_removed', 'person_removed')).toEqual([
      `members_removed Crew ${pam}`,
      `members_removed Team ${pam}`,
      `person_removed ${pam}`,
    ])
    expect(await wrongCounts(client)).toEqual([])
    const activity = await client.scim.activity.list('acme')
    expect(activity.find(({ method, status }) => method === 'DELETE' && status === 204)).toMatchObject({
      personId: pam,
      effect: { deleted: true, removed: 2 },
    })

    const again = await client.pending('pam')
    expect(again).not.toBe(pam)
    expect((await client.get(`/Users/${again}`)).body.active).toBe(true)
  })

  it('leaves its id unknown to groups, and without a person behind it', async () => {
    const client = await openService({ unknownUsers: 'pending' })
    const pam = await client.pending('pam')
    await client.delete(`/Users/${pam}`)
    const crew = await client.group('Crew', pam)
    expect(await client.states(crew)).toEqual({ [pam]: 'unresolved' })
    await client.scim.workspaces.change('acme', { unknownMembers: 'reject' })
    const { status, body } = await client.post('/Groups', { displayName: 'Team', members: [{ value: pam }] })
    expect([status, body.scimType]).toEqual([400, 'invalidValue'])
  })
})

describe('DELETE of a person with an account', () => {
  it('takes record and memberships, and the person can still be found', async () => {
    const client = await openService()
    await client.upsert({ id: 'usr_ana', userName: 'ana', displayName: 'Ana' }, { id: 'usr_bo', userName: 'bo' })
    const crew = await client.group('Crew', 'usr_ana', 'usr_bo')
    await client.put('/Users/usr_ana', {
      userName: 'ana@idp.example',
      externalId: '00u1',
      displayName: 'X',
      active: false,
    })

    expect((await client.delete('/Users/usr_ana')).status).toBe(204)
    expect((await client.get('/Users/usr_ana')).body).toMatchObject({
      userName: 'ana',
      displayName: 'Ana',
      active: true,
      groups: [],
    })
    expect((await client.get('/Users/usr_ana')).body).not.toHaveProperty('externalId')
    expect(await client.find('userName eq "ana"')).toEqual(['usr_ana'])
    expect(await client.find('userName eq "ana@idp.example"')).toEqual([])
    expect(await client.members(crew)).toEqual(['usr_bo'])
    expect(await client.version(`/Groups/${crew}`)).toBe('W/"2"')
    expect(await client.story('members_removed', 'person_suspended', 'person_resumed', 'person_removed')).toEqual([
      'person_suspended usr_ana',
      'members_removed Crew usr_ana',
      'person_resumed usr_ana',
    ])
    // A later assignment matches again.
    expect((await client.addMembers(crew, 'usr_ana')).status).toBe(204)
    expect(await client.states(crew)).toEqual({ usr_ana: 'effective', usr_bo: 'effective' })
  })

  it('answers 204 again and changes nothing more', async () => {
    const client = await openService()
    await client.upsert({ id: 'usr_ana', userName: 'ana' })
    await client.group('Crew', 'usr_ana')
    for (let time = 0; time < 3; time++) expect((await client.delete('/Users/usr_ana')).status).toBe(204)
    expect(await client.story('members_removed', 'person_resumed')).toEqual(['members_removed Crew usr_ana'])
    expect(await client.version('/Users/usr_ana')).toBe('W/"1"')
  })

  it('answers 404 for an id that is unknown, unresolved or removed', async () => {
    const client = await openService()
    await client.upsert({ id: 'usr_gone', userName: 'gone' })
    await client.remove('usr_gone')
    await client.group('Crew', 'usr_stranger')
    for (const id of ['usr_nobody', 'usr_stranger', 'usr_gone', 'nonsense'])
      expect((await client.delete(`/Users/${id}`)).status).toBe(404)
  })
})
