import { describe, expect, test } from 'vitest'
import { copyStore } from '../../src/index.ts'
import type { StoreKind } from '../../src/store/copy/ends.ts'
import { patch, sender } from '../store/life.ts'
import { answers, emptyPlace, openScim, richStore } from './support.ts'

const DIRECTIONS: readonly (readonly [StoreKind, StoreKind])[] = [
  ['sqlite', 'postgres'],
  ['postgres', 'sqlite'],
  ['sqlite', 'sqlite'],
  ['postgres', 'postgres'],
]

describe.each(DIRECTIONS)('from %s to %s', (from, to) => {
  test('a copy answers what its source answers, and the feed goes on where a host has come to', async () => {
    const source = { database: await emptyPlace(from) }
    const target = { database: await emptyPlace(to) }
    const before = await openScim(source.database)
    // On PostgreSQL each workspace counts its places for itself: those of several cannot all be kept on SQLite.
    const slugs = from === 'postgres' && to === 'sqlite' ? ['acme'] : ['acme', 'other']
    const tokens = await richStore(before, slugs)
    const seen = new Map<string, { said: unknown; activity: unknown; middle: string; rest: unknown }>()
    for (const slug of slugs) {
      const { position: middle } = await before.changes.read(slug, { limit: 3 })
      const said = await answers(before, slug, tokens.get(slug) ?? '')
      const rest = (await before.changes.read(slug, { after: middle })).changes
      seen.set(slug, { said, activity: await before.activity.list(slug), middle, rest })
    }
    await before.flush()

    const progress: string[] = []
    const copied = await copyStore({
      from: source,
      to: target,
      onProgress: ({ phase, done, total }) => progress.push(`${phase} ${done}/${total}`),
    })
    const total = Object.values(copied.rows).reduce((sum, count) => sum + count, 0)
    expect(copied).toMatchObject({ keepsPositions: true, rows: { workspaces: slugs.length } })
    expect(progress).toContain(`copy ${total}/${total}`)
    expect(progress.at(-1)).toBe(`compare ${total}/${total}`)
    for (const [table, count] of Object.entries(copied.rows)) expect([table, count > 0]).toEqual([table, true])

    const after = await openScim(target.database)
    for (const slug of slugs) {
      const expected = seen.get(slug)
      expect((await after.changes.read(slug, { after: expected?.middle })).changes).toEqual(expected?.rest)
      expect(await after.activity.list(slug)).toEqual(await before.activity.list(slug))
      expect(await answers(after, slug, tokens.get(slug) ?? '')).toEqual(expected?.said)
    }
  })

  test('a copy goes on by itself: keys that were given are not given again, and its feed ends with what is new', async () => {
    const source = { database: await emptyPlace(from) }
    const target = { database: await emptyPlace(to) }
    const before = await openScim(source.database)
    const token = (await richStore(before, ['acme'])).get('acme') ?? ''
    const end = await before.changes.end('acme')
    const gone = await before.history.ofGroup('acme', 'Gone')
    await copyStore({ from: source, to: target })

    const after = await openScim(target.database)
    const send = sender(after, token)
    const created = await send('POST', '/Groups', { displayName: 'New', members: [{ value: 'usr_quote' }] })
    const { id } = (await created.json()) as { id: string }
    await send('PATCH', `/Groups/${id}`, patch({ op: 'add', path: 'members', value: [{ value: 'usr_brandnew' }] }))
    const { changes } = await after.changes.read('acme', { after: end })
    expect(changes.map(({ kind, group }) => [kind, group?.id])).toEqual([
      ['group_created', id],
      ['members_added', id],
      ['members_added', id],
    ])
    const { entries } = await after.history.ofGroup('acme', id)
    expect(entries).toHaveLength(3)
    expect((await after.history.ofGroup('acme', 'Gone')).entries.map(({ id }) => id)).toEqual(
      gone.entries.map(({ id }) => id),
    )
  })
})

test('tables may have other names, and a schema of their own, in the copy', async () => {
  const source = { database: await emptyPlace('sqlite'), tablePrefix: 'old_' }
  const target = { database: await emptyPlace('postgres'), tablePrefix: 'new_', tableSchema: 'provisioning' }
  const before = await openScim(source)
  const token = (await richStore(before, ['acme'])).get('acme') ?? ''
  const said = await answers(before, 'acme', token)
  await before.flush()
  await copyStore({ from: source, to: target })
  const after = await openScim(target)
  expect(await answers(after, 'acme', token)).toEqual(said)
  expect((await after.groups.create('acme', { displayName: 'New', members: ['usr_new'] })).memberCount).toBe(1)
})
