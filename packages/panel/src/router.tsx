import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { ApiProblem, isSignedOut } from './api/client.ts'
import { service } from './api/queries.ts'
import * as search from './search.ts'
import { NotFound, RouteFailure } from './shell/Dead.tsx'
import { Shell } from './shell/Shell.tsx'
import { WorkspaceFrame } from './shell/WorkspaceFrame.tsx'

interface Context {
  readonly client: QueryClient
}

const root = createRootRouteWithContext<Context>()({ component: Outlet, notFoundComponent: NotFound })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: search.signIn,
  component: lazyRouteComponent(() => import('./pages/signIn/SignIn.tsx'), 'SignIn'),
})
const invite = createRoute({
  getParentRoute: () => root,
  path: '/invite',
  component: lazyRouteComponent(() => import('./pages/signIn/Invite.tsx'), 'Invite'),
})
const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('./pages/setup/Setup.tsx'), 'Setup'),
})

const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ context, location }) => {
    const me = await context.client.ensureQueryData(service.me()).catch((error: unknown) => {
      if (isSignedOut(error)) throw redirect({ to: '/sign-in', search: { next: location.href } })
      throw error
    })
    return { me }
  },
  component: Shell,
  errorComponent: RouteFailure,
  notFoundComponent: NotFound,
})

const start = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  beforeLoad: ({ context: { me } }) => {
    const [only, another] = me.workspaces === 'all' ? [] : me.workspaces
    if (only === undefined || another !== undefined) throw redirect({ to: '/workspaces', search: {} })
    throw redirect({ to: '/w/$workspace', params: { workspace: only } })
  },
})
const workspaces = createRoute({
  getParentRoute: () => signedIn,
  path: '/workspaces',
  validateSearch: search.workspaces,
  component: lazyRouteComponent(() => import('./pages/workspaces/Workspaces.tsx'), 'Workspaces'),
})
const serviceSettings = createRoute({
  getParentRoute: () => signedIn,
  path: '/service',
  validateSearch: search.serviceSettings,
  component: lazyRouteComponent(() => import('./pages/settings/ServiceSettings.tsx'), 'ServiceSettings'),
})
const account = createRoute({
  getParentRoute: () => signedIn,
  path: '/account',
  component: lazyRouteComponent(() => import('./pages/account/Account.tsx'), 'Account'),
})

const workspace = createRoute({
  getParentRoute: () => signedIn,
  path: '/w/$workspace',
  component: WorkspaceFrame,
})
const overview = createRoute({
  getParentRoute: () => workspace,
  path: '/',
  validateSearch: search.overview,
  component: lazyRouteComponent(() => import('./pages/overview/Overview.tsx'), 'Overview'),
})
const connect = createRoute({
  getParentRoute: () => workspace,
  path: '/connect',
  validateSearch: search.connect,
  component: lazyRouteComponent(() => import('./pages/connect/Connect.tsx'), 'Connect'),
})
const tokens = createRoute({
  getParentRoute: () => workspace,
  path: '/tokens',
  validateSearch: search.tokens,
  component: lazyRouteComponent(() => import('./pages/tokens/Tokens.tsx'), 'Tokens'),
})
const groups = createRoute({
  getParentRoute: () => workspace,
  path: '/groups',
  validateSearch: search.found,
  component: lazyRouteComponent(() => import('./pages/groups/Groups.tsx'), 'Groups'),
})
const group = createRoute({
  getParentRoute: () => workspace,
  path: '/groups/$group',
  validateSearch: search.group,
  component: lazyRouteComponent(() => import('./pages/groups/GroupPage.tsx'), 'GroupPage'),
})
const people = createRoute({
  getParentRoute: () => workspace,
  path: '/people',
  validateSearch: search.people,
  component: lazyRouteComponent(() => import('./pages/people/People.tsx'), 'People'),
})
const person = createRoute({
  getParentRoute: () => workspace,
  path: '/people/$person',
  validateSearch: search.person,
  component: lazyRouteComponent(() => import('./pages/people/PersonPage.tsx'), 'PersonPage'),
})
const activity = createRoute({
  getParentRoute: () => workspace,
  path: '/activity',
  validateSearch: search.activity,
  component: lazyRouteComponent(() => import('./pages/activity/ActivityPage.tsx'), 'ActivityPage'),
})
const entry = createRoute({
  getParentRoute: () => workspace,
  path: '/activity/$entry',
  component: lazyRouteComponent(() => import('./pages/activity/EntryPage.tsx'), 'EntryPage'),
})
const settings = createRoute({
  getParentRoute: () => workspace,
  path: '/settings',
  validateSearch: search.settings,
  component: lazyRouteComponent(() => import('./pages/settings/Settings.tsx'), 'Settings'),
})

const routeTree = root.addChildren([
  signIn,
  invite,
  setup,
  signedIn.addChildren([
    start,
    workspaces,
    serviceSettings,
    account,
    workspace.addChildren([overview, connect, tokens, groups, group, people, person, activity, entry, settings]),
  ]),
])

/** The router, and the cache behind it: a session that has ended leads to the sign-in page from wherever it is noticed. */
export function createPanelRouter() {
  const onError = (error: unknown) => {
    const here = router.state.location
    if (!isSignedOut(error) || /^\/(?:sign-in|invite|setup)/.test(here.pathname)) return
    client.removeQueries()
    void router.navigate({ to: '/sign-in', search: { next: here.href } })
  }
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: { queries: { retry: mayRetry, staleTime: 1_000 } },
  })
  const router = createRouter({
    routeTree,
    context: { client },
    defaultPreload: 'intent',
    defaultErrorComponent: RouteFailure,
    scrollRestoration: true,
  })
  return { router, client }
}

function mayRetry(failures: number, error: unknown): boolean {
  return error instanceof ApiProblem && (error.status === 0 || error.status >= 500) && failures < 2
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createPanelRouter>['router']
  }
}
