import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { postgresDialect } from '../../src/store/postgres/dialect.ts'
import { compile } from '../../src/store/statement.ts'
import { add, remove } from '../load/client.ts'
import { firstPeople, groupOfSize, prepareStore } from '../load/fixture.ts'
import { personId, type Service, startService } from '../load/service.ts'
import { Statements } from '../load/statements.ts'

/** What providers and hosts ask for all day, in a workspace of 100,000 people and 1,000 groups. */
const statements = new Statements()
let service: Service
let server: pg.Client
let hot: string[]

beforeAll(async () => {
  service = await startService({ prepare, wrap: statements.wrap })
  server = new pg.Client(service.database)
  await server.connect()
  await server.query('set plan_cache_mode = force_generic_plan')
  hot = [...new Set(await statements.during(live))].filter(
    (text) => !/\{(tokens|workspaces|workspace_slugs|activity|holds|former_groups|store)\}/.test(text),
  )
})
afterAll(async () => {
  await server.end()
  await service[Symbol.asyncDispose]()
})

const TABLES = [
  ...['people', 'groups', 'memberships', 'changes', 'change_people'],
  ...['person_names', 'person_addresses', 'person_aliases'],
]

async function prepare(database: string): Promise<void> {
  const client = new pg.Client(database)
  await client.connect()
  // Nobody measures the tables behind the test's back.
  for (const table of TABLES) await client.query(`alter table scim_${table} set (autovacuum_enabled = false)`)
  await prepareStore(database)
  // A small table is read as a whole, and rightly so.
  await client.query(`
    insert into scim_person_names (workspace_id, name, person_key) select workspace_id, name, key from scim_people;
    insert into scim_person_addresses (workspace_id, kind, address, person_key)
      select workspace_id, 1, name, key from scim_people;
    insert into scim_person_aliases (workspace_id, id, person_key)
      select workspace_id, 'usr_former' || key, key from scim_people;
    insert into scim_groups (workspace_id, id, display_name, name, version, managed, member_count, created_at, updated_at)
    select w.key, 'grp_g' || i, 'G' || i, 'g' || i, 1, 1, 0, 0, 0 from scim_workspaces w cross join generate_series(1, 1000) i;
    insert into scim_changes (workspace_id, id, at, kind, group_key, actor, actor_label, people_count, lost)
    select g.workspace_id, 'chg_' || g.key || '_' || i, i, 'members_removed', g.key, 'token', 'test', 1, 1
      from scim_groups g cross join generate_series(1, 20) i`)
  await client.end()
}

async function live(): Promise<void> {
  const { client, scim, workspace } = service
  await scim.workspaces.change(workspace, { guard: { on: true, limit: 1_000_000 } })
  const id = groupOfSize(10_001)
  const stranger = personId(100_050)
  for (const operation of [
    add(stranger),
    remove(stranger),
    add('usr_new'),
    remove(...firstPeople(3)),
    add(...firstPeople(3)),
  ])
    expect((await client.patch(id, operation)).status).toBe(204)
  const other = await client.createGroup('Other', firstPeople(100))
  await client.put(other.id, 'Renamed', firstPeople(90))
  await client.send('DELETE', `/Groups/${other.id}`)
  const ask = (path: string, filter: string) => client.send('GET', `${path}?filter=${encodeURIComponent(filter)}`)
  for (const path of [`/Groups/${id}`, `/Groups/${id}?excludedAttributes=members`, '/Users/usr_p000001'])
    expect((await client.send('GET', path)).status).toBe(200)
  for (const filter of ['displayName eq "G77"', 'externalId eq "x"', `id eq "${id}" and members eq "${stranger}"`])
    expect((await ask('/Groups', filter)).status).toBe(200)
  for (const filter of ['userName eq "p77@example.com"', 'emails.value eq "p77@example.com"', 'externalId eq "x"'])
    expect((await ask('/Users', filter)).status).toBe(200)
  await scim.groups.ofPerson(workspace, personId(1))
  await scim.history.ofPerson(workspace, personId(1))
  await scim.history.explain(workspace, personId(1), id)
  await scim.problems.list(workspace)
  await scim.people.memberships(workspace, personId(1))
  await scim.people.list(workspace, { search: 'p7' })
  await scim.people.list(workspace, { state: 'pending' })
  await scim.people.list(workspace, { state: 'suspended' })
  await scim.groups.membersWithStates(workspace, id, { search: 'p77@' })
  await scim.groups.list(workspace, { search: '77' })
  await scim.groups.list(workspace, { search: '77', order: 'id' })
  await scim.activity.list(workspace, { group: id, outcome: 'failed' })
  await scim.activity.list(workspace, { person: personId(1) })
  await scim.activity.list(workspace, { outcome: 'failed', method: 'GET' })
  await scim.activity.after(workspace, { after: '', method: 'GET' })
  await scim.health.list()
  await scim.checklist(workspace, 'other')
  const emails = [{ value: 'p1@example.com', verified: true }]
  await scim.people.upsert(workspace, [{ id: personId(1), userName: 'p1', emails }])
  await scim.people.upsert(workspace, [{ id: 'usr_new', userName: 'new' }])
  await scim.people.remove(workspace, ['usr_new'])
}

