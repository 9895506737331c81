import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { createScim, type Scim } from '../../src/index.ts'
import { createDatabase } from '../postgres/databases.ts'
import { sharedCluster } from '../postgres/shared.ts'

interface Shared {
  readonly scim: Scim
  /** A provider's transaction in another process, which is still open. */
  readonly other: pg.Client
  /** Resolves once somebody waits for that transaction. */
  waits(): Promise<void>
}

async function share(): Promise<Shared> {
  const { url, drop } = await createDatabase((await sharedCluster()).url)
  const scim = await createScim({ database: url, publicUrl: 'https://app.example.com' })
  const [other, watcher] = [new pg.Client(url), new pg.Client(url)]
  await Promise.all([other.connect(), watcher.connect()])
  onTestFinished(async () => {
    await Promise.all([other.end(), watcher.end()])
    await scim.close()
    await drop()
  })
  await scim.workspaces.create('acme', { name: 'Acme', scim: true })
  const waits = async () => {
    const query = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    while ((await watcher.query(query)).rowCount === 0);
  }
  return { scim, other, waits }
}

const ANA = { id: 'usr_ana', userName: 'ana@a.example' }
const BO = { id: 'usr_bo', userName: 'bo@a.example' }

test('whom a provider names for the first time while the host adds them is taken over, with what they are a member of', async () => {
  const { scim, other, waits } = await share()
  const { id } = await scim.groups.create('acme', { displayName: 'One', members: [] })
  await other.query('begin')
  await other.query(
    "insert into scim_people (workspace_id, id, state, created_at, updated_at) values (1, 'usr_ana', 0, 0, 0)",
  )
  await other.query(`insert into scim_memberships (workspace_id, group_key, person_key)
    select 1, g.key, p.key from scim_groups g, scim_people p where g.id = '${id}' and p.id = 'usr_ana'`)
  const stored = scim.people.upsert('acme', [ANA, BO])
  await waits()
  await other.query('commit')
  expect(await stored).toMatchObject({ ids: ['usr_ana', 'usr_bo'], created: 2, updated: 0, unchanged: 0 })
  expect(await scim.groups.ofPerson('acme', 'usr_ana')).toMatchObject([{ id }])
  expect(await scim.people.find('acme', 'usr_ana')).toMatchObject({ userName: 'ana@a.example' })
  const { changes } = await scim.changes.read('acme')
  expect(changes.map(({ kind }) => kind)).toContain('members_resolved')
  expect(await scim.people.upsert('acme', [ANA, BO])).toMatchObject({ unchanged: 2 })
})

test('who is held as a member is renamed beside that, and is removed only afterwards', async () => {
  const { scim, other, waits } = await share()
  await scim.people.upsert('acme', [ANA])
  await other.query('begin')
  await other.query("select key from scim_people where id = 'usr_ana' for key share")
  await scim.people.upsert('acme', [{ ...ANA, displayName: 'Ana Lima' }])
  const removed = scim.people.remove('acme', ['usr_ana'])
  await waits()
  expect(await scim.people.find('acme', 'usr_ana')).toMatchObject({ displayName: 'Ana Lima' })
  await other.query('commit')
  await removed
  expect(await scim.people.find('acme', 'usr_ana')).toBeUndefined()
})
