import { expect, test } from 'vitest'
import type { Principal } from '../../src/admin-api/access.ts'
import { createAdminApi } from '../../src/admin-api/api.ts'
import { ROUTES } from '../../src/admin-api/routes/all.ts'
import type { AdminLibrary } from '../../src/admin-api/surface.ts'
import { SCOPES, type Scope } from '../../src/provisioning/keys/scopes.ts'
import { BASE, ORIGIN } from './support.ts'

/**
 * Whom each operation is for, said a second time and in other words than the routes say it: a new route fails here until
 * somebody has thought about it. `workspace`: whoever is of the workspace and has the scope; `service`: operators, and keys
 * for all workspaces that have the scope; `operator in workspace`: the same within one workspace; `own`: whoever has the
 * scope anywhere.
 */
type For =
  | readonly ['workspace' | 'own' | 'service' | 'operator in workspace', Scope]
  | readonly ['anyone' | 'principal' | 'setup']

const EXPECTED: Readonly<Record<string, For>> = {
  getMe: ['principal'],
  listWorkspaces: ['own', 'workspaces:read'],
  createWorkspace: ['service', 'workspaces:write'],
  getWorkspace: ['workspace', 'workspaces:read'],
  changeWorkspace: ['workspace', 'settings:write'],
  deleteWorkspace: ['operator in workspace', 'workspaces:write'],
  getHealth: ['workspace', 'workspaces:read'],
  getChecklist: ['workspace', 'activity:read'],
  listFailures: ['workspace', 'activity:read'],
  listProblems: ['workspace', 'activity:read'],
  listProblemsOfCause: ['workspace', 'activity:read'],
  dismissProblem: ['workspace', 'groups:write'],
  listPeople: ['workspace', 'people:read'],
  putPerson: ['workspace', 'people:write'],
  putPeople: ['workspace', 'people:write'],
  reconcilePeople: ['workspace', 'people:write'],
  getPerson: ['workspace', 'people:read'],
  changePerson: ['workspace', 'people:write'],
  removePerson: ['workspace', 'people:write'],
  erasePerson: ['workspace', 'people:write'],
  listMemberships: ['workspace', 'people:read'],
  listEffectiveGroups: ['workspace', 'people:read'],
  getPersonHistory: ['workspace', 'people:read'],
  explainPerson: ['workspace', 'people:read'],
  listGroups: ['workspace', 'groups:read'],
  createGroup: ['workspace', 'groups:write'],
  getGroup: ['workspace', 'groups:read'],
  changeGroup: ['workspace', 'groups:write'],
  deleteGroup: ['workspace', 'groups:write'],
  releaseGroup: ['workspace', 'groups:write'],
  listMembers: ['workspace', 'groups:read'],
  changeMembers: ['workspace', 'groups:write'],
  getRawGroup: ['workspace', 'groups:read'],
  getGroupHistory: ['workspace', 'groups:read'],
  listPeopleOfChange: ['workspace', 'groups:read'],
  getMembersAt: ['workspace', 'groups:read'],
  previewRestore: ['workspace', 'groups:write'],
  restoreGroup: ['workspace', 'groups:write'],
  readChanges: ['workspace', 'changes:read'],
  listTokens: ['workspace', 'tokens:read'],
  issueToken: ['workspace', 'tokens:write'],
  rotateToken: ['workspace', 'tokens:write'],
  retireToken: ['workspace', 'tokens:write'],
  revokeToken: ['workspace', 'tokens:write'],
  listSetupLinks: ['workspace', 'tokens:read'],
  createSetupLink: ['workspace', 'tokens:write'],
  revokeSetupLink: ['workspace', 'tokens:write'],
  claimSetup: ['anyone'],
  getSetup: ['setup'],
  issueSetupToken: ['setup'],
  getSetupChecklist: ['setup'],
  getSetupGuide: ['setup'],
  listActivity: ['workspace', 'activity:read'],
  getActivity: ['workspace', 'activity:read'],
  listHolds: ['workspace', 'groups:read'],
  letThroughHold: ['workspace', 'groups:write'],
  turnAwayHold: ['workspace', 'groups:write'],
  listKeys: ['service', 'keys:write'],
  issueKey: ['service', 'keys:write'],
  revokeKey: ['service', 'keys:write'],
  listWorkspaceKeys: ['workspace', 'keys:write'],
  issueWorkspaceKey: ['workspace', 'keys:write'],
  revokeWorkspaceKey: ['workspace', 'keys:write'],
  listAdmins: ['service', 'admins:write'],
  inviteAdmin: ['service', 'admins:write'],
  removeAdmin: ['service', 'admins:write'],
  listWorkspaceAdmins: ['workspace', 'admins:write'],
  inviteWorkspaceAdmin: ['workspace', 'admins:write'],
  removeWorkspaceAdmin: ['workspace', 'admins:write'],
  readAudit: ['service', 'audit:read'],
  readWorkspaceAudit: ['workspace', 'audit:read'],
  listRehearsals: ['own', 'tokens:write'],
  rehearse: ['workspace', 'tokens:write'],
  getGuide: ['principal'],
}

