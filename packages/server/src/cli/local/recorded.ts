import { type AuditIntent, type Scim, ScimError } from '@optimaite/scim'
import { whoTypes } from '../whoTypes.ts'

/** What a command changes, by the name that the admin API has for it. */
export interface Change<T> {
  readonly action: string
  /** Of the workspace that it is about; null: the service. */
  readonly workspace: string | null
  readonly target?: string
  readonly details?: AuditIntent['details']
  /** The id of what was made. */
  readonly made?: (result: T) => string | null
  readonly perform: () => Promise<T>
}

export type Recorded = <T>(change: Change<T>) => Promise<T>

/** Puts what commands change into the audit trail of the store, as done by whoever types. */
export function recordedIn({ audit }: Pick<Scim, 'audit'>): Recorded {
  const name = whoTypes()
  return async ({ action, workspace, target, details, made, perform }) => {
    const actor = { kind: 'command_line', id: '', name }
    const begun = await audit.begin({ workspace, actor, address: null, action, target: target ?? null, details })
    const result = await perform().catch(async (error) => {
      // What went wrong is what has to be told.
      await begun.settle({ status: statusOf(error) }).catch(() => {})
      throw error
    })
    // What was done must not be settled as a failure.
    await begun.settle({ status: 200, ...(made && { target: made(result) }) }).catch((cause) => {
      throw new ScimError('answer_lost', {}, {}, cause)
    })
    return result
  }
}

/** As the admin API would have answered, as far as that is known here. */
function statusOf(error: unknown): number {
  if (error instanceof ScimError) return error.status
  const isRefusal = error instanceof Error && /Refused$|^Fault$/.test(error.name)
  return isRefusal ? 409 : 500
}
