import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, openPage, violations } from './browser.ts'
import { EMAIL, PASSWORD } from './operator.ts'
import { provider } from './provider.ts'
import { type Running, startBuilt } from './service.ts'

const PEOPLE = ['ana', 'ben', 'cem', 'dora', 'emil'].map((name) => `${name}@acme.example`)

let service: Running
let browser: Browser
let page: Page
let complaints: string[]
/** What the provider has of the workspace "acme". */
let idp: ReturnType<typeof provider>
let group: string

beforeAll(async () => {
  service = await startBuilt()
  browser = await openBrowser()
  ;({ page, complaints } = await openPage(browser))
})

afterAll(async () => {
  await browser?.close()
  await service?.stop()
})

const go = (path: string) => page.goto(service.url + path)
const button = (name: string | RegExp, on = page) => on.getByRole('button', { name, exact: typeof name === 'string' })

test('the first operator comes in by the link that the service has written', async () => {
  await page.goto(service.firstOperatorLink())
  await page.getByLabel('E-mail').fill(EMAIL)
  await page.getByLabel('Name', { exact: true }).fill('Olga Operator')
  await page.getByLabel('Password').fill(PASSWORD)
  await button('Accept and sign in').click()
  await page.getByRole('heading', { name: 'Workspaces', level: 1 }).waitFor()
  expect(await page.context().cookies()).toContainEqual(expect.objectContaining({ httpOnly: true }))
})

test('a workspace is made, with SCIM on, and gets its people', async () => {
  await button('New workspace').first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: true }).fill('Acme')
  await dialog.getByRole('button', { name: 'New workspace' }).click()
  await page.waitForURL('**/w/acme/**')
  await go('/w/acme/people')
  await button('Add people').first().click()
  await page.getByLabel('One person a line').fill(PEOPLE.join('\n'))
  await button('Add 5 people').click()
  await page.getByText('ana@acme.example').first().waitFor()
})

