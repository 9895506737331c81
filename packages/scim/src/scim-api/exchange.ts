import { ScimError } from '../base/errors.ts'
import type { Json } from '../base/json.ts'
import type { Reading } from '../protocol/patch/operation.ts'
import type { Call, Context, Effect } from '../provisioning/call.ts'
import { insertActivity } from '../store/activity.ts'
import type { Client } from './authenticate.ts'
import { activityRow, type Draft } from './record.ts'
import type { RenderedGroups } from './render/rendered.ts'
import type { Match } from './routes.ts'
import type { WireRequest } from './wire.ts'

/** One request on its way through the floors, with what is known of it so far. */
export interface Exchange {
  readonly context: Context
  readonly request: WireRequest
  readonly match: Match
  /** Of this process's handler. */
  readonly rendered: RenderedGroups
  readonly client: Client
  /** The id of its activity entry, and the reference in an error. */
  readonly reference: string
  readonly at: number
  /** What its activity entry will say; filled in as it becomes known. */
  readonly draft: Draft
}

/** What handlers answer; `respond` makes headers and body of it. */
export interface Answer {
  readonly status: number
  readonly body?: string | AsyncIterable<string>
  /** Of the resource: `Content-Location`, and `Location` where it was created. */
  readonly location?: string
  readonly created?: boolean
  readonly version?: number
}

export type Handler = (exchange: Exchange, body: Json) => Promise<Answer>

/** The call of a use case that this request makes; its activity entry is written in the same transaction. */
export function callOf(exchange: Exchange, status: number): Call {
  const { client, reference, at, draft } = exchange
  return {
    workspace: client.workspace,
    actor: { kind: 'token', label: client.token.label },
    request: reference,
    at,
    provider: client.token.provider,
    record: async (writer, effect: Effect) => {
      draft.groupId ??= effect.groupId
      draft.personId ??= effect.personId
      draft.effect = effect
      draft.stored = true
      await insertActivity(writer, activityRow(draft, status, exchange.context.clock()))
    },
  }
}

/** Reads what a write has left. It is committed by now, so that a failure must not be answered as if nothing had changed. */
export async function afterWrite<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    throw new ScimError('answer_lost', {}, {}, error)
  }
}

/** The parameters in the URL. */
export function searchOf({ request }: Exchange): URLSearchParams {
  return new URLSearchParams(request.query)
}

/** Keeps what reading a body found out for the activity entry. */
export function note({ draft }: Exchange, { rules, ignored }: Reading): void {
  draft.rules = rules
  draft.ignored = ignored
}
