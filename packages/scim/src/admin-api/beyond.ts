import type { Scope } from '../provisioning/keys/scopes.ts'
import { has, type Principal } from './access.ts'
import { AdminRefused } from './refusals.ts'

/** Nobody gives more than they have, neither to a key nor to an admin. `workspace` null: in all of them. */
export function refuseBeyond(principal: Principal, scopes: Iterable<Scope>, workspace: string | null): void {
  const beyond = [...scopes].filter((scope) => !has(principal, scope, workspace))
  if (beyond.length > 0) throw new AdminRefused('scopes_beyond', { scopes: beyond.join(', ') })
}
