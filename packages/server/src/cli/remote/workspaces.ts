import { type Workspace, WorkspaceRefused } from '@optimaite/scim'
import type { Connection, Library } from '../library.ts'
import { inWorkspace, type Remote } from './call.ts'
import { listed } from './lists.ts'
import { unlessUnknown } from './refusals.ts'

/** A workspace as the admin API answers it. */
type Answered = Workspace & { readonly scimUrl: string }

export function remoteWorkspaces(remote: Remote): Library['workspaces'] {
  const workspaceOf = async (answered: Promise<Answered>) => toConnection(await answered).workspace
  return {
    create: (slug, settings) => workspaceOf(remote.call('POST', '/workspaces', { body: { slug, ...settings } })),
    list: async () => (await listed<Answered>(remote, '/workspaces')).map((one) => toConnection(one).workspace),
    find: async (slug) => {
      const found = await unlessUnknown(remote.call<Answered>('GET', inWorkspace(slug)), isUnknown)
      return found && toConnection(found)
    },
    change: (slug, changes) => workspaceOf(remote.call('PATCH', inWorkspace(slug), { body: changes })),
    remove: (slug) => remote.call('DELETE', inWorkspace(slug)),
  }
}

function toConnection({ scimUrl: baseUrl, ...workspace }: Answered): Connection {
  return { workspace, baseUrl }
}

function isUnknown(error: unknown): boolean {
  return error instanceof WorkspaceRefused && error.code === 'unknown'
}
