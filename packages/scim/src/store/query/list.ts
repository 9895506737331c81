import { refuse } from '../../base/errors.ts'
import { printFilter, printPath } from '../../protocol/filter/print.ts'
import { MAX_COUNT } from '../../protocol/messages.ts'
import { GROUP, USER } from '../../protocol/schemas/resourceTypes.ts'
import { GROUP_COLUMNS, type GroupRow } from '../groups.ts'
import { PERSON_COLUMNS, type PersonRow } from '../people.ts'
import type { Parameters } from '../statement.ts'
import type { Reader } from '../store.ts'
import { Bindings } from './attributes.ts'
import { listHash, readCursor, writeCursor } from './cursor.ts'
import { groupAttributes } from './groupAttributes.ts'
import {
  type CursorPage,
  everyRow,
  type Fit,
  fittingGroups,
  type IndexPage,
  type ListQuery,
  type Page,
} from './page.ts'
import {
  isOfOne,
  type ListedTable,
  matching,
  type Ordering,
  type Sorted,
  selectByOffset,
  selectByPosition,
  selectCount,
  selectOne,
} from './select.ts'
import { type Position, sortKey } from './sort.ts'
import { userAttributes } from './userAttributes.ts'

const GROUPS: ListedTable = {
  type: GROUP,
  name: '{groups}',
  alias: 'g',
  columns: GROUP_COLUMNS,
  attributes: groupAttributes,
}

const PEOPLE: ListedTable = {
  type: USER,
  name: '{people}',
  alias: 'p',
  columns: PERSON_COLUMNS,
  listed: 'p.name is not null',
  attributes: userAttributes,
}

/** A page of the workspace's groups. `baseUrl` is that of locations, which filters can ask for. */
export function listGroups(
  reader: Reader,
  workspace: number,
  query: ListQuery,
  baseUrl: string,
  fit: Fit<GroupRow> = fittingGroups,
): Promise<Page<GroupRow>> {
  return readPage(prepare(GROUPS, reader, workspace, query, baseUrl), query.page, fit)
}

/** A page of the workspace's people; ids that nobody stands behind are none. */
export function listUsers(
  reader: Reader,
  workspace: number,
  query: ListQuery,
  baseUrl: string,
  fit: Fit<PersonRow> = everyRow,
): Promise<Page<PersonRow>> {
  return readPage(prepare(PEOPLE, reader, workspace, query, baseUrl), query.page, fit)
}

/** A list without its pages: the SQL of its rows and of their order. */
interface List {
  readonly reader: Reader
  readonly workspace: number
  readonly query: ListQuery
  readonly table: ListedTable
  readonly context: Bindings
  readonly source: string
  /** At most one resource is on it. */
  readonly hasOne: boolean
  readonly ordering: Ordering
}

function prepare(table: ListedTable, reader: Reader, workspace: number, query: ListQuery, baseUrl: string): List {
  const context = new Bindings(reader.dialect, baseUrl)
  const attributes = table.attributes(context)
  const source = matching(table, query.filter, attributes, context)
  const hasOne = query.filter !== undefined && isOfOne(query.filter, attributes)
  const ordering = { key: sortKey(query.sortBy, attributes), descending: query.descending === true }
  return { reader, workspace, query, table, context, source, hasOne, ordering }
}

function readPage<Row extends { readonly id: string }>(
  list: List,
  page: IndexPage | CursorPage,
  fit: Fit<Row>,
): Promise<Page<Row>> {
  return page.kind === 'index' ? readByIndex(list, page, fit) : readByCursor(list, page, fit)
}

async function readByIndex<Row>(list: List, { startIndex, count }: IndexPage, fit: Fit<Row>): Promise<Page<Row>> {
  if (count === 0) return { total: await countRows(list), rows: [] }
  const offset = startIndex - 1
  if (list.hasOne && offset === 0) {
    const rows = await list.reader.all(selectOne<Row>(list.table, list.source), parametersOf(list))
    return { total: rows.length, rows }
  }
  // One row more than asked for: without it these are the last, and the total needs no statement of its own.
  const rows = await list.reader.all(selectByOffset<Row>(list.table, list.source, list.ordering), {
    ...parametersOf(list),
    limit: count + 1,
    offset,
  })
  const isKnown = rows.length <= count && (rows.length > 0 || offset === 0)
  const total = isKnown ? offset + rows.length : await countRows(list)
  return { total, rows: await fitting(rows.slice(0, count), fit) }
}

async function readByCursor<Row extends { readonly id: string }>(
  list: List,
  page: CursorPage,
  fit: Fit<Row>,
): Promise<Page<Row>> {
  const { count, position, hash } = startOf(list, page)
  if (count === 0) return { total: await countRows(list), rows: [] }
  const { table, source, ordering, context } = list
  const statement = selectByPosition<Row>(table, source, ordering, position, context)
  const found = await list.reader.all(statement, { ...parametersOf(list), limit: count + 1 })
  const isKnown = found.length <= count && position === undefined
  const total = isKnown ? found.length : await countRows(list)
  const shown = await fitting(found.slice(0, count), fit)
  const rows = shown.map(withoutKey)
  const last = shown.at(-1)
  if (last === undefined || shown.length === found.length) return { total, rows }
  return { total, rows, nextCursor: writeCursor({ list: hash, count, position: positionOf(last) }) }
}

async function fitting<Row>(rows: readonly Row[], fit: Fit<Row>): Promise<readonly Row[]> {
  const fitted = await fit(rows)
  return fitted < rows.length ? rows.slice(0, Math.max(1, fitted)) : rows
}

async function countRows(list: List): Promise<number> {
  const row = await list.reader.get(selectCount(list.source), parametersOf(list))
  return row?.count ?? 0
}

function parametersOf({ context, workspace }: List): Parameters {
  return { ...context.parameters, workspace }
}

interface Start {
  readonly hash: string
  readonly count: number
  readonly position?: Position
}

function startOf(list: List, { cursor, count }: CursorPage): Start {
  const hash = hashOf(list)
  if (cursor === '') return { hash, count: count ?? MAX_COUNT }
  const read = readCursor(cursor, hash, list.ordering.key)
  if (count !== undefined && count !== read.count)
    throw refuse('invalid_count', `The cursor belongs to pages of ${read.count}, and count asks for ${count}.`)
  return { hash, count: read.count, position: read.position }
}

function hashOf({ workspace, table, query: { filter, sortBy }, ordering: { descending } }: List): string {
  return listHash([
    workspace,
    table.type.name,
    filter === undefined ? null : printFilter(filter),
    sortBy === undefined ? null : printPath(sortBy),
    descending,
  ])
}

function positionOf({ id, sort_key }: { readonly id: string } & Sorted): Position {
  return sort_key === undefined ? { id } : { id, key: sort_key }
}

function withoutKey<Row>(row: Row & Sorted): Row {
  const { sort_key, ...rest } = row
  return rest as unknown as Row
}
