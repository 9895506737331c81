import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CLIENT_SECRET, type OpenId, startOpenId } from '../packages/server/test/sign-in/openid.ts'
import { codeAt } from '../packages/server/test/sign-in/totp.ts'
import { openPage, shown, violations } from './browser.ts'
import { EMAIL, PASSWORD } from './operator.ts'
import { openStage, type Stage } from './stage.ts'

let folder: string
let openId: OpenId
let stage: Stage
let page: Page
/** What the authenticator app was given, and what was written down. */
let secret: string
let backupCodes: string[]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'optimaite-scim-e2e-'))
  const secretFile = join(folder, 'client-secret')
  writeFileSync(secretFile, CLIENT_SECRET)
  openId = await startOpenId('scim')
  const oidc = { 'discovery-url': openId.discoveryUrl, 'client-id': 'scim', 'client-secret-file': secretFile }
  stage = await openStage(Object.entries(oidc).flatMap(([name, value]) => [`--oidc-${name}`, value]))
  ;({ page } = stage)
})

afterAll(async () => {
  await stage?.close()
  openId?.close()
  rmSync(folder, { recursive: true, force: true })
})

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })
const workspaces = () => page.getByRole('heading', { name: 'Workspaces', level: 1 })

async function signOut(): Promise<void> {
  await button(/Account of/).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByLabel('E-mail').waitFor()
}

/** As far as the password leads. */
async function enterPassword(): Promise<void> {
  await page.getByLabel('E-mail').fill(EMAIL)
  await page.getByLabel('Password').fill(PASSWORD)
  await button('Sign in').click()
  await page.getByRole('heading', { name: 'One more step' }).waitFor()
}

async function enter(label: string, code: string): Promise<void> {
  await page.getByLabel(label).fill(code)
  await page.keyboard.press('Enter')
}

test('the session is kept while the panel is looked at, about once an hour', async () => {
  const { page: other } = await openPage(stage.browser, { storageState: await page.context().storageState() })
  let asked = 0
  other.on('request', (request) => {
    if (request.url().endsWith('/get-session')) asked += 1
  })
  await other.clock.install()
  await other.goto(`${stage.service.url}/workspaces`)
  await other.getByRole('heading', { name: 'Workspaces', level: 1 }).waitFor()
  await expect.poll(() => asked).toBe(1)
  await other.clock.fastForward('00:50:00')
  expect(asked).toBe(1)
  // The hour begins with the answer, which may have come later than the page.
  const another = async () => {
    if (asked === 1) await other.clock.fastForward('00:15:00')
    return asked
  }
  await expect.poll(another).toBeGreaterThan(1)
  await other.context().close()
})

test('a second factor is turned on with a code from the secret that is shown', async () => {
  await page.goto(`${stage.service.url}/account`)
  const card = page.getByRole('region', { name: 'Two-factor sign-in' })
  await card.getByLabel('Current password').fill(PASSWORD)
  await button('Set up').click()
  await page.getByRole('img', { name: /QR code/ }).waitFor()
  expect(await violations(page)).toEqual([])
  secret = (await card.locator('.copy-text').textContent()) ?? ''
  backupCodes = ((await card.getByRole('figure').locator('code').textContent()) ?? '').split('\n')
  await enter('Six-digit code', '000000')
  await card.getByText('The code is wrong').waitFor()
  await enter('Six-digit code', codeAt(secret, Date.now()))
  await card.getByText('Two-factor sign-in is on').waitFor()
})

test('a code is asked for then, and a wrong one is refused', async () => {
  await signOut()
  await enterPassword()
  await page.getByLabel('Six-digit code').and(page.locator(':focus')).waitFor()
  expect(await violations(page)).toEqual([])
  await enter('Six-digit code', '000000')
  await page.getByRole('alert').waitFor()
  await enter('Six-digit code', codeAt(secret, Date.now()))
  await workspaces().waitFor()
})

test('a backup code lets in once, and not again', async () => {
  const [first = '', second = ''] = backupCodes
  await signOut()
  await enterPassword()
  await button('Use a backup code').click()
  await enter('Backup code', first)
  await workspaces().waitFor()
  await signOut()
  await enterPassword()
  await button('Use a backup code').click()
  await enter('Backup code', first)
  await page.getByRole('alert').waitFor()
  await enter('Backup code', second)
  await workspaces().waitFor()
})

test('the second factor is turned off with the password', async () => {
  await page.goto(`${stage.service.url}/account`)
  const card = page.getByRole('region', { name: 'Two-factor sign-in' })
  await card.getByLabel('Current password').fill(PASSWORD)
  await button('Turn off').click()
  await card.getByText('Two-factor sign-in is off').waitFor()
})

test('a session that has ended leads to signing in, whatever was asked for', async () => {
  const { page: other, complaints: others } = await openPage(stage.browser, {
    storageState: await page.context().storageState(),
  })
  await other.goto(`${stage.service.url}/account`)
  await other.getByLabel('New password').fill(PASSWORD)
  await other.getByRole('region', { name: 'Password', exact: true }).getByLabel('Current password').fill(PASSWORD)
  await other.context().clearCookies()
  await other.getByRole('button', { name: 'Change password' }).click()
  await other.waitForURL('**/sign-in?next=*')
  expect(others).toEqual([])
  await other.context().close()
  await signOut()
})

test('with an account elsewhere: whoever is no operator is refused, and told so', async () => {
  openId.visitor = { sub: 'eve', email: 'eve@elsewhere.example', email_verified: true, name: 'Eve' }
  await button('Sign in with 127.0.0.1').click()
  await page.getByText('Signing in elsewhere did not work').waitFor()
  await shown(page)
  expect(await violations(page)).toEqual([])
})

test('with an account elsewhere: an operator, and on to the page that was asked for', async () => {
  openId.visitor = { sub: 'olga', email: EMAIL, email_verified: true, name: 'Olga Operator' }
  await page.goto(`${stage.service.url}/service`)
  await button('Sign in with 127.0.0.1').click()
  await page.getByRole('heading', { name: 'Service', level: 1 }).waitFor()
  await button(/Account of Olga/).waitFor()
})

test('no page has complained', () => {
  expect(stage.complaints).toEqual([])
})
