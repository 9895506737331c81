import type { Scim } from '@optimaite/scim'
import { type Admin, AdminRefused, type AdminsPort } from '@optimaite/scim/admin'
import { type Admin as Account, type Admins, AdminsRefused } from '../sign-in/admins.ts'
import type { WorkspaceMark } from '../sign-in/roles.ts'

/** Who signs in, as the admin API takes it. */
export function adminsPort(admins: Admins, workspaces: Pick<Scim['workspaces'], 'find'>): AdminsPort {
  const markOf = async (slug: string): Promise<WorkspaceMark> => {
    const workspace = await workspaces.find(slug)
    if (!workspace) throw new AdminRefused('workspace_unknown', { workspace: slug })
    return { slug, createdAt: workspace.createdAt }
  }
  return {
    list: async (slug) => (await admins.list(slug === null ? null : await markOf(slug))).map(toAdmin),
    invite: async (slugs, { email, name }, by) => {
      const marks = slugs === null ? null : await Promise.all([...new Set(slugs)].map(markOf))
      const invited = admins.invite(marks, { email, name }, by.name)
      const { admin, url } = await invited.catch(refused)
      return { admin: toAdmin(admin), url }
    },
    remove: async (slug, id) => admins.remove(slug === null ? null : await markOf(slug), id).catch(refused),
  }
}

function refused(error: unknown): never {
  if (!(error instanceof AdminsRefused)) throw error
  const { message: reason, code, email } = error
  throw new AdminRefused('admin_refused', { reason, code, email })
}

function toAdmin({ createdAt, lastSignInAt, ...admin }: Account): Admin {
  const time = (at: number): string => new Date(at).toISOString()
  return { ...admin, createdAt: time(createdAt), lastSignInAt: lastSignInAt === null ? null : time(lastSignInAt) }
}
