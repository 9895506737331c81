import type { Context } from '../provisioning/call.ts'
import {
  endToken,
  issueToken,
  listTokens,
  type NewToken,
  retireToken,
  type Token,
} from '../provisioning/tokens/tokens.ts'
import { existingWorkspace } from './workspaces.ts'

/** SCIM tokens of a workspace; several may be live at once, so that rotation is issue, see the new one used, retire the old. */
export interface Tokens {
  /** `text` is what the provider needs; it is answered this once. */
  issue(workspace: string, token: NewToken): Promise<{ token: Token; text: string }>
  list(workspace: string): Promise<Token[]>
  /** Answers whether the token was live until now. */
  revoke(workspace: string, id: string): Promise<boolean>
  /** Brings a token's end forward (milliseconds since the epoch), such as that of the old one in a rotation. */
  end(workspace: string, id: string, at: number): Promise<void>
}

export function tokensOf(context: Context, forget: () => void): Tokens {
  return {
    issue: async (slug, token) => issueToken(context, await existingWorkspace(context, slug), token),
    list: async (slug) => listTokens(context, await existingWorkspace(context, slug)),
    revoke: async (slug, id) => {
      const revoked = await retireToken(context, await existingWorkspace(context, slug), id)
      forget()
      return revoked
    },
    end: async (slug, id, at) => {
      await endToken(context, await existingWorkspace(context, slug), id, at)
      forget()
    },
  }
}
