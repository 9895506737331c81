import { isGroupId, isPersonId } from '../base/ids.ts'
import type { Principal } from './access.ts'
import type { ClientFacts, Noted } from './route.ts'
import type { AdminLibrary } from './surface.ts'

/** What the audit trail is told of a call: never its query nor its body. */
export interface Told extends Omit<Noted, 'principal'> {
  readonly principal: Principal
  readonly client: ClientFacts
  readonly operation: string
  readonly params: Readonly<Record<string, string>>
  readonly status: number
  /** Whether the path's workspace is not there, or not for the principal to know of. */
  readonly outside: boolean
}

/** Writes an entry; answers its id. */
export function writeAudit({ audit }: AdminLibrary, told: Told): Promise<string> {
  const { principal, client, operation, params, status, details, target, outside } = told
  const { kind, id, name } = principal
  return audit.write({
    // Of a workspace that the caller does not reach, nothing is written where its own admins would read it.
    workspace: outside ? null : (params.workspace ?? ownOf(principal)),
    actor: { kind, id, name },
    address: client.address,
    action: operation,
    target: target ?? targetOf(params, outside),
    status,
    ...(details !== undefined && { details }),
  })
}

function ownOf(principal: Principal): string | null {
  return principal.kind === 'setup_link' ? principal.workspace : null
}

/**
 * What the path names, by ids alone: people can be named by their userNames, which erasing them would have to find here.
 */
function targetOf(params: Readonly<Record<string, string>>, outside: boolean): string | null {
  const names = Object.entries(params).filter(([name]) => name !== 'workspace' || outside)
  return names.length === 0 ? null : names.map(([name, value]) => shown(name, value)).join(' ')
}

function shown(name: string, value: string): string {
  if (name === 'person') return isPersonId(value) ? value : '…'
  if (name === 'group') return isGroupId(value) ? value : '…'
  return /^[\w-]{1,128}$/.test(value) ? value : '…'
}
