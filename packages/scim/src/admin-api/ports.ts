import type { Principal } from './access.ts'
import type { Admin, Invitation, NewAdmin } from './schemas/admins.ts'
import type { Language } from './schemas/common.ts'
import type { Guide } from './schemas/guides.ts'
import type { Rehearsal } from './schemas/rehearsals.ts'

/** What the service brings beside the library; where a port is missing, its routes answer `not_installed`. */
export interface AdminPorts {
  readonly admins?: AdminsPort
  readonly rehearsals?: RehearsalsPort
  readonly guides?: GuidesPort
}

/**
 * Who signs in. A workspace is named by its slug; null means operators, who have all workspaces. Each call refuses, by
 * {@link AdminRefused} `workspace_unknown`, a workspace that there is not.
 */
export interface AdminsPort {
  list(workspace: string | null): Promise<readonly Admin[]>
  /** An admin of workspaces, or an operator, once they accept. Refuses, by {@link AdminRefused} `admin_refused`, who is there already. */
  invite(workspaces: readonly string[] | null, admin: NewAdmin, by: Principal): Promise<Invitation>
  /** Takes the role away, or the invitation back; answers whether there was one. */
  remove(workspace: string | null, admin: string, by: Principal): Promise<boolean>
}

/** Plays providers' sessions against this very server, each in a scratch workspace that is gone afterwards. */
export interface RehearsalsPort {
  providers(): Promise<readonly { readonly name: string; readonly title: string }[]>
  /** Whether a workspace is one of these: those that ask for all workspaces do not ask for it. */
  isScratch(workspace: string): boolean
  /** Nothing where the provider has no session. */
  play(provider: string): Promise<Rehearsal | undefined>
}

export interface GuidesPort {
  /** Nothing where there is no such guide. */
  read(provider: string, language: Language): Promise<Guide | undefined>
}
