import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MAX_COMPARISONS, MAX_FILTER_DEPTH, parseFilter } from '../../src/protocol/filter/parser.ts'
import { printFilter } from '../../src/protocol/filter/print.ts'
import type { ResourceType } from '../../src/protocol/schemas/attribute.ts'
import { GROUP, USER } from '../../src/protocol/schemas/resourceTypes.ts'
import { PersonState } from '../../src/store/people.ts'
import { listGroups, listUsers } from '../../src/store/query/list.ts'
import type { ListQuery } from '../../src/store/query/page.ts'
import { sqliteDialect } from '../../src/store/sqlite/dialect.ts'
import { compile, type Statement } from '../../src/store/statement.ts'
import type { Reader, Store } from '../../src/store/store.ts'
import { contentWithFilters } from './queryArbitrary.ts'
import { addWorkspace, BASE_URL, openStore, RUN } from './queryFixture.ts'

let store: Store & AsyncDisposable
let database: Database.Database
let workspace: number

beforeAll(async () => {
  store = await openStore()
  database = new Database(store.location, { readonly: true })
  const people = ['1', '2', '3'].map((digit) => ({
    id: `usr_${digit}`,
    state: PersonState.account,
    view: {
      userName: `user${digit}`,
      externalId: `x${digit}`,
      active: true,
      emails: [{ type: 'work', value: `${digit}@a.example` }],
    },
  }))
  const groups = ['1', '2'].map((digit) => ({
    id: `grp_${digit}`,
    displayName: `Group ${digit}`,
    externalId: `x${digit}`,
    members: [`usr_${digit}`, 'usr_3'],
  }))
  workspace = await addWorkspace(store, { people, groups })
})

afterAll(async () => {
  database.close()
  await store[Symbol.asyncDispose]()
})

interface Recorded {
  readonly texts: string[]
  /** The texts as this store runs them. */
  readonly statements: string[]
  readonly ids: string[]
}

/** Lists, and keeps the SQL that did it. */
async function record(type: ResourceType, filter: string, page: ListQuery['page'] = FIRST): Promise<Recorded> {
  const texts: string[] = []
  const keep = <Row>(statement: Statement<Row>) => {
    texts.push(statement.text)
    return statement
  }
  const reader: Reader = {
    dialect: store.dialect,
    all: (statement, parameters) => store.all(keep(statement), parameters),
    get: (statement, parameters) => store.get(keep(statement), parameters),
  }
  const list = type === USER ? listUsers : listGroups
  const { rows } = await list(reader, workspace, { filter: parseFilter(filter, type), page }, BASE_URL)
  const statements = texts.map((text) => compile(text, sqliteDialect, 'scim_').sql)
  return { texts, statements, ids: rows.map(({ id }) => id) }
}

const FIRST = { kind: 'index', startIndex: 1, count: 100 } as const

function planOf(sql: string): string[] {
  const plan = database.prepare<unknown[], { detail: string }>(`explain query plan ${sql}`)
  const parameters = Array.from(sql.matchAll(/\?/g), () => null)
  return plan.all(...parameters).map(({ detail }) => detail)
}

/** The steps of a plan that go through a whole table, or the whole of a workspace in it. */
function readsOfEverything(sql: string): string[] {
  return planOf(sql).filter(
    (detail) =>
      (detail.startsWith('SCAN') && !/^SCAN (e VIRTUAL|s)\b/.test(detail)) ||
      /\(workspace_id=\?( AND name>\?)?\)$/.test(detail),
  )
}

