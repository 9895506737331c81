import { SCOPES } from '@optimaite/scim'
import type {
  ActivityDetail,
  ActivityEntry,
  Admin,
  ApiKey,
  AuditEntry,
  Checklist,
  Explanation,
  Group,
  Health,
  HistoryEntry,
  Hold,
  Me,
  Member,
  Membership,
  Page,
  Person,
  PersonDetail,
  ProblemGroup,
  RawGroup,
  Rehearsal,
  RestorePreview,
  Setup,
  SetupLink,
  Token,
  Words,
  Workspace,
} from '../src/api/types.ts'

const START = Date.now()
const ago = (minutes: number) => new Date(START - minutes * 60_000).toISOString()
const inDays = (days: number) => ago(-days * 1_440)
const both = (en: string, de: string): Words => ({ en, de })

export const TOKEN = 'opt_scim_2a7f0c51d3e9b846_9vYkq2Jr8tLwXz4bNcHs6dMf1gPa5eRu_7c1f'
const SCIM = 'https://scim.example.com/scim/v2'

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
  reason: { ...reason, code: state, activity: state === 'failing' ? 'act_2' : null },
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

export const holds: Hold[] = [
  {
    id: 'hld_1',
    group: { id: 'grp_1', displayName: 'Engineering' },
    kind: 'members_removed',
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
  },
]

export const groups: Group[] = [
  'Engineering',
  'Sales',
  'Everybody at Globex Corporation and its subsidiaries',
  'On call',
].map((displayName, index) => ({
  id: `grp_${index + 1}`,
  displayName,
  externalId: index === 3 ? null : `8f3a1c7e-0000-4b2e-9d3c-${index}`,
  version: 12,
  managed: index !== 3,
  memberCount: [1_204, 87, 100_000, 0][index] ?? 0,
  createdAt: ago(90_000),
  updatedAt: ago(60 * (index + 1)),
}))

const STATES = [
  'effective',
  'effective',
  'effective',
  'suspended',
  'effective',
  'pending',
  'effective',
  'unresolved',
] as const
const NAMES = ['Ana Lima', 'Bea Roth', 'Chi Okafor', 'Dora Nagy', 'Emil Krüger', 'Fay Wong', 'Gus Patel', 'Hana Sato']

/** A page of a group of 100,000. */
export function membersAfter(after: number): Page<Member> {
  const items = Array.from({ length: 100 }, (_, index) => {
    const number = after + index
    const state = STATES[number % 8] ?? 'effective'
    const name = state === 'unresolved' ? null : `${NAMES[number % 8]} ${number}`
    return { id: `usr_${number}`, displayName: name, userName: name && `person${number}@globex.example`, state }
  })
  return { items, next: after + 100 < 100_000 ? String(after + 100) : null }
}

export const people: Person[] = NAMES.map((displayName, index) => ({
  id: `usr_${index}`,
  state: index === 5 ? 'pending' : 'account',
  suspended: index === 3,
  userName: `${displayName.toLowerCase().replace(' ', '.')}@globex.example`,
  displayName,
  emails:
    index === 5
      ? []
      : [{ value: `${displayName.toLowerCase().replace(' ', '.')}@globex.example`, verified: index !== 2 }],
}))

export function personOf(id: string): PersonDetail | undefined {
  const person = people.find((one) => one.id === id)
  if (!person) return undefined
  const { userName, displayName, emails } = person
  const record = { userName, active: false, name: { givenName: 'Ana', familyName: 'Lima' }, title: 'Engineer' }
  const view = { ...record, displayName, emails: emails.map(({ value }) => ({ value, primary: true })) }
  return {
    ...person,
    account: { userName, displayName, emails: emails.map((email) => ({ ...email, primary: true })) },
    record,
    view,
    groups: [],
  }
}

export const memberships: Membership[] = groups.slice(0, 3).map(({ id, displayName, externalId, managed }, index) => ({
  id,
  displayName,
  externalId,
  managed,
  state: index === 1 ? 'suspended' : 'effective',
}))

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
export const incarnations = [
  {
    id: 'grp_0',
    displayName: 'Engineering',
    externalId: null,
    createdAt: ago(99_000),
    deletedAt: ago(95_000),
    sameName: true,
    sameExternalId: false,
  },
]

const turn = {
  position: 8,
  at: ago(8_000),
  actor: { kind: 'token', label: 'Entra, production' },
  request: 'act_1',
  operation: 1,
  kind: 'members_added',
  details: null,
} as const

export const explanation: Explanation = {
  status: 'suspended',
  sentence: both(
    '"Dora Nagy" is a member of "Engineering" since 2026-11-20 08:12 UTC, but not effective: suspended by `active: false` in request act_1 (token "Entra, production", 2026-11-24 09:02 UTC).',
    '„Dora Nagy“ ist Mitglied von „Engineering“ seit 20.11.2026, 08:12 UTC, aber nicht wirksam: gesperrt durch `active: false` in Anfrage act_1.',
  ),
  asked: { person: 'usr_3', group: 'grp_1' },
  person: { id: 'usr_3', displayName: 'Dora Nagy' },
  group: { id: 'grp_1', displayName: 'Engineering', externalId: null, createdAt: ago(9_000), deletedAt: null },
  member: true,
  effective: false,
  since: turn,
  until: null,
  resolved: null,
  suspended: { ...turn, kind: 'person_suspended' },
  accountRemoved: null,
  former: [],
  unknownIds: [],
}

export const restorePreview: RestorePreview = {
  group: { id: 'grp_1', displayName: 'Engineering', externalId: null, createdAt: ago(9_000), deletedAt: null },
  version: 12,
  added: { count: 183, people: people.map(({ id, displayName }) => ({ id, displayName })) },
  removed: { count: 1, people: [{ id: 'usr_1', displayName: 'Bea Roth' }] },
  missing: { count: 1, people: [{ id: 'usr_gone', displayName: null }] },
  key: 'k',
}

