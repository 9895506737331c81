import { SCOPES } from '@optimaite/scim'
import type { FailureGroup, Health, Hold, Me, ProblemGroup, Words, Workspace } from '../../src/api/types.ts'
import { ago, both, inDays, SCIM } from './common.ts'

export const me: Me = {
  kind: 'operator',
  id: 'adm_ana',
  name: 'Ana Lima',
  email: 'ana@example.com',
  workspaces: 'all',
  scopes: [...SCOPES],
  features: { signIn: true, rehearsals: true, guides: true },
}

const health = (state: Health['state'], reason: Words, counts: Partial<Health> = {}): Health => ({
  state,
  reason: { ...reason, code: state, fix: null, activity: state === 'failing' ? 'act_2' : null },
  since: ago(4_000),
  lastContact: state === 'waiting' || state === 'off' ? null : ago(7),
  people: 1_204,
  groups: 38,
  problems: 3,
  last24h: { ok: 412, failed: state === 'failing' ? 19 : 0 },
  ...counts,
})

const workspace = (slug: string, name: string, ofIt: Health): Workspace => ({
  slug,
  name,
  scim: ofIt.state !== 'off',
  unknownMembers: 'record',
  unknownUsers: 'refuse',
  suspended: 'apply',
  activityDays: 90,
  pendingDays: 180,
  guard: { on: true, limit: 50 },
  createdAt: ago(90_000),
  scimUrl: SCIM,
  health: ofIt,
})

export const workspaces: Workspace[] = [
  workspace(
    'acme',
    'Acme',
    health(
      'healthy',
      both(
        'The provider was last here at 09:41, and nothing is left undone.',
        'Der Provider war zuletzt um 09:41 da, und nichts ist offengeblieben.',
      ),
    ),
  ),
  workspace(
    'globex',
    'Globex Corporation',
    health(
      'failing',
      both(
        'The last request PATCH /Groups/{id} was refused with 400.',
        'Die letzte Anfrage PATCH /Groups/{id} wurde mit 400 abgelehnt.',
      ),
    ),
  ),
  workspace(
    'initech',
    'Initech',
    health(
      'silent',
      both(
        'The provider asks every 40 minutes and was last here 5 hours ago.',
        'Der Provider fragt alle 40 Minuten an und war zuletzt vor 5 Stunden da.',
      ),
      { lastContact: ago(300) },
    ),
  ),
  workspace(
    'hooli',
    'Hooli',
    health(
      'waiting',
      both(
        'A token is issued; the provider has not used it yet.',
        'Ein Token ist ausgestellt; der Provider hat es noch nicht benutzt.',
      ),
      { people: 0, groups: 0, last24h: { ok: 0, failed: 0 }, problems: 0 },
    ),
  ),
  workspace(
    'umbrella',
    'Umbrella',
    health('off', both('SCIM is turned off for this workspace.', 'SCIM ist für diesen Workspace ausgeschaltet.')),
  ),
]

export const failures: FailureGroup[] = [
  {
    problem: 'user_creation_refused',
    count: 3,
    title: both('Users are not created here (policy)', 'Benutzer werden hier nicht angelegt (Einstellung)'),
    cause: both(
      'People exist in Optimaite first and are matched; SCIM does not create them in this workspace.',
      'Personen gibt es zuerst in Optimaite, und sie werden zugeordnet; SCIM legt sie in diesem Workspace nicht an.',
    ),
    fix: both(
      'Invite the person in Optimaite, then let the provider match again.',
      'Laden Sie die Person in Optimaite ein und lassen Sie den Provider noch einmal zuordnen.',
    ),
    first: ago(90),
    last: ago(2),
    activity: 'act_2',
  },
]

export const problems: ProblemGroup[] = [
  {
    cause: 'member_unknown',
    count: 2,
    title: both('Members whose id nobody stands behind', 'Mitglieder, hinter deren ID niemand steht'),
    fix: both(
      'Add the people in the host application, or take them out at the provider.',
      'Fügen Sie die Personen in der Host-Anwendung hinzu, oder nehmen Sie sie beim Provider heraus.',
    ),
    dismissible: true,
    examples: [
      {
        id: 'usr_ghost1',
        name: null,
        at: ago(600),
        groups: [{ id: 'grp_1', displayName: 'Engineering' }],
        accounts: [],
      },
      {
        id: 'usr_ghost2',
        name: null,
        at: ago(900),
        groups: [{ id: 'grp_1', displayName: 'Engineering' }],
        accounts: [],
      },
    ],
  },
  {
    cause: 'token_expiring',
    count: 1,
    title: both('Tokens that end soon', 'Tokens, die bald enden'),
    fix: both('Rotate the token.', 'Wechseln Sie das Token.'),
    dismissible: false,
    examples: [{ id: '2a7f0c51d3e9b846', name: 'Entra, production', at: inDays(12), groups: [], accounts: [] }],
  },
]

const hold: Hold = {
  id: 'hld_1',
  group: { id: 'grp_1', displayName: 'Engineering' },
  kinds: ['members_removed'],
  state: 'held',
  lostBefore: 0,
  request: 'act_4',
  provider: 'entra',
  admits: null,
  losses: 183,
  limit: 50,
  requests: 4,
  token: 'Entra, production',
  createdAt: ago(30),
  lastAt: ago(3),
  decidedAt: null,
  decidedBy: null,
  until: null,
  advice: both(
    'Press Provision on demand, or wait for the next cycle.',
    'Drücken Sie Provision on demand, oder warten Sie den nächsten Zyklus ab.',
  ),
}
const decided = { decidedAt: ago(60), decidedBy: 'Ana Lima' }

export const holds: Hold[] = [
  hold,
  {
    ...{ ...hold, ...decided, id: 'hld_2', state: 'turned_away', requests: 9 },
    ...{ group: { id: 'grp_2', displayName: 'Sales' }, kinds: ['group_deleted', 'members_removed'], lostBefore: 49 },
  },
  { ...hold, ...decided, id: 'hld_3', state: 'let_through', losses: 1, lostBefore: 50, until: inDays(1), admits: 1 },
  { ...hold, id: 'hld_4', state: 'applied', kinds: ['person_deleted'], losses: 1, lostBefore: 1 },
  { ...hold, id: 'hld_5', state: 'gone' },
]