test('somebody without an account opens the setup link, and issues the token; the checklist turns green', async () => {
  await go('/w/acme/connect?provider=entra')
  await button('Create a setup link').first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Create a setup link' }).click()
  const link = (await dialog.getByText(/\/setup#/).textContent()) ?? ''

  const outside = await openPage(browser)
  await outside.page.goto(link.trim())
  await button('Open the set-up in this browser', outside.page).click()
  const steps = outside.page.getByRole('heading', { name: /Connect Microsoft Entra ID to Acme/ })
  await steps.and(outside.page.locator(':focus')).waitFor()
  expect(outside.page.url()).not.toContain('#')
  await button('Copy: Tenant URL', outside.page).first().waitFor()
  await button('Issue a token', outside.page).click()
  await button('Copy: Secret token', outside.page).first().waitFor()
  const issued = outside.page.getByText(/opt_scim_\w+/).first()
  const token = /opt_scim_\w+/.exec((await issued.textContent()) ?? '')?.[0] ?? ''

  idp = provider(`${service.url}/api/auth/scim/v2`, token)
  const ids = await Promise.all(PEOPLE.map((name) => idp.idOf(name)))
  group = await idp.createGroup('Engineering')
  expect((await idp.add(group, ids)).status).toBe(204)
  await outside.page.getByText('6 of 6 steps done').waitFor()
  expect(await violations(outside.page)).toEqual([])

  // Whoever follows the link again, in the same browser, comes in again.
  const again = await outside.page.context().newPage()
  await again.goto(link.trim())
  await again.getByRole('heading', { name: /Connect Microsoft Entra ID to Acme/ }).waitFor()
  expect(again.url()).not.toContain('#')

  // The link has been used: another browser gets nothing by it.
  const late = await openPage(browser)
  await late.page.goto(link.trim())
  await button('Open the set-up in this browser', late.page).click()
  await late.page.getByRole('alert').first().waitFor()
  expect(outside.complaints.concat(late.complaints)).toEqual([])
  await outside.page.context().close()
  await late.page.context().close()
})

test('a provider is rehearsed against this very server', async () => {
  await go('/w/acme/connect?provider=entra')
  await button('Rehearse Microsoft Entra ID').click()
  const result = page.getByText(/(\d+) of \1 steps as they should be/)
  await result.waitFor({ timeout: 240_000 })
})

test('a token is rotated, with proof that the new one is used', async () => {
  await go('/w/acme/tokens')
  await button(/^Rotate: /)
    .first()
    .click()
  await button('Issue the new token').click()
  const text =
    (await page
      .getByText(/opt_scim_\w+/)
      .first()
      .textContent()) ?? ''
  const old = idp
  idp = provider(`${service.url}/api/auth/scim/v2`, /opt_scim_\w+/.exec(text)?.[0] ?? '')
  const copied = button('I have copied it')
  if (await copied.isVisible()) await copied.click()
  await page.getByText('Paste it into the provider').first().waitFor()
  expect((await idp.call('GET', '/Groups?count=1')).status).toBe(200)
  await page.getByText(/Used by e2e/).waitFor()
  await button('Retire the old token').click()
  const dialog = page.getByRole('dialog').or(page.getByRole('alertdialog'))
  if (await dialog.isVisible()) await dialog.getByRole('button', { name: 'Retire' }).click()
  await expect.poll(async () => (await old.call('GET', '/Groups?count=1')).status).toBe(401)
})

test('a request that failed is explained, with what to do', async () => {
  const refused = await idp.call('POST', '/Groups', { displayName: 'engineering' })
  expect(refused.status).toBe(409)
  await go('/w/acme/activity?outcome=failed')
  await page
    .getByRole('link', { name: /engineering/i })
    .first()
    .click()
  await page.getByText('What to do').first().waitFor()
  await page.getByText('$SCIM_TOKEN', { exact: false }).first().waitFor()
  expect(await page.content()).not.toMatch(/opt_scim_\w{20}/)
})

test('why a person has access', async () => {
  await go('/w/acme/people')
  await page.getByRole('link', { name: /ana/ }).first().click()
  await page
    .getByRole('button', { name: /Why/ })
    .or(page.getByRole('link', { name: /Why/ }))
    .first()
    .click()
  await page.getByText('Has access by this group').waitFor()
})

test('the guard holds a removal of everybody, nothing is lost, and it is let through', async () => {
  await go('/w/acme/connect?provider=entra')
  await button(/^Turn on, from 20/).click()
  await button(/^Turn on, from 20/).waitFor({ state: 'detached' })
  await go('/w/acme/settings?tab=guard')
  await page.getByLabel(/Memberships of one group lost/).fill('3')
  await button('Save').click()
  await page.getByText('Saved').first().waitFor()
  // Another look at the settings is taken within a second.
  await expect.poll(async () => (await idp.removeAll(group)).status).toBe(503)
  expect((await idp.call('GET', `/Groups/${group}`)).body.members).toHaveLength(5)
  await go('/w/acme')
  await button('Let through').first().click()
  const dialog = page.getByRole('dialog').or(page.getByRole('alertdialog'))
  await dialog.getByRole('button', { name: 'Let through' }).click()
  await expect.poll(async () => (await idp.removeAll(group)).status).toBe(204)
  expect((await idp.call('GET', `/Groups/${group}`)).body.members).toEqual([])
})

test('the members of a group are restored, as one change', async () => {
  await go(`/w/acme/groups/${group}?tab=history`)
  await button('Restore to before this').first().click()
  await button('Preview').click()
  await page.getByText('5 people would be added').waitFor()
  await page.getByText('The provider is not told').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Restore', exact: true }).click()
  await expect.poll(async () => (await idp.call('GET', `/Groups/${group}`)).body.members.length).toBe(5)
})

test('no page has complained', () => {
  expect(complaints).toEqual([])
})
