import { SCOPES, type Scope } from '../provisioning/keys/scopes.ts'

/** Who calls. */
export type Principal =
  | {
      readonly kind: 'operator'
      readonly id: string
      readonly name: string
      readonly email?: string
      readonly language?: 'en' | 'de'
    }
  | {
      readonly kind: 'workspace_admin'
      readonly id: string
      readonly name: string
      readonly email?: string
      readonly language?: 'en' | 'de'
      /** Slugs. */
      readonly workspaces: readonly string[]
    }
  | {
      readonly kind: 'api_key'
      readonly id: string
      readonly name: string
      /** A slug; null for all workspaces. */
      readonly workspace: string | null
      readonly scopes: readonly Scope[]
    }
  | { readonly kind: 'setup_link'; readonly id: string; readonly name: string; readonly workspace: string }

/**
 * Whom a route is for. `workspace` asks for the scope in the workspace that the path names, `service` for all workspaces,
 * and `own` wherever the principal has it: the route then answers of these workspaces only.
 */
export type Access =
  | { readonly for: 'anyone' }
  | { readonly for: 'setup_link' }
  | { readonly for: 'principal' }
  | { readonly scope: Scope; readonly level: 'service' | 'workspace' | 'own' }

export type Decision =
  | 'allowed'
  /** As if the workspace were not there. */
  | 'hidden'
  | 'forbidden'

interface Powers {
  readonly scopes: ReadonlySet<Scope>
  /** Whether they reach beyond workspaces. */
  readonly service: boolean
  reaches(workspace: string): boolean
}

/** An operator's. */
export const ALL: ReadonlySet<Scope> = new Set(SCOPES)
const NONE: Powers = { scopes: new Set(), service: false, reaches: () => false }

/** A workspace admin neither makes nor removes workspaces, nor turns SCIM on. */
export const OF_WORKSPACE_ADMINS: ReadonlySet<Scope> = new Set(SCOPES.filter((scope) => scope !== 'workspaces:write'))

/** What each kind of principal may, in one place. A kind that is not here may nothing. */
export function powersOf(principal: Principal): Powers {
  switch (principal.kind) {
    case 'operator':
      return { scopes: ALL, service: true, reaches: () => true }
    case 'workspace_admin': {
      const own = new Set(principal.workspaces)
      return { scopes: OF_WORKSPACE_ADMINS, service: false, reaches: (workspace) => own.has(workspace) }
    }
    case 'api_key': {
      const { workspace: own } = principal
      const reaches = (workspace: string): boolean => own === null || own === workspace
      return { scopes: new Set(principal.scopes), service: own === null, reaches }
    }
    default:
      return NONE
  }
}

/** Whether a principal may use a route; what is not known here is denied. */
export function decide(principal: Principal, access: Access, workspace: string | undefined): Decision {
  if ('for' in access) return isFor(principal, access.for) ? 'allowed' : 'forbidden'
  const powers = powersOf(principal)
  const has = powers.scopes.has(access.scope)
  switch (access.level) {
    case 'workspace':
      if (workspace === undefined || !powers.reaches(workspace)) return 'hidden'
      return has ? 'allowed' : 'forbidden'
    case 'service':
      return has && powers.service ? 'allowed' : 'forbidden'
    case 'own':
      return has ? 'allowed' : 'forbidden'
    default:
      return 'forbidden'
  }
}

/** Whether a principal has a scope in a workspace, or in all of them. */
export function has(principal: Principal, scope: Scope, workspace: string | null): boolean {
  const access = { scope, level: workspace === null ? 'service' : 'workspace' } as const
  return decide(principal, access, workspace ?? undefined) === 'allowed'
}

function isFor({ kind }: Principal, who: string): boolean {
  if (who === 'setup_link') return kind === 'setup_link'
  return who === 'principal' && (kind === 'operator' || kind === 'workspace_admin' || kind === 'api_key')
}
