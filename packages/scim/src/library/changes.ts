import type { Context } from '../provisioning/call.ts'
import { BEGINNING } from '../provisioning/feed/position.ts'
import { endOfFeed, type FeedPart, readFeed } from '../provisioning/feed/read.ts'
import type { ChangeKind } from '../store/changes.ts'
import { limitOf } from './given.ts'
import { existingWorkspace } from './workspaces.ts'

/** A change of a workspace, with every membership that it touches as that membership is *now*. */
export interface Change {
  /** `chg_…`. Parts of a change that is too large for one page share it. */
  readonly id: string
  readonly kind: ChangeKind
  readonly at: number
  /** Who made it: `label` is a token's label, an admin's name or the host application. */
  readonly actor: { readonly kind: 'token' | 'admin' | 'host' | 'system'; readonly label: string }
  /** The activity entry of the SCIM request behind it. */
  readonly request: string | null
  /** The group as the change left it; of a change of people there is none. */
  readonly group: { readonly id: string; readonly displayName: string; readonly externalId: string | null } | null
  /** What the kind has to say beside, such as `from` and `to` of a rename. */
  readonly details: Readonly<Record<string, string | null>> | null
  /** Empty for `group_deleted`, which ends every membership of its group. */
  readonly memberships: readonly {
    readonly group: string
    readonly person: string
    readonly effective: boolean
  }[]
  /** Whether nothing of this change comes after. */
  readonly complete: boolean
}

/**
 * What happened, in the order of commits: nothing is missed, and nothing is told twice. To keep a table of one's own in
 * step: for `group_deleted` forget the group, else store or forget each of `memberships`, then keep `position`. Whoever
 * reaches the end holds exactly what `groups.members` answers, wherever it stopped meanwhile.
 */
export interface Changes {
  /**
   * Goes on `after` a position, or begins; `limit` bounds the memberships of a page (default 1,000). `position` is for
   * the next call, also where nothing new has happened. A position that is not of this workspace's feed is refused with
   * `feed_position_unknown`.
   */
  read(
    workspace: string,
    query?: { readonly after?: string | undefined; readonly limit?: number },
  ): Promise<{ changes: Change[]; position: string; more: boolean }>
  /** The position at which the feed ends now; for a consumer that begins with `groups.list` and `groups.members`. */
  end(workspace: string): Promise<string>
}

const LIMIT = 1_000
const MOST = 10_000

export function changesOf(context: Context): Changes {
  return {
    read: async (slug, { after = BEGINNING, limit } = {}) => {
      const { key } = await existingWorkspace(context, slug)
      const bounded = Math.min(limitOf(limit, LIMIT), MOST)
      const { parts, position, more } = await readFeed(context.store, key, { after, limit: bounded })
      return { changes: parts.map(toChange), position, more }
    },
    end: async (slug) => {
      const { key } = await existingWorkspace(context, slug)
      return endOfFeed(context.store, key)
    },
  }
}

function toChange({ change, touched, whole }: FeedPart): Change {
  const { group_id: id, group_name: displayName, group_external_id: externalId } = change
  return {
    id: change.id,
    kind: change.kind,
    at: change.at,
    actor: { kind: change.actor, label: change.actor_label },
    request: change.request,
    group: id === null || displayName === null ? null : { id, displayName, externalId },
    details: change.details === null ? null : JSON.parse(change.details),
    memberships: touched.map(({ group, person, effective }) => ({ group, person, effective: effective === 1 })),
    complete: whole,
  }
}
