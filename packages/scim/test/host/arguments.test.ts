import { describe, expect, it } from 'vitest'
import { RowsRefused, ScimError } from '../../src/index.ts'
import { openService } from '../people/support.ts'

/** Calls as a host in JavaScript may make them. */
// biome-ignore lint/suspicious/noExplicitAny: what the types forbid is what is tested
type Untyped = any
type Given = (scim: Untyped, value: Untyped, group: string) => Promise<unknown>

const TEXTS: readonly unknown[] = [undefined, null, Number.NaN, 1, {}, []]
const NUMBERS: readonly unknown[] = [null, Number.NaN, -1, 1.5, Number.POSITIVE_INFINITY, 1e20, '1', {}]
const LISTS: readonly unknown[] = [undefined, null, Number.NaN, 'usr_a', {}]

const CALLS: readonly (readonly [name: string, wrong: readonly unknown[], call: Given])[] = [
  ['a workspace', TEXTS, (scim, slug) => scim.groups.list(slug)],
  ['groups.list limit', [0, ...NUMBERS], (scim, limit) => scim.groups.list('acme', { limit })],
  ['groups.list after', [null, 1, {}], (scim, after) => scim.groups.list('acme', { after })],
  ['groups.list search', [null, 1, {}], (scim, search) => scim.groups.list('acme', { search })],
  ['groups.list order', [null, 1, 'x', {}], (scim, order) => scim.groups.list('acme', { order })],
  ['groups.find', TEXTS, (scim, name) => scim.groups.find('acme', name)],
  ['groups.members group', TEXTS, (scim, group) => scim.groups.members('acme', group)],
  ['groups.members limit', [0, ...NUMBERS], (scim, limit, group) => scim.groups.members('acme', group, { limit })],
  [
    'groups.members after',
    ['x', '-1', '1.5', null, {}, Number.NaN],
    (scim, after, group) => scim.groups.members('acme', group, { after }),
  ],
  ['groups.ofPerson', TEXTS, (scim, person) => scim.groups.ofPerson('acme', person)],
  [
    'groups.membersWithStates limit',
    [0, ...NUMBERS],
    (scim, limit, group) => scim.groups.membersWithStates('acme', group, { limit }),
  ],
  [
    'groups.membersWithStates after',
    NUMBERS,
    (scim, after, group) => scim.groups.membersWithStates('acme', group, { after }),
  ],
  [
    'groups.membersWithStates search',
    [null, 1, {}],
    (scim, search, group) => scim.groups.membersWithStates('acme', group, { search }),
  ],
  ['groups.create', TEXTS, (scim, displayName) => scim.groups.create('acme', { displayName })],
  [
    'groups.create members',
    LISTS.slice(2),
    (scim, members) => scim.groups.create('acme', { displayName: 'N', members }),
  ],
  ['groups.rename', TEXTS, (scim, name, group) => scim.groups.rename('acme', group, name)],
  ['groups.add', LISTS, (scim, people, group) => scim.groups.add('acme', group, people)],
  ['groups.add of one', [...TEXTS, 'a'], (scim, person, group) => scim.groups.add('acme', group, [person])],
  ['groups.remove', LISTS, (scim, people, group) => scim.groups.remove('acme', group, people)],
  ['groups.delete', TEXTS, (scim, group) => scim.groups.delete('acme', group)],
  ['groups.release', TEXTS, (scim, group) => scim.groups.release('acme', group)],
  ['people.upsert', LISTS, (scim, people) => scim.people.upsert('acme', people)],
  ['people.upsert of one', [undefined, null, 1, 'x', []], (scim, row) => scim.people.upsert('acme', [row])],
  ['people.remove', LISTS, (scim, ids) => scim.people.remove('acme', ids)],
  ['people.reconcile', LISTS, (scim, people) => scim.people.reconcile('acme', people)],
  ['people.list limit', [0, ...NUMBERS], (scim, limit) => scim.people.list('acme', { limit })],
  ['people.list search', [null, 1, {}], (scim, search) => scim.people.list('acme', { search })],
  ['people.list state', [null, 1, 'x', {}], (scim, state) => scim.people.list('acme', { state })],
  ['people.memberships', TEXTS, (scim, person) => scim.people.memberships('acme', person)],
  ['people.find', TEXTS, (scim, name) => scim.people.find('acme', name)],
  [
    'changes.read after',
    [null, Number.NaN, 0, {}, 'x', '1', '1-2'],
    (scim, after) => scim.changes.read('acme', { after }),
  ],
  ['changes.read limit', [0, ...NUMBERS], (scim, limit) => scim.changes.read('acme', { limit })],
  ['history.explain person', TEXTS, (scim, person) => scim.history.explain('acme', person, 'G')],
  ['history.explain group', TEXTS, (scim, group) => scim.history.explain('acme', 'usr_a', group)],
  ['history.ofGroup', TEXTS, (scim, group) => scim.history.ofGroup('acme', group)],
  ['history.ofGroup limit', [0, ...NUMBERS], (scim, limit, group) => scim.history.ofGroup('acme', group, { limit })],
  ['history.ofGroup after', NUMBERS, (scim, after, group) => scim.history.ofGroup('acme', group, { after })],
  ['history.ofPerson', TEXTS, (scim, person) => scim.history.ofPerson('acme', person)],
  ['history.ofPerson limit', [0, ...NUMBERS], (scim, limit) => scim.history.ofPerson('acme', 'usr_a', { limit })],
  ['history.people', [undefined, ...NUMBERS], (scim, position) => scim.history.people('acme', position)],
  ['history.people limit', [0, ...NUMBERS], (scim, limit) => scim.history.people('acme', 1, { limit })],
  [
    'history.membersAt',
    [undefined, null, Number.NaN, 1.5, 'x'],
    (scim, at, group) => scim.history.membersAt('acme', group, at),
  ],
  [
    'history.membersAt position',
    [undefined, ...NUMBERS],
    (scim, position, group) => scim.history.membersAt('acme', group, { position }),
  ],
  [
    'history.previewRestore',
    [undefined, null, Number.NaN, 1.5, 'x', new Date(0)],
    (scim, at, group) => scim.history.previewRestore('acme', group, at),
  ],
  [
    'history.previewRestore limit',
    [0, ...NUMBERS],
    (scim, limit, group) => scim.history.previewRestore('acme', group, 0, { limit }),
  ],
  [
    'history.restore',
    [undefined, null, Number.NaN, 1.5, 'x'],
    (scim, at, group) => scim.history.restore('acme', group, at, { confirm: 'x', admin: 'Jo' }),
  ],
  ['history.erase', TEXTS, (scim, person) => scim.history.erase('acme', person, { by: 'Jo' })],
  ['problems.dismiss', TEXTS, (scim, id) => scim.problems.dismiss('acme', id)],
  ['activity.list outcome', [null, 1, 'x', {}], (scim, outcome) => scim.activity.list('acme', { outcome })],
  ['activity.list method', [null, 1, {}], (scim, method) => scim.activity.list('acme', { method })],
  ['activity.list person', [null, 1, {}], (scim, person) => scim.activity.list('acme', { person })],
  ['activity.list group', [null, 1, {}], (scim, group) => scim.activity.list('acme', { group })],
  ['activity.list token', [null, 1, {}], (scim, token) => scim.activity.list('acme', { token })],
  ['activity.list before', [null, 1, {}], (scim, before) => scim.activity.list('acme', { before })],
  ['activity.list from', [null, 1.5, '1', {}], (scim, from) => scim.activity.list('acme', { from })],
  ['activity.page to', [null, 1.5, '1', {}], (scim, to) => scim.activity.page('acme', { to })],
  ['activity.after after', [undefined, null, 1, {}], (scim, after) => scim.activity.after('acme', { after })],
  ['activity.after limit', [0, ...NUMBERS], (scim, limit) => scim.activity.after('acme', { after: '', limit })],
  ['health.list limit', [0, ...NUMBERS], (scim, limit) => scim.health.list({ limit })],
  ['health.list after', [null, 1, {}], (scim, after) => scim.health.list({ after })],
  ['health.ofWorkspace', TEXTS, (scim, slug) => scim.health.ofWorkspace(slug)],
  ['checklist', [...TEXTS, 'x'], (scim, provider) => scim.checklist('acme', provider)],
  ['activity.list limit', [0, ...NUMBERS], (scim, limit) => scim.activity.list('acme', { limit })],
  ['apiKeys.find', TEXTS, (scim, id) => scim.apiKeys.find(id)],
  ['apiKeys.revoke', TEXTS, (scim, id) => scim.apiKeys.revoke('acme', id)],
  ['apiKeys.authenticate', TEXTS, (scim, text) => scim.apiKeys.authenticate(text)],
  ['apiKeys.list', TEXTS.filter((slug) => slug !== null), (scim, slug) => scim.apiKeys.list(slug)],
  ['audit.list limit', [0, ...NUMBERS], (scim, limit) => scim.audit.list('acme', { limit })],
  ['audit.list before', [null, 1, {}], (scim, before) => scim.audit.list('acme', { before })],
  ['setupLinks.create by', TEXTS, (scim, by) => scim.setupLinks.create('acme', { provider: 'okta', by })],
  [
    'setupLinks.create provider',
    [...TEXTS, 'x'],
    (scim, provider) => scim.setupLinks.create('acme', { provider, by: 'Jo' }),
  ],
  ['setupLinks.revoke', TEXTS, (scim, id) => scim.setupLinks.revoke('acme', id)],
  ['setupLinks.claim', TEXTS, (scim, secret) => scim.setupLinks.claim(secret, { address: null, client: null })],
  ['setupLinks.open', TEXTS, (scim, session) => scim.setupLinks.open(session)],
  [
    'setupLinks.issueToken',
    TEXTS,
    (scim, session) => scim.setupLinks.issueToken(session, { address: null, client: null }),
  ],
  ['activity.find', TEXTS, (scim, id) => scim.activity.find('acme', id)],
]

describe('a call with an argument that the types forbid', () => {
  it.each(CALLS)('is refused as such: %s', async (_name, wrong, call) => {
    const { scim } = await openService()
    await scim.people.upsert('acme', [{ id: 'usr_a', userName: 'a' }])
    const { id: group } = await scim.groups.create('acme', { displayName: 'G', members: ['usr_a'] })
    for (const value of wrong) {
      const error = await call(scim, value, group).then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
      const refused = error instanceof RowsRefused || (error instanceof ScimError && error.status === 400)
      expect({ value, refused, error: refused ? undefined : error }).toEqual({ value, refused: true, error: undefined })
    }
    const { members } = await scim.groups.membersWithStates('acme', group)
    expect(members).toEqual([{ id: 'usr_a', displayName: 'a', userName: 'a', state: 'effective' }])
    expect((await scim.groups.find('acme', group))?.version).toBe(1)
  })
})
