import { refuse, ScimError } from '../base/errors.ts'
import { fold } from '../base/fold.ts'
import { isObject, type Json } from '../base/json.ts'
import { type GroupBody, readGroupBody } from '../protocol/bodies/groupBody.ts'
import { readId } from '../protocol/bodies/id.ts'
import { parseFilter } from '../protocol/filter/parser.ts'
import { type QueryParameters, readProjection, readQuery, readSearchRequest } from '../protocol/messages.ts'
import { readGroupPatch } from '../protocol/patch/groupPatch.ts'
import { GROUP } from '../protocol/schemas/index.ts'
import { quote } from '../protocol/schemas/names.ts'
import { named } from '../provisioning/groups/steps.ts'
import { createGroup, deleteGroup, editGroup, modifyGroup, type Written } from '../provisioning/groups/write.ts'
import {
  type GroupRow,
  type GroupSnapshot,
  groupByExternalId,
  groupById,
  groupByName,
  groupSnapshot,
  groupSnapshots,
} from '../store/groups.ts'
import { listGroups } from '../store/query/list.ts'
import { everyRow, fittingGroups } from '../store/query/page.ts'
import { peopleVersion } from '../store/workspaces.ts'
import { withPresentMembers } from './comparisons.ts'
import { type Answer, afterWrite, callOf, type Exchange, note, searchOf } from './exchange.ts'
import { listBody, listBytes, listQuery, whole } from './list.ts'
import { projectionOf } from './projections.ts'
import {
  groupLocation,
  isWhole,
  type Rendering,
  renderEach,
  renderGroup,
  renderGroups,
  wantsMembers,
} from './render/groups.ts'
import { isKnown, readVersions } from './versions.ts'

/** Members up to which a body is put together at once; beyond, it is written in pieces. */
const AT_ONCE = 2_000

/** `GET /Groups/{id}` (RFC 7644 §3.4.1). */
export async function getGroup(exchange: Exchange): Promise<Answer> {
  const rendering = resourceRendering(exchange)
  const { id } = exchange.match
  exchange.draft.groupId = id
  const snapshot = await readSnapshot(rendering, id)
  if (!snapshot) throw new ScimError('group_unknown', { id })
  const answer = { location: groupLocation(rendering.baseUrl, snapshot.group.id), version: snapshot.group.version }
  if (isKnown(exchange.request.header('if-none-match'), snapshot.group.version)) return { status: 304, ...answer }
  return { status: 200, ...answer, body: await resourceBody(rendering, snapshot) }
}

/** `GET /Groups` (RFC 7644 §3.4.2). */
export function findGroups(exchange: Exchange): Promise<Answer> {
  return list(exchange, readQuery(searchOf(exchange)), `${exchange.context.baseUrl}/Groups`)
}

/** `POST /Groups/.search` (RFC 7644 §3.4.3). */
export function searchGroups(exchange: Exchange, body: Json): Promise<Answer> {
  return list(exchange, readSearchRequest(body), `${exchange.context.baseUrl}/Groups/.search`)
}

/** `POST /Groups` (RFC 7644 §3.3). */
export async function postGroup(exchange: Exchange, sent: Json): Promise<Answer> {
  const body = readGroupBody(sent)
  const { rules, ignored } = body.reading
  // The service gives ids: one that is sent is passed over as any other key is.
  note(exchange, { rules, ignored: body.id === undefined ? ignored : [...ignored, 'id'] })
  const displayName = requireName(body)
  const rendering = resourceRendering(exchange)
  const written = await createGroup(exchange.context, callOf(exchange, 201), { ...body, displayName })
  return { ...(await afterWrite(() => representation(rendering, written))), status: 201, created: true }
}

/** `PUT /Groups/{id}` (RFC 7644 §3.5.1). */
export function putGroup(exchange: Exchange, sent: Json): Promise<Answer> {
  const body = readGroupBody(sent)
  note(exchange, body.reading)
  if (body.id !== undefined && body.id !== exchange.match.id) throw otherId(body.id, exchange.match.id)
  return replace(exchange, exchange.match.id, body)
}