interface Plan {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Cond'?: string
  readonly Filter?: string
  readonly Plans?: readonly Plan[]
}

async function planOf(sql: string, parameters: number): Promise<Plan> {
  await server.query(`prepare asked as ${sql}`)
  const nothing = parameters === 0 ? '' : `(${Array.from({ length: parameters }, () => 'null').join(', ')})`
  const { rows } = await server.query(`explain (format json) execute asked${nothing}`)
  await server.query('deallocate asked')
  return rows[0]['QUERY PLAN'][0].Plan
}

const KEYS = /\b(workspace_id|key|id|group_key|person_key|name_key|external_id_key|address_key|change_key)\b/

/** What reads more of a table than it is asked for. */
function walks(plan: Plan): string[] {
  const found = (plan.Plans ?? []).flatMap(walks)
  const { 'Node Type': kind, 'Relation Name': table = '', 'Index Cond': condition = '', Filter: filter = '' } = plan
  if (/^Seq Scan|Hash|Merge Join/.test(kind)) found.push(`${kind} ${table}`)
  // A bitmap's conditions are those of the index scan below it.
  if (/^Index/.test(kind) || kind === 'Bitmap Index Scan') {
    const columns = condition.match(/\b\w+_key\b|\bkey\b|\bid\b|\bposition\b|\bsubstr\(name\b/g)
    if (!condition.includes('workspace_id') || !columns) found.push(`${kind} ${table} by ${condition || 'nothing'}`)
  }
  if (KEYS.test(filter)) found.push(`${kind} ${table} filters ${filter}`)
  return found
}

/**
 * Whole lists are asked for: what is counted is looked at, a page of matches begins where it begins, and those of a state have
 * an index of their own.
 */
const WALKS = [
  /^\s*select (?:t\.workspace_id as workspace, )?count\(\*\)/,
  /order by [gp]\.id asc limit/,
  /and q\.(?:state|suspended) = \d and/,
]

/**
 * Several members are taken out by a walk over the group as long as nobody has measured the tables, which the server does by
 * itself once much has been written: until then it believes that a group has three.
 */
const UNMEASURED = /^Bitmap Heap Scan scim_memberships filters \(person_key = ANY \(\$3\)\) IN delete/

/** Of a person's own changes, the page or the group is sought among all of them. */
const OF_ONE =
  /^(?:(?:Index|Bitmap Heap) Scan scim_change_people filters \(change_key < \$3\)|Subquery Scan {2}filters \(\(c\.group_key IS NULL\))/

async function expectIndexes(known = /^$/): Promise<void> {
  const wrong: string[] = []
  expect(hot.length).toBeGreaterThan(25)
  for (const text of hot) {
    if (WALKS.some((pattern) => pattern.test(text))) continue
    for (const single of [false, true]) {
      const { sql, names } = compile(text, postgresDialect, 'scim_', single)
      for (const walk of walks(await planOf(sql, names.length))) wrong.push(`${walk} IN ${sql}`)
    }
  }
  expect(wrong.filter((walk) => !known.test(walk) && !OF_ONE.test(walk))).toEqual([])
}

test('tables that nobody has ever measured: everything is found by an index', () => expectIndexes(UNMEASURED))

test('tables that have just been measured: everything is found by an index', async () => {
  await server.query('analyze')
  await expectIndexes()
})

test('a number of members that is asked for costs no further statement, up to a piece', async () => {
  const { client } = service
  const counted = async (size: number): Promise<string[][]> => {
    const people = Array.from({ length: size }, (_, number) => `usr_m${number}`)
    const steps: string[][] = []
    const during = async (act: () => Promise<{ readonly status: number }>): Promise<void> => {
      const texts = await statements.during(async () => expect((await act()).status).toBeLessThan(300))
      steps.push(texts.filter((text) => !/\{(tokens|workspaces|activity)\}/.test(text) && !/shown_name/.test(text)))
    }
    const members = people.map((value) => ({ value }))
    const { id } = await client.createGroup(`Counted ${size}`)
    await during(() => client.patch(id, add(...people)))
    await during(() => client.patch(id, remove(...people)))
    await during(() => client.patch(id, add(...people)))
    await during(() => client.put(id, `Counted ${size}`, people.slice(1)))
    await during(() => client.put(id, `Counted ${size}`, people))
    await during(() => client.send('POST', '/Groups', { displayName: `Posted ${size}`, members }))
    return steps
  }
  // Once for all ids, so that they are known to both.
  await counted(10_000)
  const few = await counted(10)
  await client.patch((await client.createGroup('Last')).id, add('usr_m0'))
  const many = await counted(9_999)
  // A large replacement is compared before its transaction.
  expect(many.map((texts) => texts.length)).toEqual(
    [few[0], few[1], few[2], many[3], many[4], few[5]].map((texts) => texts?.length),
  )
  for (const texts of many) expect(texts.length).toBeLessThan(15)
})
