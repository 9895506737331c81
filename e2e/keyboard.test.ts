import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { shown } from './browser.ts'
import { expectVisibleFocus, follow, tabThrough, tabTo } from './keyboard.ts'
import { EMAIL, PASSWORD } from './operator.ts'
import { openStage, type Stage } from './stage.ts'
import { furnish } from './workspace.ts'

let stage: Stage
let page: Page

beforeAll(async () => {
  stage = await openStage()
  ;({ page } = stage)
  await furnish(stage.api, stage.service)
  await page.context().clearCookies()
})

afterAll(() => stage?.close())

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })
const link = (name: string | RegExp) => page.getByRole('link', { name, exact: typeof name === 'string' })
const inNav = (name: string) => page.getByRole('navigation', { name: 'Workspace Acme' }).getByRole('link', { name })

/** The page has come, its heading says so to whoever hears it, and all of it can be passed. */
async function arrived(title: string): Promise<void> {
  await page.getByRole('heading', { name: title, level: 1 }).and(page.locator(':focus')).waitFor()
  await shown(page)
  await tabThrough(page)
}

test('signing in', async () => {
  await page.goto(`${stage.service.url}/`)
  await shown(page)
  await tabTo(page.getByLabel('E-mail'))
  await page.keyboard.type(EMAIL)
  await tabTo(page.getByLabel('Password'))
  await page.keyboard.type(PASSWORD)
  await page.keyboard.press('Enter')
  await arrived('Workspaces')
})

test('past the navigation to the content', async () => {
  await follow(button('Skip to content'))
  await page.locator('main:focus').waitFor()
  await page.keyboard.press('Tab')
  await page.getByRole('main').locator(':focus').waitFor()
})

test('a workspace, and its pages', async () => {
  await follow(link('Acme'))
  await arrived('Overview')
  await follow(inNav('Set up'))
  await arrived('Set up')
  await follow(link('Microsoft Entra ID'))
  await button('Rehearse Microsoft Entra ID').waitFor()
  await shown(page)
  await tabThrough(page)
  await follow(inNav('Groups'))
  await arrived('Groups')
  await follow(link('Engineering'))
  await arrived('Engineering')
  await follow(inNav('People'))
  await arrived('People')
  await follow(link('Person 7'))
  await arrived('Person 7')
  await follow(inNav('Activity'))
  await arrived('Activity')
  await follow(page.getByRole('main').getByRole('link', { name: /Engineering/ }))
  await page
    .getByRole('heading', { level: 1, name: /Engineering/ })
    .and(page.locator(':focus'))
    .waitFor()
  await tabThrough(page)
})

test('the tabs of the settings', async () => {
  await follow(inNav('Settings'))
  await arrived('Settings')
  for (const [name, heading] of [
    ['Guard', 'Guard against mass removal'],
    ['Admins', 'Admins'],
    ['API keys', 'API keys'],
    ['Audit trail', 'Audit trail'],
  ] as const) {
    await follow(link(name))
    await page.getByRole('heading', { name: heading, level: 2 }).waitFor()
    await shown(page)
    await tabThrough(page)
  }
})

test('a token is issued, and its text copied', async () => {
  await follow(inNav('Tokens'))
  await arrived('Tokens')
  await follow(button('Issue a token'))
  const dialog = page.getByRole('dialog')
  await tabTo(dialog.getByLabel('Name'))
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('By hand')
  await tabTo(dialog.getByLabel('Lifetime'))
  await page.keyboard.press('ArrowUp')
  await follow(dialog.getByRole('button', { name: 'Issue a token' }))
  await follow(dialog.getByRole('button', { name: 'Copy' }))
  expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(/^opt_scim_\w+$/)
  await follow(dialog.getByRole('button', { name: 'I have copied it' }))
  await button('Issue a token').and(page.locator(':focus')).waitFor()
  await page.getByRole('rowheader', { name: /By hand/ }).waitFor()
})

test('the menus, with the arrow keys', async () => {
  await follow(button(/Language and theme/))
  await page.getByRole('menu').waitFor()
  await page.keyboard.press('End')
  await page.getByRole('menuitemradio', { name: 'Dark' }).and(page.locator(':focus')).waitFor()
  await expectVisibleFocus(page)
  await page.keyboard.press('Enter')
  await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('dark')
  await follow(button(/Account of/))
  await page.getByRole('menu').waitFor()
  await page.keyboard.press('Home')
  await page.getByRole('menuitem', { name: 'Account' }).and(page.locator(':focus')).waitFor()
  await page.keyboard.press('Enter')
  await arrived('Account')
})

test('what belongs to all workspaces', async () => {
  await follow(link('Service'))
  await arrived('Service')
})

test('no page has complained', () => {
  expect(stage.complaints).toEqual([])
})
