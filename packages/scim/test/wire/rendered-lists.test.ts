import { describe, expect, test } from 'vitest'
import { createScim } from '../../src/index.ts'
import { RenderedGroups } from '../../src/scim-api/render/rendered.ts'
import type { GroupRow } from '../../src/store/groups.ts'
import { emptyStore } from '../stores.ts'
import { ANA, BEN, CLEO, membersOf, PUBLIC_URL, patchOf, STORES, startService, Tenant } from './support.ts'

describe.each(STORES)('what was rendered before, on %s', (store) => {
  test('a list shows each group as its own GET does, again and again', async () => {
    await using service = await startService(store)
    const { acme } = service
    const ids: string[] = []
    for (const [name, ...members] of [['A', ANA, BEN], ['B'], ['C', CLEO, 'usr_stranger']] as const)
      ids.push((await acme.group({ displayName: name, externalId: `x-${name}`, members: membersOf(...members) })).id)
    const alone = await Promise.all(ids.map(async (id) => (await acme.get(`/Groups/${id}`)).body))
    for (let round = 0; round < 3; round++) expect((await acme.get('/Groups')).body.Resources).toEqual(alone)
    expect((await acme.get('/Groups?startIndex=2&count=1')).body.Resources).toEqual([alone[1]])
    const [narrow] = (await acme.get('/Groups?attributes=members.value')).body.Resources
    expect(narrow?.members).toEqual(membersOf(ANA, BEN))
  })

  test('a read of the whole list asks for no members twice, and for those of a changed group alone', async () => {
    await using service = await startService(store)
    const { acme } = service
    const a = await acme.group({ displayName: 'A', members: membersOf(ANA) })
    await acme.group({ displayName: 'B', members: membersOf(BEN) })
    const membersAsked = async () =>
      (await service.store.during(() => acme.get('/Groups'))).filter((text) => text.includes('collect(')).length
    expect(await membersAsked()).toBe(1)
    expect(await membersAsked()).toBe(0)
    await acme.patch(`/Groups/${a.id}`, patchOf({ op: 'add', path: 'members', value: membersOf(CLEO) }))
    expect(await membersAsked()).toBe(1)
    expect(await membersAsked()).toBe(0)
  })

  test('a name that the host, the provider or another process changes is shown at once', async () => {
    const { database, discard } = await emptyStore()
    const [one, two] = [await openOn(database), await openOn(database)]
    await one.workspaces.create('acme', { name: 'Acme', scim: true })
    const { text, token } = await one.tokens.issue('acme', { label: 'Entra', createdBy: 'test' })
    const [here, there] = [one, two].map((scim) => new Tenant(scim, 'acme', text, token.id)) as [Tenant, Tenant]
    await one.people.upsert('acme', [{ id: ANA, userName: 'ana', displayName: 'Ana' }])
    await here.group({ displayName: 'A', members: membersOf(ANA, 'usr_late') })
    const displays = async (tenant: Tenant) =>
      (await tenant.get('/Groups')).body.Resources.map(({ members }) => members?.map(({ display }) => display))
    expect([await displays(here), await displays(there)]).toEqual([[['Ana', undefined]], [['Ana', undefined]]])
    await two.people.upsert('acme', [{ id: ANA, userName: 'ana', displayName: 'Ana Alvarez' }])
    expect(await displays(here)).toEqual([['Ana Alvarez', undefined]])
    await there.patch(`/Users/${ANA}`, patchOf({ op: 'replace', path: 'displayName', value: 'A. Alvarez' }))
    expect(await displays(here)).toEqual([['A. Alvarez', undefined]])
    await two.people.upsert('acme', [{ id: 'usr_late', userName: 'late', displayName: 'Late' }])
    expect(await displays(here)).toEqual([['A. Alvarez', 'Late']])
    await two.people.remove('acme', [ANA])
    expect(await displays(here)).toEqual([[undefined, 'Late']])
    await Promise.all([one.close(), two.close()])
    await discard()
  })
})

function openOn(database: string) {
  return createScim({ database, publicUrl: PUBLIC_URL })
}

const groupOf = (key: number, version = 1) => ({ key, version }) as GroupRow

test('a text holds for one version of the group and of the people', () => {
  const rendered = new RenderedGroups()
  rendered.keep(groupOf(1), 5, Buffer.from('text'))
  expect(rendered.find(groupOf(1), 5)).toEqual(Buffer.from('text'))
  expect(rendered.find(groupOf(1, 2), 5)).toBeUndefined()
  expect(rendered.find(groupOf(1), 6)).toBeUndefined()
  expect(rendered.find(groupOf(2), 5)).toBeUndefined()
})

test('16 MiB are kept at the most, those that are asked for longest, and no text of more than 64 KiB', () => {
  const rendered = new RenderedGroups()
  const text = Buffer.alloc(64 * 1024)
  for (let key = 0; key < 300; key++) {
    rendered.keep(groupOf(key), 1, text)
    rendered.find(groupOf(0), 1)
  }
  const kept = Array.from({ length: 300 }, (_, key) => key).filter((key) => rendered.find(groupOf(key), 1))
  expect(kept).toHaveLength(256)
  expect(kept[0]).toBe(0)
  expect(kept[1]).toBe(45)
  rendered.keep(groupOf(299), 1, Buffer.alloc(text.length + 1))
  expect(rendered.find(groupOf(299), 1)).toBeUndefined()
})