export const scim: RawGroup = {
  resource: {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    id: 'grp_1',
    displayName: 'Engineering',
    members: [{ value: 'usr_0', display: 'Ana Lima' }],
  },
  members: 1_204,
  location: `${SCIM}/Groups/grp_1`,
  version: 'W/"12"',
}

const entry = (
  id: string,
  minutes: number,
  status: number,
  sentence: Words,
  more: Partial<ActivityEntry> = {},
): ActivityEntry => ({
  id,
  at: ago(minutes),
  count: 1,
  lastAt: ago(minutes),
  token: 'Entra, production',
  client: 'Microsoft Entra',
  address: '20.37.4.18',
  method: 'PATCH',
  route: '/Groups/{id}',
  status,
  milliseconds: 4,
  problem: null,
  detail: null,
  fix: null,
  groupId: 'grp_1',
  personId: null,
  sentence,
  ...more,
})

export const activity: ActivityEntry[] = [
  entry(
    'act_1',
    1,
    204,
    both('Entra added 2 members to “Engineering”.', 'Entra hat „Engineering“ 2 Mitglieder hinzugefügt.'),
  ),
  entry(
    'act_2',
    2,
    403,
    both(
      'Entra was refused creating the person bea@globex.example.',
      'Entra durfte die Person bea@globex.example nicht anlegen.',
    ),
    {
      method: 'POST',
      route: '/Users',
      problem: 'user_refused',
      detail:
        'Nobody in the workspace "Globex" is called "bea@globex.example", and the workspace takes no pending people.',
      fix: 'Untick Create under Target Object Actions, or add the person in the host application.',
      groupId: null,
    },
  ),
  entry(
    'act_3',
    3,
    200,
    both('Entra looked up people by userName and found 1.', 'Entra hat Personen nach userName gesucht und 1 gefunden.'),
    { method: 'GET', route: '/Users', count: 42, groupId: null },
  ),
  entry(
    'act_4',
    9,
    503,
    both(
      'Entra’s removal of 183 members was held by the guard.',
      'Das Entfernen von 183 Mitgliedern durch Entra hat der Wächter angehalten.',
    ),
  ),
]

export function detailOf(id: string): ActivityDetail {
  const found = activity.find((one) => one.id === id) ?? (activity[0] as ActivityEntry)
  return {
    ...found,
    explanation: found.status < 400 ? null : 'The provider is set to create people whom it does not find here.',
    effect: null,
    lookup: found.method === 'GET' ? { filter: 'userName eq "bea@globex.example"', found: 1 } : null,
    dialectRules: [
      {
        name: 'operation-name-case',
        description: 'The operation’s name was written with a capital.',
      },
    ],
    ignored: ['description'],
    before: found.method === 'PATCH' ? { displayName: 'Engineering', members: 1_202 } : null,
    after: found.method === 'PATCH' ? { displayName: 'Engineering', members: 1_204 } : null,
    group: { id: 'grp_1', displayName: 'Engineering' },
    person: null,
    body: {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'Add', path: 'members', value: [{ value: 'usr_0' }, { value: 'usr_1' }] }],
    },
    curl: `curl -X PATCH '${SCIM}/Groups/grp_1' \\\n  -H "Authorization: Bearer $SCIM_TOKEN" \\\n  -H 'Content-Type: application/scim+json' \\\n  --data-binary '{"Operations":[{"op":"Add","path":"members","value":[{"value":"usr_0"}]}]}'`,
  }
}

export const admins: Admin[] = [
  {
    id: 'adm_ana',
    email: 'ana@example.com',
    name: 'Ana Lima',
    role: 'operator',
    workspaces: [],
    state: 'active',
    twoFactor: true,
    createdAt: ago(9_000),
    lastSignInAt: ago(20),
  },
  {
    id: 'adm_bea',
    email: 'bea@example.com',
    name: null,
    role: 'operator',
    workspaces: [],
    state: 'invited',
    twoFactor: false,
    createdAt: ago(900),
    lastSignInAt: null,
  },
]

export const keys: ApiKey[] = [
  {
    id: 'key_1',
    name: 'Optimaite backend',
    workspace: null,
    scopes: ['people:write', 'changes:read'],
    createdBy: 'Ana Lima',
    createdAt: ago(9_000),
    expiresAt: inDays(300),
    revokedAt: null,
    lastUsedAt: ago(1),
    lastUsedAddress: '10.0.0.4',
    lastUsedClient: null,
    state: 'live',
  },
]

export const audit: AuditEntry[] = [
  {
    id: 'aud_1',
    at: ago(12),
    workspace: 'acme',
    actor: { kind: 'operator', id: 'adm_ana', name: 'Ana Lima' },
    address: '203.0.113.4',
    action: 'issueToken',
    target: '9c04b1d2aa10ffe3',
    status: 201,
    details: null,
  },
  {
    id: 'aud_2',
    at: ago(19),
    workspace: 'acme',
    actor: { kind: 'api_key', id: 'key_1', name: 'Optimaite backend' },
    address: '10.0.0.4',
    action: 'changeWorkspace',
    target: 'acme',
    status: 403,
    details: null,
  },
]

const step = (
  number: number,
  phase: string,
  says: string,
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
    step(1, 'Test connection', 'looks up a random user', 'GET /Users?filter=userName eq "x"', 200),
    step(2, 'First cycle', 'creates the group', 'POST /Groups', 201),
    step(3, 'First cycle', 'adds members', 'PATCH /Groups/grp_1', 400, false),
  ],
}
