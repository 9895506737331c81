import { HOUR, MINUTE } from '../base/clock.ts'
import type { ScimError } from '../base/errors.ts'
import type { Json } from '../base/json.ts'
import { withoutSecrets } from '../base/secrets.ts'
import type { Context, Effect } from '../provisioning/call.ts'
import { type Refusal, type RefusalReason, recordTokens } from '../provisioning/tokens/tokens.ts'
import { type ActivityRow, insertActivity, repeatActivity } from '../store/activity.ts'
import type { TokenUse } from '../store/tokens.ts'
import type { Client } from './authenticate.ts'
import { isWhole, redactPath, shapeOf } from './shape.ts'

/** An activity entry in the making. */
export interface Draft {
  readonly id: string
  readonly at: number
  readonly client: Client
  readonly agent: string | null
  readonly address: string | null
  readonly method: string
  readonly route: string
  groupId?: string | undefined
  personId?: string | undefined
  effect?: Effect
  /** What a look-up asked for and found. */
  lookup?: { readonly filter?: string; readonly found: number }
  rules?: readonly string[]
  ignored?: readonly string[]
  body?: Json
  /** Written already, in the transaction of what it tells of. */
  stored?: boolean
}

const FLUSH_MILLISECONDS = 1_000
/** Equal polls within this time are one entry with a count. */
const FOLD_MILLISECONDS = HOUR
const FOLDED_LIMIT = 2_000
/** Entries waiting to be written; beyond it the oldest reads are forgotten rather than memory spent. */
const WAITING_LIMIT = 20_000

export function activityRow(draft: Draft, status: number, now: number, error?: ScimError): ActivityRow {
  const shape = draft.body === undefined ? null : shapeOf(draft.body, draft.route)
  const told = summaryOf(draft, error)
  const summary = draft.body !== undefined && isWhole(draft.body, shape) ? { ...told, whole: true } : told
  return {
    workspace: draft.client.workspace.key,
    id: draft.id,
    at: draft.at,
    last_at: draft.at,
    count: 1,
    token_key: draft.client.token.key,
    client: draft.agent,
    address: draft.address,
    method: draft.method,
    route: draft.route,
    status,
    duration: now - draft.at,
    problem: error?.code ?? null,
    detail: error?.detail ?? null,
    // What stands here was sent, and somebody may have pasted a token where an id or a name belongs.
    group_id: safe(draft.groupId),
    person_id: safe(draft.personId),
    summary: summary ? safe(JSON.stringify(summary)) : null,
    rules: draft.rules?.length ? JSON.stringify(draft.rules) : null,
    ignored: draft.ignored?.length ? safe(JSON.stringify(draft.ignored.map(redactPath))) : null,
    shape: safe(shape),
  }
}

function safe(text: string | null | undefined): string | null {
  return text == null ? null : withoutSecrets(text)
}

/** Of a write that was lost with its transaction, nothing is said to have happened. */
function summaryOf({ lookup, effect }: Draft, error: ScimError | undefined): object | undefined {
  if (!error) return lookup ?? effect
  const { headers } = error
  return Object.keys(headers).length === 0 ? lookup : { ...lookup, headers }
}

interface Folded {
  readonly id: string
  readonly since: number
}

interface Repeat {
  readonly workspace: number
  readonly id: string
  count: number
  at: number
}

/**
 * Writes what happened without changing anything: reads, refusals, last uses of tokens. It is gathered and written once a
 * second, so a crash may lose the last of it; what changed something is written with the change itself.
 */
export class Recorder {
  readonly #context: Context
  readonly #onFault: (error: unknown) => void
  #entries: ActivityRow[] = []
  #repeats = new Map<string, Repeat>()
  #uses = new Map<number, TokenUse>()
  #refusals = new Map<string, Refusal & { count: number }>()
  readonly #folded = new Map<string, Folded>()
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()

  constructor(context: Context, onFault: (error: unknown) => void) {
    this.#context = context
    this.#onFault = onFault
  }

  /** A token was used. */
  used(client: Client, at: number, address: string | null, agent: string | null): void {
    const { key, workspace_id: workspace } = client.token
    this.#uses.set(key, { key, workspace, at, address, client: agent })
    this.#schedule()
  }

  /** A known token was refused, or a wrong copy of it. */
  refused(client: Client, at: number, reason: RefusalReason): void {
    const { key: token, workspace_id: workspace } = client.token
    const id = `${token} ${reason} ${Math.floor(at / MINUTE)}`
    const count = (this.#refusals.get(id)?.count ?? 0) + 1
    this.#refusals.set(id, { workspace, token, at, reason, count })
    this.#schedule()
  }

  /** A request was answered. */
  answered(draft: Draft, status: number, error?: ScimError): void {
    if (draft.stored && !error) return
    const row = activityRow(draft, status, this.#context.clock(), error)
    const key = foldingKey(row)
    const folded = key === undefined ? undefined : this.#folded.get(key)
    if (folded && row.at - folded.since < FOLD_MILLISECONDS) this.#repeat(row, folded.id)
    else {
      if (key !== undefined) this.#fold(key, row)
      this.#entries.push(row)
      if (this.#entries.length > WAITING_LIMIT) this.#entries.shift()
    }
    this.#schedule()
  }

  /** Writes what has gathered. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#writing = this.#writing.then(() => this.#write())
    return this.#writing
  }

  #fold(key: string, { id, at }: ActivityRow): void {
    if (this.#folded.size >= FOLDED_LIMIT) this.#folded.clear()
    this.#folded.set(key, { id, since: at })
  }

  #repeat({ workspace, at }: ActivityRow, id: string): void {
    const repeat = this.#repeats.get(id) ?? { workspace, id, count: 0, at }
    repeat.count += 1
    repeat.at = at
    this.#repeats.set(id, repeat)
  }

  #schedule(): void {
    if (this.#timer) return
    this.#timer = setTimeout(() => void this.flush(), FLUSH_MILLISECONDS)
    this.#timer.unref()
  }

  async #write(): Promise<void> {
    const [entries, repeats, uses, refusals] = [this.#entries, this.#repeats, this.#uses, this.#refusals]
    if (entries.length + repeats.size + uses.size + refusals.size === 0) return
    this.#entries = []
    this.#repeats = new Map()
    this.#uses = new Map()
    this.#refusals = new Map()
    try {
      await this.#context.store.write(async (writer) => {
        for (const row of entries) await insertActivity(writer, row)
        // An entry can be repeated before it is written.
        if (repeats.size > 0) await writer.flush()
        for (const repeat of repeats.values()) await repeatActivity(writer, repeat)
      })
      await recordTokens(this.#context, [...uses.values()], [...refusals.values()])
    } catch (error) {
      this.#onFault(error)
    }
  }
}

/** Reads that ask and find the same are polls; whatever was refused or changed something stands alone. */
function foldingKey(row: ActivityRow): string | undefined {
  if (row.status >= 400 || (row.method !== 'GET' && row.method !== 'HEAD')) return undefined
  const { workspace, token_key, client, address, method, route, status, group_id, person_id, summary } = row
  const who = `${workspace} ${token_key} ${address} ${client}`
  return `${who}\n${method} ${route} ${status}\n${group_id} ${person_id}\n${summary}`
}
