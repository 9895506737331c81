import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPage, shown, violations } from './browser.ts'
import { openStage, type Stage } from './stage.ts'

const EMAIL = 'wanda@acme.example'
const PASSWORD = 'wanda’s own long password'

let stage: Stage
let page: Page
const complaints: string[] = []

beforeAll(async () => {
  stage = await openStage()
  for (const slug of ['acme', 'globex', 'hooli']) await stage.api('POST', '/workspaces', { slug, name: slug })
  page = await newcomer('en')
})

afterAll(() => stage?.close())

/** A browser in which nobody is signed in. */
async function newcomer(locale: string): Promise<Page> {
  const opened = await openPage(stage.browser, { locale })
  opened.page.on('close', () => complaints.push(...opened.complaints))
  return opened.page
}

async function linkTo(slug: string): Promise<string> {
  return (await stage.api('POST', `/workspaces/${slug}/admins`, { email: EMAIL })).url
}

async function open(link: string): Promise<void> {
  // Of one page only the part behind the # would change, which loads nothing.
  await page.goto('about:blank')
  await page.goto(link)
  await shown(page)
}

async function slugs(): Promise<string[]> {
  const response = await page.context().request.get(`${stage.service.url}/api/admin/v1/me`)
  return (await response.json()).workspaces
}

test('a newcomer chooses a name and a password, and is in', async () => {
  await open(await linkTo('acme'))
  await page.getByLabel('Name').fill('Wanda')
  await page.getByLabel('Password').fill(PASSWORD)
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Accept and sign in' }).click()
  await page.getByRole('button', { name: /Account of Wanda/ }).waitFor()
  expect(await slugs()).toEqual(['acme'])
})

test('who has an account and is signed in gives its password, and goes on', async () => {
  await open(await linkTo('globex'))
  await page.getByText('You have an account already').waitFor()
  expect(await page.getByLabel('Name').count()).toBe(0)
  await page.getByLabel('Password').fill('not the password')
  await page.keyboard.press('Enter')
  await page.getByText('this is not its password').waitFor()
  expect(await violations(page)).toEqual([])
  expect(await slugs()).toEqual(['acme'])
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Accept', exact: true }).click()
  await page.getByRole('button', { name: /Account of Wanda/ }).waitFor()
  expect(await slugs()).toEqual(['acme', 'globex'])
})

test('who has an account and is not signed in is led to sign in', async () => {
  const link = await linkTo('hooli')
  await page.close()
  page = await newcomer('de')
  await open(link)
  await page.getByText('Sie haben schon ein Konto').waitFor()
  await page.getByLabel('Passwort').fill(PASSWORD)
  await page.getByRole('button', { name: 'Annehmen', exact: true }).click()
  await page.getByText('Einladung angenommen').waitFor()
  expect(await violations(page)).toEqual([])
  await page.getByLabel('E-Mail').fill(EMAIL)
  await page.getByLabel('Passwort').fill(PASSWORD)
  await page.getByRole('button', { name: 'Anmelden', exact: true }).click()
  await page.getByRole('button', { name: /Wanda/ }).waitFor()
  expect(await slugs()).toEqual(['acme', 'globex', 'hooli'])
})

test('no page has complained', async () => {
  await page.close()
  expect([...complaints, ...stage.complaints]).toEqual([])
})
