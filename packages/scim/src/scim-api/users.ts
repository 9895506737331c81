import { refuse, ScimError } from '../base/errors.ts'
import { fold } from '../base/fold.ts'
import type { Json } from '../base/json.ts'
import { readUserBody } from '../protocol/bodies/userBody.ts'
import type { Filter } from '../protocol/filter/ast.ts'
import { type QueryParameters, readProjection, readQuery, readSearchRequest } from '../protocol/messages.ts'
import { readUserPatch, type UserPatch } from '../protocol/patch/userPatch.ts'
import { USER } from '../protocol/schemas/index.ts'
import { quote } from '../protocol/schemas/names.ts'
import { personNamed } from '../provisioning/people/names.ts'
import {
  createUser,
  deleteUser,
  findUser,
  modifyUser,
  replaceUser,
  type WrittenUser,
} from '../provisioning/people/users.ts'
import { personById } from '../store/people.ts'
import { listUsers } from '../store/query/list.ts'
import { changeComparisons, withPresentId } from './comparisons.ts'
import { type Answer, afterWrite, callOf, type Exchange, note, searchOf } from './exchange.ts'
import { lookupOf } from './groups.ts'
import { listBody, listQuery, whole } from './list.ts'
import { projectionOf } from './projections.ts'
import type { Rendering } from './render/groups.ts'
import { fittingUsers, renderUser, renderUsers, userLocation } from './render/users.ts'
import { isKnown, readVersions } from './versions.ts'

/** People up to whom a body is put together at once. */
const AT_ONCE = 200

/** `GET /Users/{id}`; a former id finds the person too. */
export async function getUser(exchange: Exchange): Promise<Answer> {
  exchange.draft.personId = exchange.match.id
  const rendering = resourceRendering(exchange)
  const person = await findUser(rendering.reader, rendering.workspace, exchange.match.id)
  const answer = { location: userLocation(rendering.baseUrl, person.id), version: person.version }
  if (isKnown(exchange.request.header('if-none-match'), person.version)) return { status: 304, ...answer }
  return { status: 200, ...answer, body: await renderUser(rendering, person) }
}

/** `GET /Users` (RFC 7644 §3.4.2). */
export function findUsers(exchange: Exchange): Promise<Answer> {
  return list(exchange, readQuery(searchOf(exchange)), `${exchange.context.baseUrl}/Users`)
}

/** `POST /Users/.search` (RFC 7644 §3.4.3). */
export function searchUsers(exchange: Exchange, body: Json): Promise<Answer> {
  return list(exchange, readSearchRequest(body), `${exchange.context.baseUrl}/Users/.search`)
}

/** `POST /Users`: refused by default; people exist in Optimaite first. */
export async function postUser(exchange: Exchange, sent: Json): Promise<Answer> {
  const body = readUserBody(sent)
  note(exchange, body.reading)
  const rendering = resourceRendering(exchange)
  const written = await createUser(exchange.context, callOf(exchange, 201), body)
  return { ...(await afterWrite(() => representation(rendering, written))), status: 201, created: true }
}

/** `PUT /Users/{id}` writes the provider's record. */
export async function putUser(exchange: Exchange, sent: Json): Promise<Answer> {
  const { id } = exchange.match
  exchange.draft.personId = id
  const body = readUserBody(sent)
  note(exchange, body.reading)
  if (body.id !== undefined) await checkId(exchange, body.id)
  const rendering = resourceRendering(exchange)
  const written = await replaceUser(exchange.context, callOf(exchange, 200), id, body, ifMatch(exchange))
  return { ...(await afterWrite(() => representation(rendering, written))), status: 200 }
}

/** `PATCH /Users/{id}` writes the provider's record; always answered with the resource. */
export async function patchUser(exchange: Exchange, sent: Json): Promise<Answer> {
  const { id } = exchange.match
  exchange.draft.personId = id
  const { operations, reading } = await readPatch(exchange, sent)
  note(exchange, reading)
  // Some rules only the record shows the need of; they are noted before the activity entry is written.
  const noteRules = (rules: readonly string[]): void => {
    exchange.draft.rules = [...new Set([...reading.rules, ...rules])]
  }
  const call = callOf(exchange, 200)
  const rendering = resourceRendering(exchange)
  const written = await modifyUser(exchange.context, call, id, operations, ifMatch(exchange), noteRules)
  return { ...(await afterWrite(() => representation(rendering, written))), status: 200 }
}

