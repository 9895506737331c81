import { describe, expect, test } from 'vitest'
import { ANA, type Answer, type Body, ERROR_URN, membersOf, patchOf, STORES, startService } from './support.ts'

function expectTaken(answer: Answer, holder: Body): void {
  expect(answer.status).toBe(409)
  expect(answer.body).toMatchObject({ schemas: [ERROR_URN], status: '409', scimType: 'uniqueness' })
  expect(answer.body.detail).toContain(`the group ${holder.id} ("${holder.displayName}")`)
}

describe.each(STORES)('uniqueness on %s (DESIGN 3.2)', (store) => {
  test.each([
    ['the same', 'Engineering', 'Engineering'],
    ['another case', 'Engineering', 'eNGINEERING'],
    ['other letters than a to z', 'ÀÉÎÕÜ ЖЯ Ωμέγα', 'àéîõü жя ωΜΈΓΑ'],
    ['composed and decomposed', 'Café', 'CAFE\u0301'],
    ['decomposed and composed', 'A\u030angstrom', 'ångström'.replace('ö', 'o')],
    ['the Kelvin sign', 'k', '\u212a'],
    ['a capital I with a dot', 'İstanbul', 'i\u0307stanbul'],
    ['letters outside of the BMP', '𐐀𐐁', '𐐨𐐩'],
  ])('displayName, ignoring case: %s', async (_, first, second) => {
    await using service = await startService(store)
    const holder = await service.acme.group({ displayName: first })
    expectTaken(await service.acme.post('/Groups', { displayName: second }), holder)
    const other = await service.acme.group({ displayName: 'Other' })
    expectTaken(await service.acme.put(`/Groups/${other.id}`, { displayName: second }), holder)
    const rename = patchOf({ op: 'replace', path: 'displayName', value: second })
    expectTaken(await service.acme.patch(`/Groups/${other.id}`, rename), holder)
    expect((await service.acme.get(`/Groups/${other.id}`)).body).toEqual(other)
  })

  test.each([
    ['blanks count', 'Sales', 'Sales '],
    ['marks count', 'Resume', 'Résumé'],
    ['no expansions', 'STRASSE', 'straße'],
    ['compatibility forms differ', 'ﬁ', 'fi'],
    ['widths differ', 'Ａ', 'A'],
  ])('displayName: %s', async (_, first, second) => {
    await using service = await startService(store)
    await service.acme.group({ displayName: first })
    expect((await service.acme.post('/Groups', { displayName: second })).status).toBe(201)
  })

  test('externalId exactly, when present', async () => {
    await using service = await startService(store)
    const holder = await service.acme.group({ displayName: 'A', externalId: 'abc' })
    expectTaken(await service.acme.post('/Groups', { displayName: 'B', externalId: 'abc' }), holder)
    for (const [index, externalId] of ['ABC', 'abc ', 'äbc', undefined, null, ''].entries()) {
      expect((await service.acme.post('/Groups', { displayName: `G${index}`, externalId })).status).toBe(201)
    }
    const [, other] = await service.scim.groups.list('acme')
    const taken = patchOf({ op: 'add', path: 'externalId', value: 'abc' })
    expectTaken(await service.acme.patch(`/Groups/${other?.id}`, taken), holder)
  })

  test('a group keeps its own name, and changes its case', async () => {
    await using service = await startService(store)
    const group = await service.acme.group({ displayName: 'engineering', externalId: 'x' })
    const same = await service.acme.put(`/Groups/${group.id}`, { displayName: 'engineering', externalId: 'x' })
    expect([same.status, same.headers.get('etag')]).toEqual([200, 'W/"1"'])
    const changed = await service.acme.put(`/Groups/${group.id}`, { displayName: 'Engineering' })
    expect([changed.status, changed.body.displayName, changed.headers.get('etag')]).toEqual([
      200,
      'Engineering',
      'W/"2"',
    ])
  })

  test('a name is free at once when its group was renamed or deleted', async () => {
    await using service = await startService(store)
    const first = await service.acme.group({ displayName: 'A', externalId: 'x' })
    await service.acme.put(`/Groups/${first.id}`, { displayName: 'B', externalId: 'y' })
    const second = await service.acme.group({ displayName: 'a', externalId: 'x' })
    await service.acme.remove(`/Groups/${second.id}`)
    const third = await service.acme.group({ displayName: 'A', externalId: 'x' })
    expect(new Set([first.id, second.id, third.id]).size).toBe(3)
  })

  test('a conflict in one operation leaves nothing of the others', async () => {
    await using service = await startService(store)
    const holder = await service.acme.group({ displayName: 'Taken' })
    const group = await service.acme.group({ displayName: 'Free' })
    const operations = patchOf(
      { op: 'add', path: 'members', value: membersOf(ANA) },
      { op: 'replace', path: 'displayName', value: 'TAKEN' },
    )
    expectTaken(await service.acme.patch(`/Groups/${group.id}`, operations), holder)
    expect((await service.acme.get(`/Groups/${group.id}`)).body).toEqual(group)
    expect(await service.rows(`select kind from {changes} where kind <> 'group_created'`)).toEqual([])
  })

  test('of sixteen at once one wins, and the others are told which', async () => {
    await using service = await startService(store)
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, i) => service.acme.post('/Groups', { displayName: i % 2 ? 'SAME' : 'same' })),
    )
    const [winner] = answers.filter(({ status }) => status === 201)
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(15)
    for (const answer of answers) if (answer !== winner) expectTaken(answer, (winner as Answer).body)
  })

  test('what a 409 names is findable, as Okta and authentik need it', async () => {
    await using service = await startService(store)
    await service.acme.group({ displayName: 'Engineering' })
    expect((await service.acme.post('/Groups', { displayName: 'ENGINEERING' })).status).toBe(409)
    const { body } = await service.acme.get('/Groups?filter=displayName%20eq%20%22ENGINEERING%22')
    expect(body.totalResults).toBe(1)
  })
})
