import type { Checklist, Rehearsal, Setup, SetupLink, Token, Words } from '../../src/api/types.ts'
import { ago, both, inDays, SCIM } from './common.ts'

export const TOKEN = 'opt_scim_2a7f0c51d3e9b846_9vYkq2Jr8tLwXz4bNcHs6dMf1gPa5eRu_7c1f'

const token = (
  id: string,
  label: string,
  state: Token['state'],
  expiresAt: string,
  lastUsedAt: string | null,
): Token => ({
  id,
  label,
  provider: 'entra',
  createdBy: 'Ana Lima',
  createdAt: ago(400_000),
  expiresAt,
  revokedAt: state === 'revoked' ? ago(100_000) : null,
  lastUsedAt,
  lastUsedAddress: lastUsedAt && '20.37.4.18',
  lastUsedClient: lastUsedAt && 'Microsoft Entra',
  state,
})

export const tokens: Token[] = [
  token('2a7f0c51d3e9b846', 'Entra, production', 'expiring', inDays(12), ago(7)),
  token('9c04b1d2aa10ffe3', 'Entra, new', 'live', inDays(360), null),
  token('77b10c51d3e9b8aa', 'Entra, 2025', 'revoked', inDays(-60), ago(120_000)),
]

export const setupLinks: SetupLink[] = [
  {
    id: 'lnk_1',
    provider: 'entra',
    note: 'Globex IT, Mr Diaz',
    createdBy: 'Ana Lima',
    createdAt: ago(2_000),
    expiresAt: inDays(5),
    revokedAt: null,
    state: 'claimed',
    claimed: { at: ago(1_500), address: '203.0.113.9', client: 'Firefox' },
    issued: { at: ago(1_400), address: '203.0.113.9', client: 'Firefox', token: '2a7f0c51d3e9b846' },
  },
]

export const setup: Setup = {
  link: 'lnk_1',
  workspace: { name: 'Acme' },
  provider: 'entra',
  expiresAt: inDays(5),
  scimUrl: SCIM,
  scim: true,
  token: null,
}

export const checklist: Checklist = {
  provider: 'entra',
  items: [
    { step: 'contact', state: 'done', at: ago(9), activity: 'act_1' },
    { step: 'token', state: 'done', at: ago(9), activity: 'act_1' },
    { step: 'lookup', state: 'done', at: ago(8), activity: 'act_1' },
    {
      step: 'person',
      state: 'failed',
      at: ago(2),
      activity: 'act_2',
      cause: both(
        'POST /Users was refused: nobody here is called bea@globex.example.',
        'POST /Users wurde abgelehnt: Niemand heißt hier bea@globex.example.',
      ),
      fix: both(
        'Untick Create under Target Object Actions, and match by mail.',
        'Nehmen Sie unter Target Object Actions das Häkchen bei Create weg und gleichen Sie über mail ab.',
      ),
    },
    { step: 'group', state: 'open', at: null, activity: null },
    { step: 'member', state: 'open', at: null, activity: null },
  ],
}

const FIRST = both('First sync: groups', 'Erste Synchronisierung: Gruppen')

const step = (
  number: number,
  phase: Words,
  says: Words,
  request: string,
  status: number,
  ok = true,
): Rehearsal['steps'][number] => ({
  number,
  phase,
  says,
  request,
  status,
  ok,
  problems: ok ? [] : ['expected 204'],
  detail: null,
  milliseconds: 3,
})

export const rehearsal: Rehearsal = {
  provider: 'entra',
  ok: false,
  total: 3,
  stopped: null,
  milliseconds: 40,
  steps: [
    step(
      1,
      both('Connection test', 'Verbindungstest'),
      both('Entra looks up a user', 'Entra sucht einen Benutzer'),
      'GET /Users?filter=userName eq "x"',
      200,
    ),
    step(2, FIRST, both('Entra creates the group', 'Entra legt die Gruppe an'), 'POST /Groups', 201),
    step(3, FIRST, both('Entra adds members', 'Entra fügt Mitglieder hinzu'), 'PATCH /Groups/grp_1', 400, false),
  ],
}
