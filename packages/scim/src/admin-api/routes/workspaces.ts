import { fold } from '../../base/fold.ts'
import { notedSettings } from '../../provisioning/audit/settings.ts'
import type { Health } from '../../provisioning/health/health.ts'
import type { Workspace } from '../../provisioning/workspaces.ts'
import { isCalled } from '../../store/workspaces.ts'
import { has, type Principal } from '../access.ts'
import { given } from '../given.ts'
import { PAGE, pageOf, placeOf, toNext } from '../page.ts'
import { AdminRefused } from '../refusals.ts'
import { route } from '../route.ts'
import { WorkspaceParams } from '../schemas/common.ts'
import {
  type WorkspaceChanges as Changes,
  NewWorkspace,
  Workspace as WorkspaceAnswer,
  WorkspaceChanges,
  WorkspacePage,
  WorkspacesQuery,
} from '../schemas/workspaces.ts'
import type { AdminLibrary } from '../surface.ts'
import { withTimes } from '../times.ts'

export const listWorkspaces = route(
  {
    operation: 'listWorkspaces',
    method: 'get',
    path: '/workspaces',
    summary: 'The workspaces of whoever asks, in the order of their slugs, or what needs attention first',
    access: { scope: 'workspaces:read', level: 'own' },
    query: WorkspacesQuery,
    answer: WorkspacePage,
  },
  async ({ library, ports, principal, query: { after, limit = PAGE, search = '', health = false, sort, state } }) => {
    const wanted = { after: placeOf(after, 'text') ?? '', limit, search: fold(search).trim() }
    const own = ownOf(principal)
    const isShown = (slug: string): boolean => !ports.rehearsals?.isScratch(slug)
    if (sort === 'attention' || state !== undefined) {
      const only = own === undefined ? isShown : (slug: string) => own.includes(slug)
      const { integrations, next, counts } = await library.health.byState({
        ...{ ...wanted, only, order: sort ?? 'slug' },
        ...(state && { states: state }),
      })
      const items = integrations.map((one) => toWorkspace(library, one.workspace, one.health))
      return { items, next: toNext(next), states: counts }
    }
    if (own !== undefined) return ownPage(library, own, { ...wanted, health })
    if (!health) {
      const all = (await library.workspaces.list()).filter(({ slug }) => isShown(slug) && slug > wanted.after)
      return pageOf(
        all.filter((workspace) => isCalled(workspace, wanted.search)),
        limit,
        ({ slug }) => slug,
        (workspace) => toWorkspace(library, workspace),
      )
    }
    const page = await library.health.list(wanted)
    const shown = page.integrations.filter(({ workspace }) => isShown(workspace.slug))
    return {
      items: shown.map((one) => toWorkspace(library, one.workspace, one.health)),
      next: toNext(page.next),
    }
  },
)

export const createWorkspace = route(
  {
    operation: 'createWorkspace',
    method: 'post',
    path: '/workspaces',
    summary: 'Make a workspace',
    access: { scope: 'workspaces:write', level: 'service' },
    body: NewWorkspace,
    status: 201,
    answer: WorkspaceAnswer,
  },
  async ({ library, body: { slug, name, ...settings }, note }) => {
    const created = await library.workspaces.create(slug, { name, ...settingsOf(settings) })
    note({ target: { workspace: slug }, details: notedSettings(settings) })
    return toWorkspace(library, created)
  },
)

export const getWorkspace = route(
  {
    operation: 'getWorkspace',
    method: 'get',
    path: '/workspaces/{workspace}',
    summary: 'A workspace and its settings',
    access: { scope: 'workspaces:read', level: 'workspace' },
    params: WorkspaceParams,
    answer: WorkspaceAnswer,
  },
  async ({ library, params }) => toWorkspace(library, await existing(library, params.workspace)),
)

export const changeWorkspace = route(
  {
    operation: 'changeWorkspace',
    method: 'patch',
    path: '/workspaces/{workspace}',
    summary: 'Change settings; what is left out stays',
    access: { scope: 'settings:write', level: 'workspace' },
    params: WorkspaceParams,
    body: WorkspaceChanges,
    answer: WorkspaceAnswer,
  },
  async ({ library, principal, params: { workspace }, body, note }) => {
    note({ details: notedSettings(body) })
    if (body.scim !== undefined && !has(principal, 'workspaces:write', workspace))
      throw new AdminRefused('forbidden', { scope: 'workspaces:write', reach: 'scim' })
    return toWorkspace(library, await library.workspaces.change(workspace, settingsOf(body)))
  },
)

export const deleteWorkspace = route(
  {
    operation: 'deleteWorkspace',
    method: 'delete',
    path: '/workspaces/{workspace}',
    summary: 'Remove a workspace with everything in it',
    trail: 'service',
    access: { scope: 'workspaces:write', level: 'workspace' },
    params: WorkspaceParams,
    status: 204,
  },
  async ({ library, params: { workspace } }) => {
    await library.workspaces.remove(workspace)
    return undefined
  },
)

/** Nothing where they are all. */
function ownOf(principal: Principal): readonly string[] | undefined {
  if (principal.kind === 'workspace_admin') return principal.workspaces
  if (principal.kind === 'api_key' && principal.workspace !== null) return [principal.workspace]
  return undefined
}

async function ownPage(
  library: AdminLibrary,
  slugs: readonly string[],
  { after, limit, search, health }: { after: string; limit: number; search: string; health: boolean },
) {
  const later = [...new Set(slugs)].sort().filter((slug) => slug > after)
  const found: Workspace[] = []
  for (const slug of later) {
    if (found.length > limit) break
    const workspace = await library.workspaces.find(slug)
    if (workspace && isCalled(workspace, search)) found.push(workspace)
  }
  const items = []
  for (const workspace of found.slice(0, limit))
    items.push(toWorkspace(library, workspace, health ? await library.health.ofWorkspace(workspace.slug) : undefined))
  return { items, next: found.length > limit ? toNext(found[limit - 1]?.slug) : null }
}

function settingsOf<Sent extends Omit<Changes, 'name'>>({ guard, ...settings }: Sent) {
  return { ...given(settings), ...(guard && { guard: given(guard) }) }
}

async function existing({ workspaces }: AdminLibrary, slug: string): Promise<Workspace> {
  const workspace = await workspaces.find(slug)
  if (!workspace) throw new AdminRefused('workspace_unknown', { workspace: slug })
  return workspace
}

function toWorkspace({ baseUrl }: AdminLibrary, workspace: Workspace, health?: Health) {
  return {
    ...withTimes(workspace, 'createdAt'),
    scimUrl: baseUrl,
    ...(health && { health: toHealth(health) }),
  }
}

export function toHealth(health: Health) {
  return { ...withTimes(health, 'since', 'lastContact') }
}
