import type { z } from '@hono/zod-openapi'
import type { AuditTarget } from '../provisioning/audit/target.ts'
import type { Access, Principal } from './access.ts'
import type { AdminPorts } from './ports.ts'
import type { Rows } from './read.ts'
import type { AdminLibrary } from './surface.ts'

type Fields = z.ZodObject | undefined
type Body = z.ZodType | undefined
type Out<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined

export type Method = 'get' | 'post' | 'patch' | 'delete'

/** Where a call comes from. */
export interface ClientFacts {
  readonly address: string | null
  /** The User-Agent. */
  readonly agent: string | null
}

/** What every handler works with. */
export interface Call<Params = unknown, Query = unknown, Sent = unknown> {
  readonly library: AdminLibrary
  readonly ports: AdminPorts
  readonly principal: Principal
  readonly client: ClientFacts
  readonly params: Params
  readonly query: Query
  readonly body: Sent
  readonly now: number
  /** How changes name who made them. */
  readonly by: { readonly admin: string }
  /** The secret of the browser's session with a setup link, where the route is for it. */
  readonly session: string
  /** Headers of the answer. */
  readonly headers: Headers
  note(noted: Noted): void
}

/** What a handler adds to the audit trail, where the path does not say it. */
export interface Noted {
  /** The id of what was made. */
  readonly target?: Exclude<AuditTarget, string>
  /** Who it turned out to be. */
  readonly principal?: Principal
  readonly details?: Readonly<Record<string, string | number | boolean | null>>
}

/** A route as it is written: it cannot be without saying whom it is for. */
export interface Definition<Params extends Fields, Query extends Fields, Sent extends Body, Answer extends Body> {
  /** The operation's id in the OpenAPI document, and the action in the audit trail. */
  readonly operation: string
  readonly method: Method
  readonly path: `/${string}`
  readonly summary: string
  readonly access: Access
  readonly params?: Params
  readonly query?: Query
  readonly body?: Sent
  /** Where the body has many rows: they are read in pieces. */
  readonly rows?: Rows
  /** Whether it may come without its body. */
  readonly optionalBody?: boolean
  /** Bytes of the body at the most, where it is a large one. */
  readonly bodyBytes?: number
  readonly status?: 200 | 201 | 204
  /**
   * Where its entry in the audit trail is kept, if the workspace in the path does not outlive it; `none` where nothing of
   * anybody's is read.
   */
  readonly trail?: 'service' | 'none'
  readonly answer?: Answer
  /** Of a list that is answered whole instead of in pages: why it stays short enough. */
  readonly whole?: string
}

/** A route as the door knows it. */
export interface Route extends Definition<Fields, Fields, Body, Body> {
  /** Called with what its own schemas made of the request. */
  readonly handle: (call: Call<never, never, never>) => Promise<unknown>
}

/** A route whose operation is known by type, so that there can be a word for each. */
export type Named<Operation extends string> = Route & { readonly operation: Operation }

export function route<
  const Operation extends string,
  Params extends Fields = undefined,
  Query extends Fields = undefined,
  Sent extends Body = undefined,
  Answer extends Body = undefined,
>(
  definition: Definition<Params, Query, Sent, Answer> & { readonly operation: Operation },
  handle: (
    call: Call<Out<Params>, Out<Query>, Out<Sent>>,
  ) => Promise<Answer extends z.ZodType ? z.input<Answer> : undefined>,
): Named<Operation> {
  return { ...definition, handle } as unknown as Named<Operation>
}

export function isWrite({ method }: Pick<Route, 'method'>): boolean {
  return method !== 'get'
}
