import { refuse } from '../base/errors.ts'
import type { Context } from '../provisioning/call.ts'
import {
  createSetupLink,
  endSetupLink,
  listSetupLinks,
  type NewSetupLink,
  type SetupLink,
} from '../provisioning/setup/links.ts'
import {
  claimSetup,
  issueBySetup,
  openSetup,
  type SetupClient,
  type SetupSession,
} from '../provisioning/setup/session.ts'
import { PROVIDERS, type Provider, type Token } from '../provisioning/tokens/tokens.ts'
import { nameOf, textOf } from './given.ts'
import { existingWorkspace, noWorkspace } from './workspaces.ts'

/**
 * Links by which somebody outside sets up one workspace, without an account: good for seven days, claimed by one browser,
 * and holding one live token at the most.
 */
export interface SetupLinks {
  /** `secret` is what the link carries; it is answered this once. */
  create(workspace: string, link: NewSetupLink): Promise<{ link: SetupLink; secret: string }>
  /** The oldest first. */
  list(workspace: string): Promise<SetupLink[]>
  /**
   * Answers the link as it is now; nothing where there is none. `token`: whether the token that it issued last is revoked too,
   * which can still be asked of a link that is revoked already.
   */
  revoke(
    workspace: string,
    id: string,
    options?: { readonly token?: boolean | undefined },
  ): Promise<SetupLink | undefined>
  /**
   * Binds the link to one browser, which keeps `session`; it is answered this once. Refuses with `SetupRefused` whatever opens
   * nothing, as does every later claim of the same link.
   */
  claim(secret: string, client: SetupClient): Promise<{ session: string; link: SetupLink }>
  /** What a session sees; nothing once its link is revoked, expired or gone. */
  open(session: string): Promise<SetupSession | undefined>
  /** Retires the token that the link issued before; `text` is answered this once. Refuses with `SetupRefused`. */
  issueToken(session: string, client: SetupClient): Promise<{ token: Token; text: string }>
}

/** `forget` is called after each change that the SCIM endpoint must notice at once. */
export function setupLinksOf(context: Context, forget: () => void): SetupLinks {
  return {
    create: async (slug, { provider, note, by }) => {
      const workspace = await existingWorkspace(context, slug)
      const created = await createSetupLink(context, workspace, {
        provider: providerOf(provider),
        note: note == null || note.trim() === '' ? null : nameOf('A note', note),
        by: nameOf('Who creates it', by),
      })
      if (!created) throw noWorkspace(slug)
      return created
    },
    list: async (slug) => listSetupLinks(context, await existingWorkspace(context, slug)),
    revoke: async (slug, id, options = {}) => {
      const link = await endSetupLink(context, await existingWorkspace(context, slug), textOf('An id', id), options)
      forget()
      return link
    },
    claim: async (secret, client) => claimSetup(context, textOf('A secret', secret), client),
    open: async (session) => openSetup(context, textOf('A session', session)),
    issueToken: async (session, client) => {
      const issued = await issueBySetup(context, textOf('A session', session), client)
      forget()
      return issued
    },
  }
}

function providerOf(provider: Provider): Provider {
  if (!PROVIDERS.includes(provider))
    throw refuse('invalid_value', `There is no provider "${provider}". There are: ${PROVIDERS.join(', ')}.`)
  return provider
}
