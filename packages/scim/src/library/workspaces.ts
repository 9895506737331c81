import type { Context } from '../provisioning/call.ts'
import {
  changeWorkspace,
  createWorkspace,
  deleteWorkspace,
  findWorkspace,
  listWorkspaces,
  toWorkspace,
  type Workspace,
  type WorkspaceChanges,
  WorkspaceRefused,
} from '../provisioning/workspaces.ts'
import type { WorkspaceRow } from '../store/workspaces.ts'
import { textOf } from './given.ts'

/** Workspaces are named by their slug; one that does not exist is refused with `WorkspaceRefused`. */
export interface Workspaces {
  create(slug: string, settings: WorkspaceChanges & { name: string }): Promise<Workspace>
  list(): Promise<Workspace[]>
  find(slug: string): Promise<Workspace | undefined>
  change(slug: string, changes: WorkspaceChanges): Promise<Workspace>
  /** With everything in it. */
  remove(slug: string): Promise<void>
}

/** `forget` is called after each change that the SCIM endpoint must notice at once. */
export function workspacesOf(context: Context, forget: () => void): Workspaces {
  return {
    create: async (slug, settings) => toWorkspace(await createWorkspace(context, slug, settings)),
    list: () => listWorkspaces(context),
    find: async (slug) => {
      const row = await findWorkspace(context, slug)
      return row && toWorkspace(row)
    },
    change: async (slug, changes) => {
      const row = await changeWorkspace(context, slug, changes)
      forget()
      if (!row) throw noWorkspace(slug)
      return toWorkspace(row)
    },
    remove: async (slug) => {
      const removed = await deleteWorkspace(context, slug)
      forget()
      if (!removed) throw noWorkspace(slug)
    },
  }
}

export async function existingWorkspace(context: Context, slug: string): Promise<WorkspaceRow> {
  const workspace = await findWorkspace(context, textOf('A workspace', slug))
  if (!workspace) throw noWorkspace(slug)
  return workspace
}

export function noWorkspace(slug: string): WorkspaceRefused {
  return new WorkspaceRefused('unknown', `There is no workspace "${slug}".`, { workspace: slug })
}
