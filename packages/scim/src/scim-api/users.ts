import { refuse } from '../base/errors.ts'
import { fold } from '../base/fold.ts'
import type { Json } from '../base/json.ts'
import { readUserBody } from '../protocol/bodies/userBody.ts'
import type { Filter } from '../protocol/filter/ast.ts'
import { type QueryParameters, readQuery, readSearchRequest } from '../protocol/messages.ts'
import { readUserPatch } from '../protocol/patch/userPatch.ts'
import { parseProjection } from '../protocol/projection.ts'
import { USER } from '../protocol/schemas/index.ts'
import {
  createUser,
  deleteUser,
  findUser,
  modifyUser,
  replaceUser,
  type WrittenUser,
} from '../provisioning/people/users.ts'
import { AddressKind, type PersonRow, peopleByAddresses, peopleByNames } from '../store/people.ts'
import { listUsers } from '../store/query/list.ts'
import { type Answer, callOf, type Exchange, note } from './exchange.ts'
import { lookupOf } from './groups.ts'
import { listBody, listQuery, whole } from './list.ts'
import type { Rendering } from './render/groups.ts'
import { fittingUsers, renderUser, renderUsers, userLocation } from './render/users.ts'
import { isKnown, readVersions } from './versions.ts'

/** People up to whom a body is put together at once. */
const AT_ONCE = 200

/** `GET /Users/{id}`; a former id finds the person too. */
export async function getUser(exchange: Exchange): Promise<Answer> {
  exchange.draft.personId = exchange.match.id
  const rendering = renderingOf(exchange, queryOf(exchange))
  const person = await findUser(rendering.reader, rendering.workspace, exchange.match.id)
  const answer = { location: userLocation(rendering.baseUrl, person.id), version: person.version }
  if (isKnown(exchange.request.header('if-none-match'), person.version)) return { status: 304, ...answer }
  return { status: 200, ...answer, body: await renderUser(rendering, person) }
}

/** `GET /Users` (RFC 7644 §3.4.2). */
export function findUsers(exchange: Exchange): Promise<Answer> {
  return list(exchange, queryOf(exchange), `${exchange.context.baseUrl}/Users`)
}

/** `POST /Users/.search` (RFC 7644 §3.4.3). */
export function searchUsers(exchange: Exchange, body: Json): Promise<Answer> {
  return list(exchange, readSearchRequest(body), `${exchange.context.baseUrl}/Users/.search`)
}

/** `POST /Users`: refused by default; people exist in Optimaite first. */
export async function postUser(exchange: Exchange, sent: Json): Promise<Answer> {
  const body = readUserBody(sent)
  note(exchange, body.reading)
  const written = await createUser(exchange.context, callOf(exchange, 201), body)
  return { ...(await representation(exchange, written)), status: 201, created: true }
}

/** `PUT /Users/{id}` writes the provider's record. */
export async function putUser(exchange: Exchange, sent: Json): Promise<Answer> {
  const { id } = exchange.match
  exchange.draft.personId = id
  const body = readUserBody(sent)
  note(exchange, body.reading)
  if (body.id !== undefined) await checkId(exchange, body.id)
  const written = await replaceUser(exchange.context, callOf(exchange, 200), id, body, ifMatch(exchange))
  return { ...(await representation(exchange, written)), status: 200 }
}

/** `PATCH /Users/{id}` writes the provider's record; always answered with the resource. */
export async function patchUser(exchange: Exchange, sent: Json): Promise<Answer> {
  const { id } = exchange.match
  exchange.draft.personId = id
  const { operations, reading } = readUserPatch(sent, id)
  note(exchange, reading)
  const written = await modifyUser(exchange.context, callOf(exchange, 200), id, operations, ifMatch(exchange))
  return { ...(await representation(exchange, written)), status: 200 }
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
  const query = asked.filter ? { ...asked, filter: await withFormerNames(rendering, asked.filter) } : asked
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
 * value: a provider that knows an address only still finds whom it means.
 */
async function withFormerNames(rendering: Rendering, filter: Filter): Promise<Filter> {
  switch (filter.kind) {
    case 'and':
    case 'or': {
      const operands: Filter[] = []
      for (const operand of filter.operands) operands.push(await withFormerNames(rendering, operand))
      return { ...filter, operands }
    }
    case 'not':
      return { ...filter, operand: await withFormerNames(rendering, filter.operand) }
    case 'compare': {
      const { path, operator, value } = filter
      const isName = path.schema === undefined && path.attribute === 'userName' && operator === 'eq'
      const person = isName && typeof value === 'string' ? await formerNameHolder(rendering, value) : undefined
      if (!person) return filter
      const byId: Filter = { kind: 'compare', path: { attribute: 'id' }, operator: 'eq', value: person.id }
      return { kind: 'or', operands: [filter, byId] }
    }
    default:
      return filter
  }
}

async function formerNameHolder({ reader, workspace }: Rendering, value: string): Promise<PersonRow | undefined> {
  const name = fold(value)
  const [holder] = await peopleByNames(reader, workspace, [name])
  if (holder) return holder.name === name ? undefined : holder
  const found = await peopleByAddresses(reader, workspace, AddressKind.verified, [name])
  // An address that two people share does not tell which of them is meant.
  return found.length === 1 ? found[0] : undefined
}

async function representation(exchange: Exchange, { person }: WrittenUser): Promise<Omit<Answer, 'status'>> {
  const rendering = renderingOf(exchange, queryOf(exchange))
  return {
    location: userLocation(rendering.baseUrl, person.id),
    version: person.version,
    body: await renderUser(rendering, person),
  }
}

/** Okta echoes the id; a former one of the same person is no other id. */
async function checkId(exchange: Exchange, sent: string): Promise<void> {
  const { id } = exchange.match
  if (sent === id) return
  const { store } = exchange.context
  const person = await findUser(store, exchange.client.workspace.key, id)
  if (sent === person.id) return
  throw refuse('mutability', `The body's id "${sent}" is not that of the user addressed, "${id}"; an id never changes.`)
}

function queryOf({ request }: Exchange): QueryParameters {
  return request.query === '' ? {} : readQuery(new URLSearchParams(request.query))
}

function renderingOf({ context, client }: Exchange, parameters: QueryParameters): Rendering {
  const { attributes, excludedAttributes } = parameters
  return {
    reader: context.store,
    workspace: client.workspace.key,
    baseUrl: context.baseUrl,
    projection: parseProjection(attributes, excludedAttributes, USER),
  }
}

function ifMatch({ request }: Exchange) {
  return readVersions(request.header('if-match'))
}