/** `PUT /Groups`: the first of id, externalId and displayName in the body says which group; the others are data. */
export async function putCollection(exchange: Exchange, sent: Json): Promise<Answer> {
  const body = readGroupBody(sent)
  note(exchange, body.reading)
  const { context, client } = exchange
  const workspace = client.workspace.key
  let group: GroupRow | undefined
  let target: string
  if (body.present.has('id')) {
    target = `id ${quote(body.id ?? '')}`
    group = await groupById(context.store, workspace, body.id ?? '')
  } else if (body.present.has('externalId')) {
    target = `externalId "${body.externalId}"`
    group = await groupByExternalId(context.store, workspace, body.externalId ?? '')
  } else if (body.present.has('displayName')) {
    target = `displayName "${body.displayName}"`
    group = await groupByName(context.store, workspace, fold(body.displayName ?? ''))
  } else throw new ScimError('target_missing')
  if (!group) throw new ScimError('target_unknown', { target })
  return replace(exchange, group.id, body)
}

/** `PATCH /Groups/{id}` (RFC 7644 §3.5.2). */
export function patchGroup(exchange: Exchange, sent: Json): Promise<Answer> {
  return modify(exchange, exchange.match.id, sent)
}

/** `PATCH /Groups`: the body's own id, or the one group that the filter matches. */
export async function patchCollection(exchange: Exchange, sent: Json): Promise<Answer> {
  if (!isObject(sent)) throw refuse('invalid_syntax', 'it is not a JSON object.')
  const { filter } = readQuery(searchOf(exchange))
  const id = readId(sent)
  if (id !== undefined) return modify(exchange, id, sent)
  if (filter === undefined) throw new ScimError('target_missing')
  const query = {
    filter: parseFilter(filter, GROUP),
    page: { kind: 'index', startIndex: 1, count: 2 },
  } as const
  const { store, baseUrl } = exchange.context
  const { total, rows } = await listGroups(store, exchange.client.workspace.key, query, baseUrl)
  const [group] = rows
  if (!group) throw new ScimError('target_unknown', { target: 'the filter' })
  if (total > 1) throw new ScimError('target_ambiguous', { count: total })
  return modify(exchange, group.id, sent)
}

/** `DELETE /Groups/{id}` (RFC 7644 §3.6). */
export async function removeGroup(exchange: Exchange): Promise<Answer> {
  const { id } = exchange.match
  exchange.draft.groupId = id
  await deleteGroup(exchange.context, callOf(exchange, 204), id, ifMatch(exchange))
  return { status: 204 }
}

async function replace(exchange: Exchange, id: string, body: GroupBody): Promise<Answer> {
  const displayName = requireName(body)
  exchange.draft.groupId = id
  const rendering = resourceRendering(exchange)
  const steps = body.members ? [{ kind: 'replace', wanted: named(body.members, null) } as const] : []
  const edit = { displayName, externalId: body.externalId, steps }
  const written = await editGroup(exchange.context, callOf(exchange, 200), id, edit, ifMatch(exchange))
  return { ...(await afterWrite(() => representation(rendering, written))), status: 200 }
}

async function modify(exchange: Exchange, id: string, sent: Json): Promise<Answer> {
  exchange.draft.groupId = id
  const { operations, reading } = readGroupPatch(sent, id)
  note(exchange, reading)
  const asked = wantsRepresentation(exchange)
  const rendering = resourceRendering(exchange)
  const call = callOf(exchange, asked ? 200 : 204)
  const written = await modifyGroup(exchange.context, call, id, operations, ifMatch(exchange))
  if (asked) return { ...(await afterWrite(() => representation(rendering, written))), status: 200 }
  const { group } = written
  return { status: 204, location: groupLocation(exchange.context.baseUrl, group.id), version: group.version }
}

async function list(exchange: Exchange, parameters: QueryParameters, location: string): Promise<Answer> {
  const rendering = renderingOf(exchange, parameters)
  const asked = listQuery(parameters, GROUP)
  const query = asked.filter ? { ...asked, filter: await withPresentMembers(rendering, asked.filter) } : asked
  const withMembers = wantsMembers(rendering.projection)
  const fit = withMembers ? fittingGroups : everyRow
  const [page, people] = await Promise.all([
    listGroups(rendering.reader, rendering.workspace, query, rendering.baseUrl, fit),
    withMembers && isWhole(rendering.projection) ? peopleVersion(rendering.reader, rendering.workspace) : undefined,
  ])
  exchange.draft.lookup = lookupOf(parameters, page.total)
  if (!withMembers) {
    const texts = page.rows.map((group) => renderGroup(rendering, group))
    return { status: 200, location, body: await whole(listBody(parameters, page, piece(texts.join(',')))) }
  }
  if (people !== undefined && isFew(page.rows)) {
    const groups = await wholeGroups(exchange, rendering, page.rows, people)
    return { status: 200, location, body: listBytes(parameters, { ...page, rows: groups }) }
  }
  const keys = page.rows.map(({ key }) => key)
  const snapshots = await groupSnapshots(rendering.reader, rendering.workspace, keys)
  // A group that was deleted between the two statements is on no page.
  const shown = { ...page, rows: snapshots }
  const body = listBody(parameters, shown, renderGroups(rendering, snapshots))
  return { status: 200, location, body: isSmall(snapshots) ? await whole(body) : body }
}

