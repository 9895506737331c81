import type { AuditIntent, AuditOutcome, NewAuditEntry } from '../provisioning/audit/audit.ts'
import type { AuditTarget } from '../provisioning/audit/target.ts'
import type { Principal } from './access.ts'
import type { ClientFacts, Noted } from './route.ts'

type Params = Readonly<Record<string, string>>

/** What the audit trail is told of a call: never its query nor its body. */
export interface Told {
  readonly principal: Principal
  readonly client: ClientFacts
  readonly operation: string
  readonly params: Params
  /** Whether the path's workspace is not there, or not for the principal to know of. */
  readonly outside: boolean
}

/** What a call is about to do, or was refused. */
export function intentOf({ principal, client, operation, params, outside }: Told): AuditIntent {
  const { kind, id, name } = principal
  return {
    ...placeOf(principal, params, outside),
    actor: { kind, id, name },
    address: client.address,
    action: operation,
  }
}

/** How it ended, with what its handler knew then. */
export function outcomeOf(
  { principal, params, outside }: Told,
  { target, details }: Noted,
  status: number,
): AuditOutcome {
  const place = placeOf(principal, params, outside)
  return { ...place, status, ...(target !== undefined && { target }), ...(details !== undefined && { details }) }
}

/** The one entry of all reads alike in an hour: which of the workspace's things they were of differs. */
export function readOf(told: Told): NewAuditEntry {
  return { ...intentOf(told), target: null, status: 200, read: true }
}

function placeOf(principal: Principal, params: Params, outside: boolean) {
  return {
    // Of a workspace that the caller does not reach, nothing is written where its own admins would read it.
    workspace: outside ? null : (params.workspace ?? ownOf(principal)),
    target: targetOf(params, outside),
  }
}

function ownOf(principal: Principal): string | null {
  return principal.kind === 'setup_link' ? principal.workspace : null
}

/** What the path names. */
function targetOf(params: Params, outside: boolean): AuditTarget | null {
  if (outside) return params
  const { workspace: _, ...named } = params
  return named
}
