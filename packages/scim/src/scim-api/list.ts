import { refuse } from '../base/errors.ts'
import { parseFilter } from '../protocol/filter/parser.ts'
import { LIST_RESPONSE, MAX_COUNT, type QueryParameters } from '../protocol/messages.ts'
import type { ResourceType } from '../protocol/schemas/attribute.ts'
import { canonicalPath, quote } from '../protocol/schemas/names.ts'
import type { ListQuery, Page } from '../store/query/page.ts'

/** What the parameters of a list ask of the store (RFC 7644 §3.4.2, RFC 9865). */
export function listQuery(parameters: QueryParameters, type: ResourceType): ListQuery {
  const { filter, sortBy, sortOrder, startIndex = 1, count, cursor } = parameters
  return {
    ...(filter !== undefined && { filter: parseFilter(filter, type) }),
    ...(sortBy !== undefined && { sortBy: sortPath(sortBy, type), descending: sortOrder === 'descending' }),
    page:
      cursor === undefined
        ? { kind: 'index', startIndex, count: count ?? MAX_COUNT }
        : { kind: 'cursor', cursor, count },
  }
}

function sortPath(sortBy: string, type: ResourceType) {
  const path = canonicalPath(type, sortBy.trim())
  if (!path) throw refuse('invalid_value', `"sortBy" names ${quote(sortBy)}, which is no attribute of a ${type.name}.`)
  return path
}

/** The body of a list, as pieces of text around the resources' own. */
export async function* listBody(
  parameters: QueryParameters,
  page: Page<unknown>,
  resources: AsyncIterable<string>,
): AsyncGenerator<string> {
  yield head(parameters, page)
  yield* resources
  yield TAIL
}

/** The body of a list whose resources are bytes already. */
export function listBytes(parameters: QueryParameters, page: Page<Uint8Array>): Uint8Array<ArrayBuffer> {
  const pieces: Uint8Array[] = [Buffer.from(head(parameters, page))]
  for (const [index, resource] of page.rows.entries()) {
    if (index > 0) pieces.push(COMMA)
    pieces.push(resource)
  }
  pieces.push(Buffer.from(TAIL))
  return Buffer.concat(pieces)
}

const TAIL = ']}'
const COMMA = Buffer.from(',')

function head(parameters: QueryParameters, page: Page<unknown>): string {
  const values = {
    schemas: [LIST_RESPONSE],
    totalResults: page.total,
    ...(parameters.cursor === undefined && { startIndex: parameters.startIndex ?? 1 }),
    itemsPerPage: page.rows.length,
    ...(page.nextCursor !== undefined && { nextCursor: page.nextCursor }),
  }
  return `${JSON.stringify(values).slice(0, -1)},"Resources":[`
}

/** A short list as one text; a long one stays in pieces. */
export async function whole(pieces: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}