function isFew(groups: readonly GroupRow[]): boolean {
  return groups.reduce((total, { member_count }) => total + member_count, 0) <= AT_ONCE
}

/** Groups in full, as bytes; those that were rendered before are not rendered again. */
async function wholeGroups(
  exchange: Exchange,
  rendering: Rendering,
  groups: readonly GroupRow[],
  people: number,
): Promise<Uint8Array[]> {
  const { rendered } = exchange
  const found = new Map<number, Uint8Array>()
  const missing: number[] = []
  for (const group of groups) {
    const bytes = rendered.find(group, people)
    if (bytes === undefined) missing.push(group.key)
    else found.set(group.key, bytes)
  }
  if (missing.length > 0) {
    const snapshots = await groupSnapshots(rendering.reader, rendering.workspace, missing)
    for (const [index, text] of (await renderEach(rendering, snapshots)).entries()) {
      const { group } = snapshots[index] as GroupSnapshot
      const bytes = Buffer.from(text)
      rendered.keep(group, people, bytes)
      found.set(group.key, bytes)
    }
  }
  // A group that was deleted meanwhile is on no page.
  return groups.map(({ key }) => found.get(key)).filter((bytes) => bytes !== undefined)
}

/** What was looked for is personal data of the workspace: kept with its activity, never in a log. */
export function lookupOf({ filter }: QueryParameters, found: number) {
  return { ...(filter !== undefined && { filter: filter.slice(0, 256) }), found }
}

async function* piece(text: string): AsyncGenerator<string> {
  yield text
}

/** The resource as it is now, which is what was written unless somebody else wrote again since. */
async function representation(rendering: Rendering, { group }: Written): Promise<Omit<Answer, 'status'>> {
  const snapshot = (await readSnapshot(rendering, group.id)) ?? { group, members: [] }
  return {
    location: groupLocation(rendering.baseUrl, group.id),
    version: snapshot.group.version,
    body: await resourceBody(rendering, snapshot),
  }
}

async function readSnapshot(rendering: Rendering, id: string): Promise<GroupSnapshot | undefined> {
  const { reader, workspace, projection } = rendering
  if (wantsMembers(projection)) return groupSnapshot(reader, workspace, id)
  const group = await groupById(reader, workspace, id)
  return group && { group, members: [] }
}

async function resourceBody(rendering: Rendering, snapshot: GroupSnapshot): Promise<string | AsyncIterable<string>> {
  if (!wantsMembers(rendering.projection)) return renderGroup(rendering, snapshot.group)
  const pieces = renderGroups(rendering, [snapshot])
  return isSmall([snapshot]) ? whole(pieces) : pieces
}

function isSmall(snapshots: readonly GroupSnapshot[]): boolean {
  return snapshots.reduce((total, { members }) => total + members.length, 0) <= AT_ONCE
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
    projection: projectionOf(parameters, GROUP),
  }
}

function requireName({ displayName }: GroupBody): string {
  if (displayName === undefined) throw refuse('invalid_value', 'displayName is required.')
  return displayName
}

function wantsRepresentation(exchange: Exchange): boolean {
  const { attributes, excludedAttributes } = readProjection(searchOf(exchange))
  const prefer = exchange.request.header('prefer') ?? ''
  return attributes !== undefined || excludedAttributes !== undefined || /return=representation/i.test(prefer)
}

function ifMatch({ request }: Exchange) {
  return readVersions(request.header('if-match'))
}

function otherId(sent: string, id: string): ScimError {
  return refuse(
    'mutability',
    `The body's id ${quote(sent)} is not that of the group addressed, "${id}"; an id never changes.`,
  )
}
