import type { HistoryEntry, RestorePreview } from '../../src/api/types.ts'
import { ago } from './common.ts'
import { people } from './people.ts'

const change = (position: number, kind: HistoryEntry['kind'], more: Partial<HistoryEntry> = {}): HistoryEntry => ({
  id: `chg_${position}`,
  position,
  at: ago(9_000 - position * 100),
  actor: { kind: 'token', label: 'Entra, production' },
  request: 'act_1',
  operation: 1,
  kind,
  group: { id: 'grp_1', displayName: 'Engineering' },
  details: null,
  people: people.slice(0, 3).map(({ id, displayName }) => ({ id, displayName })),
  peopleCount: 3,
  ...more,
})

const nobody = { people: [], peopleCount: 0 }

export const history: HistoryEntry[] = [
  change(9, 'members_removed', {
    actor: { kind: 'admin', label: 'Ana Lima' },
    request: null,
    operation: null,
    details: { restored: ago(5_000) },
  }),
  change(8, 'members_added', { peopleCount: 183 }),
  change(7, 'group_renamed', { details: { from: 'Engineers', to: 'Engineering' }, ...nobody }),
  change(6, 'group_created', nobody),
]

export const personHistory: HistoryEntry[] = [
  change(8, 'members_added'),
  change(7, 'person_suspended', { group: null }),
  change(6, 'person_resumed', { group: null }),
]

export const restorePreview: RestorePreview = {
  group: { id: 'grp_1', displayName: 'Engineering', externalId: null, createdAt: ago(9_000), deletedAt: null },
  version: 12,
  added: { count: 183, people: people.map(({ id, displayName }) => ({ id, displayName })) },
  removed: { count: 1, people: [{ id: 'usr_1', displayName: 'Bea Roth' }] },
  missing: { count: 1, people: [{ id: 'usr_gone', displayName: null }] },
  pushedBy: 'entra',
  key: 'k',
}