/** `DELETE /Users/{id}`. */
export async function removeUser(exchange: Exchange): Promise<Answer> {
  const { id } = exchange.match
  exchange.draft.personId = id
  await deleteUser(exchange.context, callOf(exchange, 204), id, ifMatch(exchange))
  return { status: 204 }
}

async function list(exchange: Exchange, parameters: QueryParameters, location: string): Promise<Answer> {
  const rendering = renderingOf(exchange, parameters)
  const asked = listQuery(parameters, USER)
  const query = asked.filter ? { ...asked, filter: await widened(rendering, asked.filter) } : asked
  const page = await listUsers(rendering.reader, rendering.workspace, query, rendering.baseUrl, (rows) =>
    fittingUsers(rendering, rows),
  )
  exchange.draft.lookup = lookupOf(parameters, page.total)
  const [only] = page.rows
  if (page.rows.length === 1 && only) exchange.draft.personId = only.id
  const body = listBody(parameters, page, renderUsers(rendering, page.rows))
  return { status: 200, location, body: page.rows.length <= AT_ONCE ? await whole(body) : body }
}

/**
 * `userName eq "x"` also finds a person by the account's own userName or a verified e-mail while nobody's view has that
 * value, and `id eq "x"` by a former id.
 */
function widened({ reader, workspace }: Rendering, filter: Filter): Promise<Filter> {
  return changeComparisons(filter, async (comparison, outer) => {
    const { path, operator, value } = comparison
    if (outer !== undefined || path.schema !== undefined || typeof value !== 'string') return comparison
    if (path.attribute === 'id') return withPresentId(reader, workspace, comparison)
    if (path.attribute !== 'userName' || operator !== 'eq') return comparison
    const person = await personNamed(reader, workspace, value)
    if (!person || person.name === fold(value)) return comparison
    const byId: Filter = { kind: 'compare', path: { attribute: 'id' }, operator: 'eq', value: person.id }
    return { kind: 'or', operands: [comparison, byId] }
  })
}

async function representation(rendering: Rendering, { person }: WrittenUser): Promise<Omit<Answer, 'status'>> {
  return {
    location: userLocation(rendering.baseUrl, person.id),
    version: person.version,
    body: await renderUser(rendering, person),
  }
}

/** An id in the body may be the person's present one where a former one was addressed. */
async function readPatch({ context, client, match: { id } }: Exchange, sent: Json): Promise<UserPatch> {
  try {
    return readUserPatch(sent, id)
  } catch (error) {
    if (!(error instanceof ScimError) || error.code !== 'mutability') throw error
    const person = await personById(context.store, client.workspace.key, id)
    if (!person || person.id === id) throw error
    return readUserPatch(sent, person.id)
  }
}

/** Okta echoes the id; a former one of the same person is no other id. */
async function checkId({ context, client, match: { id } }: Exchange, sent: string): Promise<void> {
  if (sent === id) return
  const person = await findUser(context.store, client.workspace.key, id)
  const named = await personById(context.store, client.workspace.key, sent)
  if (named?.key === person.key) return
  throw refuse(
    'mutability',
    `The body's id ${quote(sent)} is not that of the user addressed, "${id}"; an id never changes.`,
  )
}

/** Read before anything is written: a request that is refused for its parameters has changed nothing. */
function resourceRendering(exchange: Exchange): Rendering {
  return renderingOf(exchange, readProjection(searchOf(exchange)))
}

function renderingOf({ context, client }: Exchange, parameters: QueryParameters): Rendering {
  return {
    reader: context.store,
    workspace: client.workspace.key,
    baseUrl: context.baseUrl,
    projection: projectionOf(parameters, USER),
  }
}

function ifMatch({ request }: Exchange) {
  return readVersions(request.header('if-match'))
}
