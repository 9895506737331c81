import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseFilter } from '../../src/protocol/filter/parser.ts'
import { GROUP } from '../../src/protocol/schemas/resourceTypes.ts'
import { deleteGroup, type GroupRow } from '../../src/store/groups.ts'
import { listGroups, listUsers } from '../../src/store/query/list.ts'
import { everyRow, type ListQuery, PAGE_MEMBERS, type Page } from '../../src/store/query/page.ts'
import { statement } from '../../src/store/statement.ts'
import type { Store } from '../../src/store/store.ts'
import { content, namedAttributes, text } from './queryArbitrary.ts'
import { addGroup, addWorkspace, BASE_URL, type Group, openStore, RUN } from './queryFixture.ts'

let store: Store & AsyncDisposable

beforeAll(async () => {
  store = await openStore()
})

afterAll(async () => {
  await store[Symbol.asyncDispose]()
})

const NOTHING = { people: [], groups: [] }

function numbered(count: number): Group[] {
  return Array.from({ length: count }, (_, index) => {
    const digits = String(index).padStart(5, '0')
    return { id: `grp_${digits}`, displayName: `Group ${digits}` }
  })
}

const idsOf = ({ rows }: Page<{ readonly id: string }>) => rows.map(({ id }) => id)

describe('pages by index', () => {
  test('10,000 groups: the pages are the list, none twice and none missing', async () => {
    const groups = numbered(10_000)
    const workspace = await addWorkspace(store, { people: [], groups })
    const seen: string[] = []
    for (let startIndex = 1; startIndex <= 10_001; startIndex += 1_000) {
      const page = await listGroups(store, workspace, { page: { kind: 'index', startIndex, count: 1_000 } }, BASE_URL)
      expect(page.total).toBe(10_000)
      expect(page.nextCursor).toBeUndefined()
      seen.push(...idsOf(page))
    }
    expect(seen).toEqual(groups.map(({ id }) => id))
  })

  test('the total is that of the filter, on every page and behind the last', async () => {
    const workspace = await addWorkspace(store, { people: [], groups: numbered(30) })
    const filter = parseFilter('displayName ew "5"', GROUP)
    const read = async (startIndex: number, count: number) => {
      const page = await listGroups(store, workspace, { filter, page: { kind: 'index', startIndex, count } }, BASE_URL)
      return [page.total, idsOf(page)]
    }
    expect(await read(1, 0)).toEqual([3, []])
    expect(await read(1, 2)).toEqual([3, ['grp_00005', 'grp_00015']])
    expect(await read(3, 2)).toEqual([3, ['grp_00025']])
    expect(await read(1, 3)).toEqual([3, ['grp_00005', 'grp_00015', 'grp_00025']])
    expect(await read(4, 2)).toEqual([3, []])
    expect(await read(Number.MAX_SAFE_INTEGER, 1000)).toEqual([3, []])
  })

  test('an empty workspace', async () => {
    const workspace = await addWorkspace(store, NOTHING)
    const page = { kind: 'index', startIndex: 1, count: 10 } as const
    expect(await listGroups(store, workspace, { page }, BASE_URL)).toEqual({ total: 0, rows: [] })
    expect(await listUsers(store, workspace, { page }, BASE_URL)).toEqual({ total: 0, rows: [] })
  })
})

