import { beforeEach, describe, expect, it } from 'vitest'
import { addWorkspace, type Client, openService } from '../people/support.ts'

describe('what the host reads of memberships', () => {
  let client: Client
  let crew: string
  beforeEach(async () => {
    client = await openService({ unknownUsers: 'pending' })
    await client.upsert({ id: 'usr_ana', userName: 'ana', displayName: 'Ana' }, { id: 'usr_bo', userName: 'bo' })
    crew = await client.group('Crew', 'usr_ana', 'usr_bo', await client.pending('pat'), 'usr_nobody')
    await client.patch('/Users/usr_bo', [{ op: 'replace', path: 'active', value: false }])
  })

  const ids = async (): Promise<string[]> =>
    (await client.scim.groups.members('acme', crew)).members.map(({ id }) => id)
  const groupsOf = async (person: string): Promise<string[]> =>
    (await client.scim.groups.ofPerson('acme', person)).map(({ displayName }) => displayName)

  it('is those with an account who are not suspended', async () => {
    expect(await client.scim.groups.members('acme', crew)).toEqual({
      members: [{ id: 'usr_ana', displayName: 'Ana' }],
      next: undefined,
    })
    expect(await groupsOf('usr_ana')).toEqual(['Crew'])
    for (const person of ['usr_bo', 'usr_nobody', 'usr_never']) expect(await groupsOf(person)).toEqual([])
    expect(Object.values(await client.states(crew)).sort()).toEqual(['effective', 'pending', 'suspended', 'unresolved'])
  })

  it('is everybody with an account where the workspace ignores suspension', async () => {
    await client.scim.workspaces.change('acme', { suspended: 'ignore' })
    expect(await ids()).toEqual(['usr_ana', 'usr_bo'])
    expect(await groupsOf('usr_bo')).toEqual(['Crew'])
    await client.scim.workspaces.change('acme', { suspended: 'apply' })
    expect(await ids()).toEqual(['usr_ana'])
    expect(await groupsOf('usr_bo')).toEqual([])
  })

  it('comes in pages that are filled with effective members', async () => {
    await client.upsert(...Array.from({ length: 5 }, (_, i) => ({ id: `usr_p${i}`, userName: `p${i}` })))
    await client.addMembers(crew, ...Array.from({ length: 5 }, (_, i) => `usr_p${i}`))
    const pages: string[][] = []
    let after: string | undefined
    do {
      const page = await client.scim.groups.members('acme', crew, { after, limit: 2 })
      pages.push(page.members.map(({ id }) => id))
      after = page.next
    } while (after !== undefined)
    expect(pages).toEqual([['usr_ana', 'usr_p0'], ['usr_p1', 'usr_p2'], ['usr_p3', 'usr_p4'], []])
    await expect(client.scim.groups.members('acme', crew, { after: 'x' })).rejects.toMatchObject({
      code: 'invalid_value',
    })
  })

  it('finds a person by a former id, and nobody of another workspace', async () => {
    const old = await client.pending('kim@example.com')
    await client.addMembers(crew, old)
    await client.upsert({ id: 'usr_kim', userName: 'kim', emails: [{ value: 'kim@example.com', verified: true }] })
    expect(await groupsOf(old)).toEqual(['Crew'])
    const other = await addWorkspace(client, 'globex')
    await other.upsert({ id: 'usr_ana', userName: 'ana' })
    expect(await client.scim.groups.ofPerson('globex', 'usr_ana')).toEqual([])
    expect((await client.scim.groups.members('globex', crew)).members).toEqual([])
    await expect(client.scim.groups.ofPerson('nowhere', 'usr_ana')).rejects.toMatchObject({ code: 'unknown' })
  })

  it('asks the new workspace after one of the same name was removed', async () => {
    expect(await groupsOf('usr_ana')).toEqual(['Crew'])
    await client.scim.workspaces.remove('acme')
    await expect(client.scim.groups.ofPerson('acme', 'usr_ana')).rejects.toMatchObject({ code: 'unknown' })
    const again = await addWorkspace(client, 'acme')
    await again.upsert({ id: 'usr_ana', userName: 'ana' })
    expect(await groupsOf('usr_ana')).toEqual([])
    await again.group('New', 'usr_ana')
    expect(await groupsOf('usr_ana')).toEqual(['New'])
  })
})
