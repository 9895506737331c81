import type { Clock } from '../base/clock.ts'
import { newId } from '../base/ids.ts'
import type { ChangeKind, ChangeRow } from '../store/changes.ts'
import { isLarge } from '../store/pieces.ts'
import type { Scope, Store, Writer } from '../store/store.ts'
import type { WorkspaceRow } from '../store/workspaces.ts'

/** What every use case works with. */
export interface Context {
  readonly store: Store
  readonly clock: Clock
  /** The SCIM base URL, `https://…/api/auth/scim/v2`, without a slash at its end. */
  readonly baseUrl: string
}

export interface Actor {
  readonly kind: ChangeRow['actor']
  /** A token's label, an admin's or the host application's name. */
  readonly label: string
}

/** The host application's own calls. */
export const HOST: Actor = { kind: 'host', label: 'host application' }

/** One call of a use case that writes: in which workspace, by whom, when. */
export interface Call {
  readonly workspace: WorkspaceRow
  readonly actor: Actor
  /** The id of the activity entry, where a SCIM request is behind the call. */
  readonly request: string | null
  readonly at: number
  /** The provider of the token, where one calls. */
  readonly provider?: string
  /** Writes the activity entry, within the transaction of what it tells of. */
  readonly record?: (writer: Writer, effect: Effect) => Promise<void>
}

/** What a call did, as the activity entry tells it. */
export interface Effect {
  readonly groupId?: string
  readonly personId?: string
  readonly created?: boolean
  readonly deleted?: boolean
  /** From, to. */
  readonly renamed?: readonly [string, string]
  readonly externalId?: readonly [string | null, string | null]
  readonly added?: number
  readonly removed?: number
  /** Members before and after. */
  readonly members?: readonly [number, number]
  readonly suspended?: boolean
  /** Attributes of a person's record that were written. */
  readonly attributes?: readonly string[]
  /** Of the group or the person, as the write left it. */
  readonly version?: number
}

/** Of a transaction about one group; a large one shares nothing with others, which would wait for it. */
export function groupScope(
  { workspace }: Call,
  group: string,
  size = 0,
  names: readonly string[] = [],
): Scope | undefined {
  return isLarge(size) ? undefined : { workspace: workspace.key, group, names }
}

export function peopleScope({ workspace }: Call): Scope {
  return { workspace: workspace.key, people: true }
}

/** Runs a use case as one transaction, with its activity entry in it. */
export function perform<T extends { readonly effect: Effect }>(
  context: Context,
  call: Call,
  work: (writer: Writer) => Promise<T>,
  scope?: Scope,
): Promise<T> {
  return context.store.write(async (writer) => {
    const result = await work(writer)
    await call.record?.(writer, result.effect)
    return result
  }, scope)
}

/** The part of a change that its call decides. */
export function changeOf(
  call: Call,
  kind: ChangeKind,
): Pick<ChangeRow, 'workspace' | 'id' | 'at' | 'kind' | 'actor' | 'actor_label' | 'request'> {
  return {
    workspace: call.workspace.key,
    id: newId('chg', call.at),
    at: call.at,
    kind,
    actor: call.actor.kind,
    actor_label: call.actor.label,
    request: call.request,
  }
}