type Outcome = 'in' | 401 | 403 | 'no such workspace'

/** Who asks, and what comes of it; the workspace of every path is `acme`. */
interface Asker {
  readonly name: string
  readonly principal?: Principal
  /** Credentials that the API itself knows. */
  readonly headers?: Record<string, string>
  outcome(expected: For): Outcome
}

const session = (principal: Principal): Pick<Asker, 'principal'> => ({ principal })
const key = (name: string): Pick<Asker, 'headers'> => ({ headers: { authorization: `Bearer opt_key_${name}` } })

/** One that has the scope, by the workspaces within reach. */
function outcomeOf(has: (scope: Scope) => boolean, reach: 'all' | 'acme' | 'other'): Asker['outcome'] {
  return ([what, scope]) => {
    if (what === 'anyone' || what === 'principal') return 'in'
    if (what === 'setup') return 401
    const holds = scope !== undefined && has(scope)
    if (what === 'own') return holds ? 'in' : 403
    if (what === 'service') return holds && reach === 'all' ? 'in' : 403
    if (reach === 'other') return 'no such workspace'
    return holds ? 'in' : 403
  }
}

const everything = (): boolean => true
const butWorkspaces = (scope: Scope): boolean => scope !== 'workspaces:write'
const nobody: Asker['outcome'] = ([what]) => (what === 'anyone' ? 'in' : 401)

const ASKERS: readonly Asker[] = [
  { name: 'nobody', outcome: nobody },
  { name: 'an operator', ...session({ kind: 'operator', id: 'a', name: 'A' }), outcome: outcomeOf(everything, 'all') },
  {
    name: 'an admin of the workspace',
    ...session({ kind: 'workspace_admin', id: 'a', name: 'A', workspaces: ['zeta', 'acme'] }),
    outcome: outcomeOf(butWorkspaces, 'acme'),
  },
  {
    name: 'an admin of another',
    ...session({ kind: 'workspace_admin', id: 'a', name: 'A', workspaces: ['zeta'] }),
    outcome: outcomeOf(butWorkspaces, 'other'),
  },
  {
    name: 'an admin of none',
    ...session({ kind: 'workspace_admin', id: 'a', name: 'A', workspaces: [] }),
    outcome: outcomeOf(butWorkspaces, 'other'),
  },
  {
    name: 'a host that says somebody came by a setup link of the workspace',
    ...session({ kind: 'setup_link', id: 'a', name: 'A', workspace: 'acme' }),
    outcome: ([what]) => {
      if (what === 'anyone') return 'in'
      if (what === 'setup') return 401
      return what === 'workspace' || what === 'operator in workspace' ? 'no such workspace' : 403
    },
  },
  {
    name: 'a host with a kind of its own',
    ...session({ kind: 'root', id: 'a', name: 'A', workspaces: ['acme'] } as never),
    outcome: ([what]) => {
      if (what === 'anyone') return 'in'
      if (what === 'setup') return 401
      return what === 'workspace' || what === 'operator in workspace' ? 'no such workspace' : 403
    },
  },
  { name: 'a key for all workspaces', ...key('all'), outcome: outcomeOf(everything, 'all') },
  { name: 'a key of the workspace', ...key('acme'), outcome: outcomeOf(everything, 'acme') },
  { name: 'a key of another', ...key('zeta'), outcome: outcomeOf(everything, 'other') },
  { name: 'a key that is not known', ...key('unknown'), outcome: nobody },
  {
    name: 'the browser of a setup link of the workspace',
    headers: { cookie: 'optimaite_setup=opt_session_acme' },
    outcome: ([what]) => (what === 'anyone' || what === 'setup' ? 'in' : 401),
  },
  {
    name: 'the browser of a setup link that has ended',
    headers: { cookie: 'optimaite_setup=opt_session_gone' },
    outcome: nobody,
  },
  ...SCOPES.map((scope) => ({
    name: `a key for all workspaces with ${scope} alone`,
    ...key(`only_${scope}`),
    outcome: outcomeOf((asked) => asked === scope, 'all'),
  })),
  ...SCOPES.map((scope) => ({
    name: `a key of the workspace with all but ${scope}`,
    ...key(`but_${scope}`),
    outcome: outcomeOf((asked) => asked !== scope, 'acme'),
  })),
]

