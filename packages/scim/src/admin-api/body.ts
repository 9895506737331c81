import { ScimError } from '../base/errors.ts'
import { type Json, readJson } from '../base/json.ts'
import { BODY_BYTES, type BodyBudget } from '../scim-api/limits.ts'
import { readRequestBody } from '../scim-api/requestBody.ts'
import { AdminRefused } from './refusals.ts'

/** Bytes of a body of no list. */
export const SMALL_BODY = 256 * 1024
/** Bytes of a body with people or members in it: 10,000 people with long names, or 100,000 ids. */
export const LARGE_BODY = BODY_BYTES

export interface BodyRules {
  readonly limit: number
  /** Whether the request may come without one; it is an empty object then. */
  readonly optional: boolean
}

/** Reads a body within the budget, whose share it keeps until `use` is done. */
export async function withJson<T>(
  request: Request,
  budget: BodyBudget,
  { limit, optional }: BodyRules,
  use: (body: Json) => Promise<T>,
): Promise<T> {
  const header = (name: string): string | undefined => request.headers.get(name) ?? undefined
  if (Number(header('content-length')) > limit) throw new ScimError('body_too_large', { limit })
  if (optional && isEmpty(request)) return use({})
  checkType(request)
  const readBody = (_: number, grown: (bytes: number) => void): Promise<Uint8Array> =>
    readRequestBody(request, limit, grown)
  return budget.withBody({ header, readBody }, async (bytes) =>
    use(optional && bytes.length === 0 ? {} : readJson(bytes)),
  )
}

function isEmpty({ headers, body }: Request): boolean {
  return body === null || headers.get('content-length') === '0'
}

/** JSON alone: what a form of another site can send is not read at all. */
function checkType({ headers }: Request): void {
  const type = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  const encoding = headers.get('content-encoding')
  const isPlain = encoding === null || encoding.trim().toLowerCase() === 'identity'
  if (type !== 'application/json' || !isPlain) throw new AdminRefused('json_expected')
}
