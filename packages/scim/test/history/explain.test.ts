import { describe, expect, it } from 'vitest'
import { ENGLISH } from '../../src/provisioning/history/sentences.en.ts'
import { openService } from '../people/support.ts'
import { ANA, bare, CASES, crewOfAna, later } from './explainCases.ts'

describe('an explanation', () => {
  it.each(CASES)('$status: $name', async ({ status, act, person = 'ana', group = 'crew', en, de }) => {
    const client = await openService({ unknownUsers: 'pending' })
    await act(client)
    const asked = group === 'crew' && status === 'group_unknown' ? 'Crew' : group
    const explained = await client.scim.history.explain('acme', person, asked)
    expect(explained.status).toBe(status)
    expect({ en: bare(explained.sentence.en), de: bare(explained.sentence.de) }).toEqual({ en, de })
    if (explained.group && explained.person) {
      const groups = await client.scim.groups.ofPerson('acme', explained.person.id)
      expect(explained.effective).toBe(groups.some(({ id }) => id === explained.group?.id))
    }
  })

  it('sees an unknown id whatever the group went through since', async () => {
    const client = await openService()
    await client.upsert(ANA, { id: 'usr_bo', userName: 'bo' })
    const crew = await client.group('Crew', 'usr_typo')
    await client.group('Other', 'usr_elsewhere')
    await client.removeMembers(crew, 'usr_typo')
    for (let turn = 0; turn < 30; turn++) {
      await client.addMembers(crew, 'usr_bo')
      await client.removeMembers(crew, 'usr_bo')
    }
    const explained = await client.scim.history.explain('acme', 'ana', 'Crew')
    expect(explained).toMatchObject({ status: 'never_unknown', unknownIds: [{ id: 'usr_typo' }] })
    expect(explained.unknownIds).toHaveLength(1)
  })

  it('names the unknown ids that were named last, each once, among thousands of other groups', async () => {
    const client = await openService()
    await client.upsert(ANA)
    const ids = ['usr_x1', 'usr_x2', 'usr_x3', 'usr_x4', 'usr_x5', 'usr_x6']
    const crew = await client.group('Crew', ...ids)
    await client.group('Other', ...Array.from({ length: 2_500 }, (_, index) => `usr_o${index}`))
    await later(client)
    await client.removeMembers(crew, 'usr_x1')
    await client.addMembers(crew, 'usr_x1')
    const { unknownIds } = await client.scim.history.explain('acme', 'ana', 'Crew')
    expect(unknownIds.map(({ id }) => id)).toEqual(['usr_x1', 'usr_x2', 'usr_x3', 'usr_x4', 'usr_x5'])
    expect(unknownIds[0]).toMatchObject({ at: client.clock.now })
    await client.upsert({ id: 'usr_x1', userName: 'x1' })
    const after = await client.scim.history.explain('acme', 'ana', 'Crew')
    expect(after.unknownIds.map(({ id }) => id)).not.toContain('usr_x1')
  })

  it('is tested for every status', () => {
    const sentences = Object.keys(ENGLISH).slice(0, Object.keys(ENGLISH).indexOf('quoted'))
    const tested = new Set<string>(CASES.map(({ status }) => status))
    expect(sentences.filter((key) => !tested.has(key))).toEqual([])
  })

  it('finds the request that it names in the activity', async () => {
    const client = await openService()
    await crewOfAna(client)
    const { since } = await client.scim.history.explain('acme', 'usr_ana', 'Crew')
    const entry = await client.scim.activity.find('acme', since?.request ?? '')
    expect(entry).toMatchObject({ method: 'POST', route: '/Groups', status: 201 })
  })

  it('tells of a suspension that the policy ignores as effective', async () => {
    const client = await openService({ suspended: 'ignore' })
    await crewOfAna(client)
    await client.put('/Users/usr_ana', { active: false })
    expect(await client.scim.history.explain('acme', 'ana', 'Crew')).toMatchObject({
      status: 'effective',
      effective: true,
    })
  })

  it('goes on across a claim, and counts two people who became one once', async () => {
    const client = await openService({ unknownUsers: 'pending' })
    await client.upsert(ANA)
    const pending = await client.pending('ana@x.example')
    const crew = await client.group('Crew', 'usr_ana', pending)
    await client.removeMembers(crew, 'usr_ana')
    await client.addMembers(crew, 'usr_ana')
    await client.upsert({ ...ANA, emails: [{ value: 'ana@x.example', verified: true }] })
    expect(await client.scim.history.explain('acme', pending, crew)).toMatchObject({
      status: 'effective',
      person: { id: 'usr_ana' },
      since: { operation: null },
    })
    await later(client)
    await client.removeMembers(crew, 'usr_ana')
    expect(await client.scim.history.explain('acme', 'usr_ana', crew)).toMatchObject({
      status: 'removed',
      member: false,
      until: { at: client.clock.now },
    })
  })
})
