import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { expect, test } from 'vitest'
import { accept, browser, me, signInWith } from '../sign-in/browser.ts'
import { freshFolder } from '../support/cli.ts'
import { emptyDatabase } from '../support/postgres.ts'
import { type Service, serveOn } from '../support/processes.ts'

const EMAIL = 'olga@example.com'

test('several processes, on two machines that start at once, are one sign-in', async () => {
  const database = (await emptyDatabase()).url
  const folders = [await freshFolder(), await freshFolder()]
  const settings = ['--processes', '2', '--table-prefix', 'x_', '--table-schema', 'scim_own']
  const services = await Promise.all(folders.map((folder) => serveOn(database, folder, ...settings)))
  const [one, other] = services as [Service, Service]
  expect(await tablesIn(database)).toEqual(expect.arrayContaining(SIGN_IN_TABLES.map((name) => `scim_own.x_${name}`)))
  expect((await tablesIn(database)).every((name) => name.startsWith('scim_own.x_'))).toBe(true)

  const page = await accept(await onlyLiveLink(folders, one), one, { email: EMAIL })
  const elsewhere = browser(other.url)
  for (const [name, value] of page.cookies) elsewhere.cookies.set(name, value)
  expect(await me(elsewhere)).toMatchObject({ status: 200, body: { kind: 'operator' } })

  const guesses = await Promise.all(
    Array.from({ length: 24 }, (_, i) =>
      signInWith(browser([one, other][i % 2]?.url ?? ''), EMAIL, 'a wrong password here'),
    ),
  )
  const statuses = guesses.map(({ status }) => status)
  expect(statuses.filter((status) => status === 401)).toHaveLength(10)
  expect(statuses.filter((status) => status === 429)).toHaveLength(14)

  await page.post('/api/sign-in/sign-out')
  expect((await me(elsewhere)).status).toBe(401)
  for (const service of services) {
    const lines = await service.stop()
    expect(lines.filter(({ level }) => Number(level) >= 50)).toEqual([])
  }
})

/** A later start ends the link of one before. */
async function onlyLiveLink(folders: readonly string[], { url }: Service): Promise<string> {
  const links = folders.map((folder) => readFileSync(join(folder, 'data', 'first-operator-link'), 'utf8').trim())
  const live: string[] = []
  for (const link of links) {
    const response = await browser(url).post('/api/sign-in/invitation', { secret: link.split('#')[1] })
    if (response.status === 200) live.push(link)
  }
  expect(live).toHaveLength(1)
  return live[0] ?? ''
}

const SIGN_IN_TABLES = [
  'users',
  'sessions',
  'accounts',
  'verifications',
  'rate_limits',
  'two_factors',
  'admins',
  'admin_workspaces',
  'invitations',
  'attempts',
  'secrets',
].map((name) => `sign_in_${name}`)

async function tablesIn(database: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: database })
  await client.connect()
  const { rows } = await client.query(
    `select schemaname || '.' || tablename as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  await client.end()
  return rows.map(({ name }) => name)
}
