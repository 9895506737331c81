import { refuse } from '../../base/errors.ts'
import { printFilter, printPath } from '../../protocol/filter/print.ts'
import { MAX_COUNT } from '../../protocol/messages.ts'
import { GROUP, USER } from '../../protocol/schemas/resourceTypes.ts'
import { GROUP_COLUMNS, type GroupRow } from '../groups.ts'
import { PERSON_COLUMNS, type PersonRow } from '../people.ts'
import type { Reader } from '../store.ts'
import { Bindings } from './attributes.ts'
import { type Cursor, listHash, readCursor, writeCursor } from './cursor.ts'
import { groupAttributes } from './groupAttributes.ts'
import { type CursorPage, everyRow, type Fit, fittingGroups, type IndexPage, type ListQuery, type Page } from './page.ts'
import { type ListedTable, matching, type Ordering, selectByOffset, selectByPosition, selectCount } from './select.ts'
import { sortKey } from './sort.ts'
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
  return new List(GROUPS, reader, workspace, query, baseUrl, fit).page(query.page)
}

/** A page of the workspace's people; ids that nobody stands behind are none. */
export function listUsers(
  reader: Reader,
  workspace: number,
  query: ListQuery,
  baseUrl: string,
  fit: Fit<PersonRow> = everyRow,
): Promise<Page<PersonRow>> {
  return new List(PEOPLE, reader, workspace, query, baseUrl, fit).page(query.page)
}

class List<Row extends { readonly id: string }> {
  readonly #table: ListedTable
  readonly #reader: Reader
  readonly #workspace: number
  readonly #query: ListQuery
  readonly #fit: Fit<Row>
  readonly #context: Bindings
  readonly #source: string
  readonly #ordering: Ordering

  constructor(
    table: ListedTable,
    reader: Reader,
    workspace: number,
    query: ListQuery,
    baseUrl: string,
    fit: Fit<Row>,
  ) {
    this.#table = table
    this.#reader = reader
    this.#workspace = workspace
    this.#query = query
    this.#fit = fit
    this.#context = new Bindings(reader.dialect, baseUrl)
    const attributes = table.attributes(this.#context)
    this.#source = matching(table, query.filter, attributes, this.#context)
    this.#ordering = {
      key: sortKey(query.sortBy, attributes, this.#context),
      descending: query.descending === true,
    }
  }

  page(page: IndexPage | CursorPage): Promise<Page<Row>> {
    return page.kind === 'index' ? this.#byIndex(page) : this.#byCursor(page)
  }

  async #byIndex({ startIndex, count }: IndexPage): Promise<Page<Row>> {
    if (count === 0) return { total: await this.#count(), rows: [] }
    const offset = startIndex - 1
    // One more than asked for tells whether these are the last.
    const found = await this.#reader.all(selectByOffset<Row>(this.#table, this.#source, this.#ordering), {
      ...this.#parameters,
      limit: count + 1,
      offset,
    })
    const rows = await this.#fitting(found.slice(0, count))
    const isEnd = found.length <= count && (found.length > 0 || offset === 0)
    return { total: isEnd ? offset + found.length : await this.#count(), rows }
  }

  async #byCursor(page: CursorPage): Promise<Page<Row>> {
    const { count, position, list } = this.#start(page)
    if (count === 0) return { total: await this.#count(), rows: [] }
    const { key } = this.#ordering
    const statement = selectByPosition<Row>(this.#table, this.#source, this.#ordering, position, this.#context)
    const found = await this.#reader.all(statement, { ...this.#parameters, limit: count + 1 })
    const rows = await this.#fitting(found.slice(0, count))
    const isEnd = found.length <= count && position === undefined
    const total = isEnd ? found.length : await this.#count()
    const last = rows.at(-1)
    ...
  }
}
