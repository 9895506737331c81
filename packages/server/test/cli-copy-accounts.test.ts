import { join } from 'node:path'
import { expect, test } from 'vitest'
import { accept, type Browser, bodyOf, browser, firstOperator, me, PASSWORD, signInWith } from './sign-in/browser.ts'
import { codeAt } from './sign-in/totp.ts'
import { call, freshFolder } from './support/cli.ts'
import { emptyDatabase } from './support/postgres.ts'
import { startServer, type TestServer } from './support/server.ts'

type Kind = 'sqlite' | 'postgres'

async function emptyPlace(kind: Kind): Promise<string> {
  return kind === 'postgres' ? (await emptyDatabase()).url : `sqlite:${join(await freshFolder(), 'scim.db')}`
}

async function served<T>(database: string, work: (server: TestServer) => Promise<T>): Promise<T> {
  const server = await startServer({ database })
  try {
    return await work(server)
  } finally {
    await server.close()
  }
}

/** An operator with a second factor, an admin of a workspace, and an invitation that nobody accepted yet. */
async function people(server: TestServer) {
  const operator = await firstOperator(server)
  await server.scim.workspaces.create('acme', { name: 'Acme', scim: true })
  const invite = async (email: string) =>
    (await bodyOf(await operator.post('/api/admin/v1/workspaces/acme/admins', { email }))).url as string
  const admin = await accept(await invite('ada@example.com'), server)
  const open = await invite('ivo@example.com')
  const enabled = await bodyOf(await operator.post('/api/sign-in/two-factor/enable', { password: PASSWORD }))
  const secret = new URL(enabled.totpURI).searchParams.get('secret') ?? ''
  const code = codeAt(secret, Date.now())
  expect((await operator.post('/api/sign-in/two-factor/verify-totp', { code })).status).toBe(200)
  return { operator, admin, open, backupCodes: enabled.backupCodes as string[] }
}

function onward(page: Browser, url: string): Browser {
  const next = browser(url)
  for (const [name, value] of page.cookies) next.cookies.set(name, value)
  return next
}

test.each<[Kind, Kind]>([
  ['sqlite', 'postgres'],
  ['postgres', 'sqlite'],
  ['sqlite', 'sqlite'],
  ['postgres', 'postgres'],
])('who signs in comes along from %s to %s', async (from, to) => {
  const [source, target] = [await emptyPlace(from), await emptyPlace(to)]
  const before = await served(source, people)
  // A service that has run on the target leaves a secret and a link there.
  await served(target, (server) => server.signIn.firstOperatorUrl())

  const { code, stdout, stderr } = await call(['copy', '--from', source, '--to', target], await freshFolder())
  expect([code, stderr]).toEqual([0, expect.stringContaining('Start the service with it')])
  expect(stdout).toContain('2 accounts; every table compared')

  await served(target, async (server) => {
    expect(await me(onward(before.operator, server.url))).toMatchObject({ status: 200, body: { kind: 'operator' } })
    expect(await me(onward(before.admin, server.url))).toMatchObject({ body: { workspaces: ['acme'] } })
    expect((await signInWith(browser(server.url), 'ada@example.com')).status).toBe(200)

    const second = browser(server.url)
    expect(await bodyOf(await signInWith(second, 'olga@example.com'))).toMatchObject({ twoFactorRedirect: true })
    const [code] = before.backupCodes
    expect((await second.post('/api/sign-in/two-factor/verify-backup-code', { code })).status).toBe(200)

    expect(await me(await accept(before.open, server))).toMatchObject({ body: { workspaces: ['acme'] } })
    const listed = await bodyOf(await onward(before.operator, server.url).get('/api/admin/v1/workspaces/acme/admins'))
    expect(JSON.stringify(listed)).toMatch(/ada@example\.com.*ivo@example\.com/)
  })
})

test('accounts of the target are not lost: the copy is refused, and nothing of it kept', async () => {
  const [source, target] = [await emptyPlace('sqlite'), await emptyPlace('sqlite')]
  await served(source, people)
  const there = await served(target, firstOperator)
  const { code, stderr } = await call(['copy', '--from', source, '--to', target], await freshFolder())
  expect([code, stderr]).toEqual([
    1,
    'The target is in use, with rows of audit: a copy needs an empty store.\nName a database of its own, or another file, with --to.\n',
  ])
  await served(target, async (server) => {
    expect((await me(onward(there, server.url))).status).toBe(200)
    expect(await server.scim.workspaces.find('acme')).toBeUndefined()
  })
})

test('a store to which nobody could sign in yet is copied without accounts', async () => {
  const [source, target] = [await emptyPlace('sqlite'), await emptyPlace('sqlite')]
  const cwd = await freshFolder()
  expect((await call(['workspace', 'create', 'acme', '--name', 'Acme', '--database', source], cwd)).code).toBe(0)
  const { code, stdout } = await call(['copy', '--from', source, '--to', target, '--json'], cwd)
  expect(code).toBe(0)
  expect(Object.keys(JSON.parse(stdout).rows).filter((table) => table.startsWith('sign_in'))).toEqual([])
})