const KEYS: Readonly<Record<string, { workspace: string | null; scopes: readonly Scope[] }>> = {
  all: { workspace: null, scopes: SCOPES },
  acme: { workspace: 'acme', scopes: SCOPES },
  zeta: { workspace: 'zeta', scopes: SCOPES },
  ...Object.fromEntries(SCOPES.map((scope) => [`only_${scope}`, { workspace: null, scopes: [scope] }])),
  ...Object.fromEntries(
    SCOPES.map((scope) => [`but_${scope}`, { workspace: 'acme', scopes: SCOPES.filter((other) => other !== scope) }]),
  ),
}

class Reached extends Error {}

/** Knows keys and sessions; whatever else is asked of it proves that the door let the caller in. */
function libraryOf(): AdminLibrary {
  return orReached({
    baseUrl: `${ORIGIN}/api/auth/scim/v2`,
    apiKeys: orReached({
      authenticate: async (text: string) => {
        const known = KEYS[text.slice('opt_key_'.length)]
        return known && { id: 'k', name: 'K', ...known }
      },
    }),
    audit: orReached({ write: async () => 'aud_1' }),
    setupLinks: orReached({
      open: async (session: string) =>
        session === 'opt_session_acme' ? { link: { id: 'l' }, workspace: { slug: 'acme', name: 'Acme' } } : undefined,
    }),
  }) as unknown as AdminLibrary
}

function orReached(known: object): object {
  const reached = (): Promise<never> => Promise.reject(new Reached())
  return new Proxy(known, { get: (_, name) => Reflect.get(known, name) ?? new Proxy(reached, { get: () => reached }) })
}

function requestOf(route: (typeof ROUTES)[number], { headers = {} }: Asker): Request {
  const path = route.path.replace('{workspace}', 'acme').replaceAll(/\{\w+\}/g, '1')
  return new Request(BASE + path, {
    method: route.method.toUpperCase(),
    headers: { origin: ORIGIN, 'content-type': 'application/json', ...headers },
    ...(route.body && { body: '{}' }),
  })
}

async function outcome(response: Response): Promise<Outcome> {
  const { code } = response.status >= 400 ? ((await response.json()) as { code: string }) : { code: '' }
  if (response.status === 401 || response.status === 403) return response.status
  return code === 'workspace_unknown' ? 'no such workspace' : 'in'
}

test('every route is in the table, and nothing else is', () => {
  expect(ROUTES.map(({ operation }) => operation).sort()).toEqual(Object.keys(EXPECTED).sort())
  expect(new Set(ROUTES.map(({ operation }) => operation)).size).toBe(ROUTES.length)
})

test.each(ROUTES)('$operation: $method $path', async (route) => {
  for (const asker of ASKERS) {
    const api = createAdminApi(libraryOf(), { authorizeAdmin: async () => asker.principal })
    const response = await api.fetch(requestOf(route, asker), { address: null })
    const expected = asker.outcome(EXPECTED[route.operation] as For)
    expect([asker.name, await outcome(response)]).toEqual([asker.name, expected])
  }
})

test('who may in has really come to the handler, or to the reading of the body', async () => {
  const operator = ASKERS[1] as Asker
  for (const route of ROUTES.filter(({ operation }) => EXPECTED[operation]?.[0] === 'workspace')) {
    const faults: unknown[] = []
    const api = createAdminApi(libraryOf(), {
      authorizeAdmin: async () => operator.principal,
      onFault: (fault) => faults.push(fault),
    })
    const { status } = await api.fetch(requestOf(route, operator), { address: null })
    const reached = faults.some((fault) => fault instanceof Reached)
    expect([route.operation, reached || [400, 404].includes(status)]).toEqual([route.operation, true])
  }
})

test('a route that says nothing known of whom it is for lets nobody in', async () => {
  const { decide } = await import('../../src/admin-api/access.ts')
  const operator: Principal = { kind: 'operator', id: 'a', name: 'A' }
  expect(decide(operator, {} as never, 'acme')).toBe('forbidden')
  expect(decide(operator, { scope: 'people:read', level: 'galaxy' } as never, 'acme')).toBe('forbidden')
  expect(decide(operator, { scope: 'root', level: 'workspace' } as never, 'acme')).toBe('forbidden')
  expect(decide(operator, { for: 'friends' } as never, 'acme')).toBe('forbidden')
  expect(decide(operator, { scope: 'people:read', level: 'workspace' }, undefined)).toBe('hidden')
})
