import { isActivityId, isGroupId, isHoldId, isPersonId } from '../../base/ids.ts'
import { holdsSecret } from '../../base/secrets.ts'
import { isPublicId } from '../tokens/text.ts'
import { isSlug } from '../workspaces.ts'

/** Ids by their kinds, as they were given; or ids of whoever mounts the library, with blanks between. */
export type AuditTarget =
  | string
  | {
      readonly [kind in
        | 'workspace'
        | 'person'
        | 'group'
        | 'hold'
        | 'token'
        | 'key'
        | 'link'
        | 'admin'
        | 'activity'
        | 'position'
        | 'provider'
        | 'cause']?: string
    }

/** The form of each kind of id, by what paths of the admin API call it. */
export const TARGETS: Readonly<Record<keyof Exclude<AuditTarget, string>, (id: string) => boolean>> = {
  workspace: isSlug,
  person: isPersonId,
  group: isGroupId,
  hold: isHoldId,
  token: isPublicId,
  key: isPublicId,
  link: isPublicId,
  admin: isForeignId,
  activity: isActivityId,
  position: (id) => /^\d{1,16}$/.test(id),
  provider: isForeignId,
  cause: (cause) => /^[a-z_]{1,40}$/.test(cause),
}

/**
 * What the trail keeps of what was given: ids alone. A person's userName would outlive the person's erasure, and where an id
 * belongs somebody may have pasted a secret.
 */
export function shownTarget(target: AuditTarget | null): string | null {
  if (target === null) return null
  const words =
    typeof target === 'string'
      ? target.split(' ').map((word) => shown(isForeignId(word), word))
      : Object.entries(target).map(([kind, id]) => shown(isOfKind(kind, id), id))
  return words.length === 0 ? null : words.join(' ')
}

function isOfKind(kind: string, id: string): boolean {
  return Object.hasOwn(TARGETS, kind) && TARGETS[kind as keyof typeof TARGETS](id)
}

function shown(isId: boolean, id: string): string {
  return isId && !holdsSecret(id) ? id : '…'
}

/** Of accounts and the like, which are not the library's own: shorter than a secret that means something to anybody. */
function isForeignId(text: string): boolean {
  return /^[\w-]{1,40}$/.test(text)
}
