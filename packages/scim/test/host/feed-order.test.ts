import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createScim, type Scim } from '../../src/index.ts'
import { HOST } from '../../src/provisioning/call.ts'
import { recordGroupChange } from '../../src/provisioning/groups/changes.ts'
import { groupByName } from '../../src/store/groups.ts'
import { addMembers } from '../../src/store/memberships.ts'
import { peopleByIds } from '../../src/store/people.ts'
import { breathe } from '../../src/store/store.ts'
import { workspaceBySlug } from '../../src/store/workspaces.ts'
import { Consumer, effectivePairs, told } from './consumer.ts'

/** Adds a person to the group "crew" in a transaction that stays open until `end` is called. */
function holdOpen(
  scim: Scim,
  person: string,
): { begun: Promise<void>; end: (fail?: Error) => void; done: Promise<void> } {
  const begun = Promise.withResolvers<void>()
  let ending: { fail?: Error | undefined } | undefined
  const done = scim.store.write(async (writer) => {
    const workspace = await workspaceBySlug(writer, 'acme')
    if (!workspace) throw new Error('no workspace')
    const group = await groupByName(writer, workspace.key, 'crew')
    const [row] = await peopleByIds(writer, workspace.key, [person])
    if (!group || !row) throw new Error('no group or person')
    await addMembers(writer, workspace.key, group.key, [row.key])
    const call = { workspace, actor: HOST, request: null, at: 0 }
    const people = [{ person: row.key, operation: null }]
    await recordGroupChange(writer, call, group, { kind: 'members_added', people })
    begun.resolve()
    while (!ending) await breathe()
    if (ending.fail) throw ending.fail
  })
  return {
    begun: begun.promise,
    done,
    end: (fail) => {
      ending = { fail }
    },
  }
}

describe('the order of the feed, while a transaction is held open and later ones commit', () => {
  let folder: string
  let one: Scim
  /** Another process, as far as the store can tell. */
  let other: Scim
  let crew: string
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'scim-feed-'))
    const options = { database: `sqlite:${join(folder, 'scim.db')}`, publicUrl: 'https://scim.example' }
    one = await createScim(options)
    other = await createScim(options)
    await one.workspaces.create('acme', { name: 'Acme' })
    await one.people.upsert(
      'acme',
      ['ana', 'bo', 'cy'].map((name) => ({ id: `usr_${name}`, userName: name })),
    )
    crew = (await one.groups.create('acme', { displayName: 'Crew' })).id
  })
  afterEach(async () => {
    await one.close()
    await other.close()
    rmSync(folder, { recursive: true })
  })

  it('is the order of commits, and a consumer that read meanwhile misses nothing', async () => {
    const consumer = new Consumer(other, 'acme')
    await consumer.follow()
    const held = holdOpen(one, 'usr_ana')
    await held.begun
    // Nobody sees what is not committed, nor steps over it.
    const before = consumer.position
    const committed: string[] = []
    const later = Promise.all([
      one.groups.add('acme', crew, ['usr_bo']).then(() => committed.push('usr_bo')),
      other.groups.add('acme', crew, ['usr_cy']).then(() => committed.push('usr_cy')),
    ])
    expect(await consumer.follow()).toEqual([])
    expect(consumer.position).toBe(before)
    expect(committed).toEqual([])
    held.end()
    await held.done
    await later
    const changes = await consumer.follow()
    expect(told(changes)).toEqual(['usr_ana', ...committed].map((person) => `members_added Crew +${person}`))
    expect([...consumer.pairs].sort()).toEqual(await effectivePairs(one, 'acme'))
  })

  it('has no gap where a transaction fails that others waited for', async () => {
    const consumer = new Consumer(other, 'acme')
    await consumer.follow()
    const held = holdOpen(one, 'usr_ana')
    await held.begun
    const later = other.groups.add('acme', crew, ['usr_cy'])
    held.end(new Error('given up'))
    await expect(held.done).rejects.toThrow('given up')
    await later
    expect(told(await consumer.follow())).toEqual(['members_added Crew +usr_cy'])
    expect([...consumer.pairs]).toEqual([`${crew} usr_cy`])
  })
})
