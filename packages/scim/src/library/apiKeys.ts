import { refuse } from '../base/errors.ts'
import type { Context } from '../provisioning/call.ts'
import {
  type ApiKey,
  authenticateApiKey,
  findApiKey,
  issueApiKey,
  type KeyUse,
  listApiKeys,
  type NewApiKey,
  type Owner,
  retireApiKey,
} from '../provisioning/keys/keys.ts'
import { isScope, SCOPES, type Scope } from '../provisioning/keys/scopes.ts'
import { listOf, nameOf, textOf, timeOf } from './given.ts'
import { existingWorkspace, noWorkspace } from './workspaces.ts'

/** Keys of the admin API, each for an application: of one workspace by its slug, or, for null, of all and the service. */
export interface ApiKeys {
  /**
   * `text` is what the application needs; it is answered this once. Refuses, with `invalid_value`, a key without scopes or
   * with unknown ones, and one that would have expired already. `expiresAt` is in milliseconds since the epoch; null: until
   * it is revoked.
   */
  issue(key: NewApiKey & { readonly workspace: string | null }): Promise<{ key: ApiKey; text: string }>
  /** The oldest first; for null only those that are for no one workspace. */
  list(workspace: string | null): Promise<ApiKey[]>
  /** Whosever it is. */
  find(id: string): Promise<ApiKey | undefined>
  /** Answers whether it was not revoked until now. */
  revoke(workspace: string | null, id: string): Promise<boolean>
  /** The key that a text is of, as long as it is live; `use` is noted once a minute. */
  authenticate(text: string, use?: KeyUse): Promise<ApiKey | undefined>
}

export function apiKeysOf(context: Context): ApiKeys {
  const ownerOf = async (slug: string | null): Promise<Owner> =>
    slug === null ? null : existingWorkspace(context, slug)
  return {
    issue: async ({ workspace, name, scopes, expiresAt, by }) => {
      const owner = await ownerOf(workspace)
      const issued = await issueApiKey(context, owner, {
        name: nameOf('A name', name),
        scopes: scopesOf(scopes),
        expiresAt: expiresAt === null ? null : endOf(expiresAt, context.clock()),
        by: nameOf('Who issues it', by),
      })
      if (!issued) throw noWorkspace(workspace ?? '')
      return issued
    },
    list: async (slug) => listApiKeys(context, await ownerOf(slug)),
    find: async (id) => findApiKey(context, textOf('An id', id)),
    revoke: async (slug, id) => retireApiKey(context, await ownerOf(slug), textOf('An id', id)),
    authenticate: async (text, use = { address: null, client: null }) =>
      authenticateApiKey(context, textOf('A key', text), use),
  }
}

function scopesOf(scopes: readonly Scope[]): readonly Scope[] {
  const unknown = listOf('Scopes', scopes).filter((scope) => !isScope(scope))
  if (unknown.length > 0)
    throw refuse('invalid_value', `${unknown.map(String).join(', ')}: no such scope. There are: ${SCOPES.join(', ')}.`)
  if (scopes.length === 0) throw refuse('invalid_value', 'A key without scopes could do nothing: name one at least.')
  return scopes
}

function endOf(at: number, now: number): number {
  if (timeOf(at) <= now) throw refuse('invalid_value', 'The key would have expired already.')
  return at
}