describe('pages by cursor', () => {
  test('are the list, in every order', async () => {
    const property = fc.asyncProperty(
      content,
      fc.constantFrom(...namedAttributes(GROUP).filter(({ attribute }) => attribute.type !== 'complex')),
      fc.boolean(),
      fc.integer({ min: 1, max: 3 }),
      async (held, { path: sortBy }, descending, count) => {
        const workspace = await addWorkspace(store, held)
        const whole = await listGroups(store, workspace, { sortBy, descending, page: WHOLE }, BASE_URL)
        const pages = await walk(workspace, { sortBy, descending }, count)
        expect(pages.flatMap(({ rows }) => rows)).toEqual(whole.rows)
        expect(pages.map(({ total }) => total)).toEqual(pages.map(() => whole.total))
        expect(pages.slice(0, -1).every(({ rows }) => rows.length === count)).toBe(true)
      },
    )
    await fc.assert(property, RUN)
  })

  test('while groups come and go, those that stay are read once each, and none is read twice', async () => {
    const change = fc.oneof(
      fc.record({ kind: fc.constant('insert' as const), id: fc.nat(99), name: text, externalId: fc.option(text) }),
      fc.record({ kind: fc.constant('delete' as const), index: fc.nat(20) }),
    )
    const property = fc.asyncProperty(
      fc.uniqueArray(
        text.map((name) => name.toUpperCase()),
        { minLength: 1, maxLength: 8 },
      ),
      fc.constantFrom(undefined, 'displayName', 'externalId'),
      fc.boolean(),
      fc.array(fc.array(change, { maxLength: 3 }), { maxLength: 8 }),
      async (names, attribute, descending, changes) => {
        const workspace = await addWorkspace(store, NOTHING)
        const staying = new Set<string>()
        const held = new Map<string, number>()
        const insert = async (group: Group) => {
          const key = await tryInsert(workspace, group)
          if (key !== undefined) held.set(group.id, key)
          return key !== undefined
        }
        for (const [index, name] of names.entries()) {
          const id = `grp_${index * 10}`
          const group = index % 3 === 0 ? { id, displayName: name } : { id, displayName: name, externalId: name }
          if (await insert(group)) staying.add(id)
        }
        const between = async (position: number) => {
          for (const each of changes[position] ?? []) {
            if (each.kind === 'insert') {
              const { id, name, externalId } = each
              const group = { id: `grp_${id}`, displayName: name }
              await insert(externalId === null ? group : { ...group, externalId })
            } else {
              const [id, key] = [...held][each.index] ?? []
              if (id === undefined || key === undefined) continue
              await store.write((writer) => deleteGroup(writer, workspace, key))
              held.delete(id)
              staying.delete(id)
            }
          }
        }
        const sorting = attribute === undefined ? { descending } : { sortBy: { attribute }, descending }
        const pages = await walk(workspace, sorting, 2, between)
        const keys = pages.flatMap(({ rows }) => rows.map(({ key }) => key))
        expect(new Set(keys).size).toBe(keys.length)
        const read = new Set(pages.flatMap(idsOf))
        expect([...staying].filter((id) => !read.has(id))).toEqual([])
      },
    )
    await fc.assert(property, RUN)
  })

  test('go on behind a value that is longer than a cursor may be', async () => {
    const long = 'x'.repeat(60_000)
    const groups = ['a', 'b', 'c'].map((name) => ({ id: `grp_${name}`, displayName: name, externalId: long + name }))
    const workspace = await addWorkspace(store, { people: [], groups })
    const pages = await walk(workspace, { sortBy: { attribute: 'externalId' } }, 1)
    expect(pages.map(idsOf)).toEqual([['grp_a'], ['grp_b'], ['grp_c']])
    expect(pages[0]?.nextCursor?.length).toBeLessThan(2_000)
  })

  test('are of 1,000 where no count is given', async () => {
    const workspace = await addWorkspace(store, { people: [], groups: numbered(1_001) })
    const page = await listGroups(
      store,
      workspace,
      { page: { kind: 'cursor', cursor: '', count: undefined } },
      BASE_URL,
    )
    expect([page.rows.length, page.total]).toEqual([1_000, 1_001])
    const cursor = page.nextCursor ?? ''
    const next = await listGroups(store, workspace, { page: { kind: 'cursor', cursor, count: undefined } }, BASE_URL)
    expect([idsOf(next), next.total, next.nextCursor]).toEqual([['grp_01000'], 1_001, undefined])
  })

  test('a count of 0 asks for the total alone', async () => {
    const workspace = await addWorkspace(store, { people: [], groups: numbered(3) })
    const page = await listGroups(store, workspace, { page: { kind: 'cursor', cursor: '', count: 0 } }, BASE_URL)
    expect(page).toEqual({ total: 3, rows: [] })
  })
})

describe('a page ends once it holds 100,000 members', () => {
  const counts = [60_000, 40_000, 1, 150_000, 0, 99_999, 2]
  const resize = statement('update {groups} set member_count = :count where workspace_id = :workspace and id = :id')
  let workspace: number

  beforeAll(async () => {
    const groups = numbered(counts.length)
    workspace = await addWorkspace(store, { people: [], groups })
    await store.write(async (writer) => {
      for (const [index, count] of counts.entries())
        await writer.run(resize, { workspace, id: groups[index]?.id ?? '', count })
    })
  })

  test('or with the one group that has more', async () => {
    const pages = await walk(workspace, {}, 5)
    expect(pages.map(({ rows }) => rows.map(({ member_count }) => member_count))).toEqual([
      [60_000, 40_000],
      [1],
      [150_000],
      [0, 99_999],
      [2],
    ])
    expect(pages.map(({ total }) => total)).toEqual([7, 7, 7, 7, 7])
    expect(PAGE_MEMBERS).toBe(100_000)
  })

  test('by index too', async () => {
    const page = await listGroups(store, workspace, { page: { kind: 'index', startIndex: 3, count: 9 } }, BASE_URL)
    expect([idsOf(page), page.total]).toEqual([['grp_00002'], 7])
  })

  test('but not if members are not shown', async () => {
    const page = await listGroups(store, workspace, { page: WHOLE }, BASE_URL, everyRow)
    expect(page.rows.length).toBe(7)
  })
})

const WHOLE = { kind: 'index', startIndex: 1, count: 1000 } as const

async function walk(
  workspace: number,
  query: Omit<ListQuery, 'page'>,
  count: number,
  between: (position: number) => Promise<void> = async () => {},
): Promise<Page<GroupRow>[]> {
  const pages: Page<GroupRow>[] = []
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const page: Page<GroupRow> = await listGroups(
      store,
      workspace,
      { ...query, page: { kind: 'cursor', cursor, count } },
      BASE_URL,
    )
    pages.push(page)
    await between(pages.length - 1)
    cursor = page.nextCursor
  }
  return pages
}

const keyById = statement<{ key: number }>(
  'select g.key from {groups} g where g.workspace_id = :workspace and g.id = :id',
)

/** Answers nothing where the id, the name or the externalId is taken. */
async function tryInsert(workspace: number, group: Group): Promise<number | undefined> {
  try {
    await store.write((writer) => addGroup(writer, workspace, group))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_CONSTRAINT_UNIQUE') return undefined
    throw error
  }
  return (await store.get(keyById, { workspace, id: group.id }))?.key
}