describe('filters that indexes answer, without reading a workspace', () => {
  test.each([
    ['id eq "grp_1"', GROUP, ['grp_1']],
    ['displayName eq "GROUP 2"', GROUP, ['grp_2']],
    ['externalId eq "x2"', GROUP, ['grp_2']],
    ['members.value eq "usr_1"', GROUP, ['grp_1']],
    ['members eq "usr_3"', GROUP, ['grp_1', 'grp_2']],
    ['members[value eq "usr_2"]', GROUP, ['grp_2']],
    ['members[type eq "User" and value eq "usr_2"]', GROUP, ['grp_2']],
    ['id eq "grp_1" and members eq "usr_3"', GROUP, ['grp_1']],
    ['members eq "usr_1" and members eq "usr_3"', GROUP, ['grp_1']],
    ['id eq "usr_1"', USER, ['usr_1']],
    ['userName eq "USER1"', USER, ['usr_1']],
    ['externalId eq "x1"', USER, ['usr_1']],
    ['emails.value eq "1@A.example"', USER, ['usr_1']],
    ['emails[type eq "work"].value eq "1@a.example"', USER, ['usr_1']],
    ['emails[type eq "work" and value eq "1@a.example"]', USER, ['usr_1']],
    ['emails[type eq "home" and value eq "1@a.example"]', USER, []],
    ['userName eq "user1" or emails.value eq "2@a.example" or externalId eq "x3"', USER, ['usr_1', 'usr_2', 'usr_3']],
    ['active eq true and (emails eq "1@a.example" or emails[value eq "2@a.example"])', USER, ['usr_1', 'usr_2']],
    ['groups.value eq "grp_2"', USER, ['usr_2', 'usr_3']],
  ])('%s', async (filter, type, ids) => {
    const recorded = await record(type, filter)
    expect(recorded.ids).toEqual(ids)
    expect(recorded.statements.flatMap(readsOfEverything)).toEqual([])
  })

  test('one group is asked for a member, whatever number of groups the member is in', async () => {
    const { statements } = await record(GROUP, 'id eq "grp_1" and members eq "usr_3"')
    const memberships = statements.flatMap(planOf).filter((detail) => detail.startsWith('SEARCH m '))
    expect(memberships).toEqual([expect.stringMatching(/group_key=\?.*person_key=\?|person_key=\?.*group_key=\?/)])
  })

  test('others read the workspace, which this test would see', async () => {
    for (const filter of ['title eq "x"', 'not (id eq "usr_1")', 'externalId eq "x1" or title eq "x"']) {
      const { statements } = await record(USER, filter)
      expect(statements.flatMap(readsOfEverything)).not.toEqual([])
    }
  })
})

test('filters of one shape are one statement, and no value is part of it', async () => {
  const texts = async (filter: string) => (await record(USER, filter)).statements
  expect(await texts('title co "a" and (active eq true or emails[value eq "b"])')).toEqual(
    await texts(`title co "'" and (active eq false or emails[value eq "?"])`),
  )
})

test('every table is read within the workspace, in sub-selects too', async () => {
  const property = fc.asyncProperty(contentWithFilters(USER), contentWithFilters(GROUP), async (users, groups) => {
    const queries = [
      ...users.filters.map((filter) => [USER, filter] as const),
      ...groups.filters.map((filter) => [GROUP, filter] as const),
    ]
    for (const [type, filter] of queries) {
      for (const text of (await record(type, printFilter(filter))).texts) {
        const tables = Array.from(text.matchAll(/\{\w+\} (\w+)/g), ([, alias]) => alias)
        const conditions = Array.from(text.matchAll(/(\w+)\.workspace_id = :workspace/g), ([, alias]) => alias)
        expect(conditions.sort()).toEqual(tables.sort())
      }
    }
  })
  await fc.assert(property, { ...RUN, numRuns: 100 })
})

test('a page that is not full needs no statement for the total', async () => {
  const count = async (page: ListQuery['page']) => (await record(GROUP, 'id pr', page)).statements.length
  expect(await count({ kind: 'index', startIndex: 1, count: 2 })).toBe(1)
  expect(await count({ kind: 'index', startIndex: 1, count: 1 })).toBe(2)
  expect(await count({ kind: 'index', startIndex: 2, count: 5 })).toBe(1)
  expect(await count({ kind: 'index', startIndex: 3, count: 5 })).toBe(2)
  expect(await count({ kind: 'index', startIndex: 1, count: 0 })).toBe(1)
  expect(await count({ kind: 'cursor', cursor: '', count: 2 })).toBe(1)
  expect(await count({ kind: 'cursor', cursor: '', count: 1 })).toBe(2)
})

describe('filters as large as the parser takes them', () => {
  test('with "or"', async () => {
    const others = Array.from({ length: MAX_COMPARISONS - 1 }, () => 'id eq u')
    expect((await record(USER, `${others.join(' or ')} or id eq "usr_1"`)).ids).toEqual(['usr_1'])
  })

  test('with "and"', async () => {
    const comparisons = Array.from({ length: MAX_COMPARISONS }, () => 'id ge u')
    expect((await record(USER, comparisons.join(' and '))).ids).toEqual(['usr_1', 'usr_2', 'usr_3'])
  })

  test('nested', async () => {
    const negations = MAX_FILTER_DEPTH - 2
    const inner = 'emails[not (value eq "9@a.example") and type eq "work"]'
    const filter = `${'not ('.repeat(negations)}${inner}${')'.repeat(negations)}`
    expect((await record(USER, filter)).ids).toEqual(['usr_1', 'usr_2', 'usr_3'])
  })
})
