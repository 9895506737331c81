import {
  type AuditIntent,
  type AuditOutcome,
  type AuditTarget,
  HistoryRefused,
  RowsRefused,
  type Scim,
  ScimError,
  WorkspaceRefused,
} from '@optimaite/scim'
import { whoTypes } from '../whoTypes.ts'

/** What a command changes, by the name that the admin API has for it, and with what the API writes of it. */
export interface Change<T> {
  readonly action: string
  /** Of the workspace that it is about; null: the service. */
  readonly workspace: string | null
  readonly target?: Exclude<AuditTarget, string>
  readonly details?: AuditIntent['details']
  /** What the API answers where it succeeds; 200 unless told otherwise. */
  readonly status?: number
  /** Whether what came of it means that there was none: then nothing was done. */
  readonly none?: (result: T) => boolean
  /** What is known only afterwards. */
  readonly noted?: (result: T) => Pick<AuditOutcome, 'target' | 'details'>
  readonly perform: () => Promise<T>
}

export type Recorded = <T>(change: Change<T>) => Promise<T>

/** Puts what commands change into the audit trail of the store, as done by whoever types. */
export function recordedIn({ audit }: Pick<Scim, 'audit'>): Recorded {
  const name = whoTypes()
  return async (change) => {
    const { action, workspace, target = null, details, perform } = change
    const actor = { kind: 'command_line', id: '', name }
    const begun = await audit.begin({ workspace, actor, address: null, action, target, details })
    const result = await perform().catch(async (error) => {
      // What went wrong is what has to be told.
      await begun.settle(failureOf(change, error)).catch(() => {})
      throw error
    })
    // What was done must not be settled as a failure.
    await begun.settle(outcomeOf(change, result)).catch((cause) => {
      throw new ScimError('answer_lost', {}, {}, cause)
    })
    return result
  }
}

function outcomeOf<T>({ status = 200, none, noted }: Change<T>, result: T): AuditOutcome {
  if (none?.(result)) return { status: NOT_FOUND }
  return { status, ...noted?.(result) }
}

/** What is about a workspace that is not there names it as its target, in the service's trail. */
function failureOf<T>({ workspace, target }: Change<T>, error: unknown): AuditOutcome {
  const isNowhere = workspace !== null && error instanceof WorkspaceRefused && error.code === 'unknown'
  return { status: statusOf(error), ...(isNowhere && { workspace: null, target: { workspace, ...target } }) }
}

const NOT_FOUND = 404

const OF_WORKSPACES = {
  unknown: NOT_FOUND,
  taken: 409,
  slug: 400,
  name: 400,
  guard: 400,
} as const satisfies Record<WorkspaceRefused['code'], number>

const OF_HISTORY = {
  group_unknown: NOT_FOUND,
  group_deleted: 409,
  person_unknown: NOT_FOUND,
  preview_outdated: 409,
} as const satisfies Record<HistoryRefused['code'], number>

/** As the admin API would have answered; loading it to be told takes too long. */
function statusOf(error: unknown): number {
  if (error instanceof ScimError) return error.status
  if (error instanceof WorkspaceRefused) return OF_WORKSPACES[error.code]
  if (error instanceof HistoryRefused) return OF_HISTORY[error.code]
  if (error instanceof RowsRefused) return 400
  const isRefusal = error instanceof Error && /Refused$|^Fault$/.test(error.name)
  return isRefusal ? 409 : 500
}
