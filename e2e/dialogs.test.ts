import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lowContrast, violations } from './browser.ts'
import { provider } from './provider.ts'
import { openStage, type Stage } from './stage.ts'
import { type Furnished, furnish } from './workspace.ts'

let stage: Stage
let page: Page
let acme: Furnished

beforeAll(async () => {
  stage = await openStage([], { colorScheme: 'light' })
  ;({ page } = stage)
  acme = await furnish(stage.api, stage.service)
})

afterAll(() => stage?.close())

/** Several dialogs follow each other on one page. */
const go = async (path: string) => {
  if (page.url() !== stage.service.url + path) await page.goto(stage.service.url + path)
}
const dialog = () => page.getByRole('dialog')
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' }).first()

/** By the keyboard, so that there is a focus to give back. */
async function open(opener: Locator): Promise<void> {
  await opener.focus()
  await opener.press('Enter')
  await dialog().waitFor()
  await dialog().and(page.locator(':focus-within')).waitFor()
}

async function expectAccessible(within = '[role="dialog"]'): Promise<void> {
  await expect.poll(() => dialog().locator('.loading').count()).toBe(0)
  expect(await violations(page, within)).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await lowContrast(page, within)).toEqual([])
  await page.emulateMedia({ colorScheme: 'light' })
}

async function leave(opener: Locator): Promise<void> {
  await page.keyboard.press('Escape')
  await dialog().waitFor({ state: 'detached' })
  await opener.and(page.locator(':focus')).waitFor()
}

const group = () => `/w/acme/groups/${acme.group}`
const own = () => `/w/acme/groups/${acme.own}`
const DIALOGS: readonly (readonly [string, () => string, string | RegExp])[] = [
  ['a new workspace', () => '/workspaces', 'New workspace'],
  ['letting a held removal through', () => '/w/acme', 'Let through'],
  ['turning a held removal away', () => '/w/acme', 'Turn away'],
  ['a setup link', () => '/w/acme/connect', 'Create a setup link'],
  ['revoking a setup link', () => '/w/acme/connect', /^Revoke/],
  ['a new token', () => '/w/acme/tokens', 'Issue a token'],
  ['rotating a token', () => '/w/acme/tokens', 'Rotate: Entra'],
  ['retiring a token', () => '/w/acme/tokens', 'Retire: Entra'],
  ['a new group', () => '/w/acme/groups', 'New group'],
  ['releasing a group', group, 'Release'],
  ['restoring a group', group, 'Restore'],
  ['everybody in a change', () => `${group()}?tab=history`, /^All 31/],
  ['restoring to before a change', () => `${group()}?tab=history`, 'Restore to before this'],
  ['renaming a group', own, 'Rename'],
  ['adding members', own, 'Add members'],
  ['taking a member out', own, /^Take out: Person/],
  ['deleting a group', own, 'Delete'],
  ['adding people', () => '/w/acme/people', 'Add people'],
  ['erasing a person', () => `/w/acme/people/${acme.people[0]}`, 'Erase'],
  ['deleting a workspace', () => '/w/acme/settings', 'Delete workspace'],
  ['inviting an admin', () => '/w/acme/settings?tab=admins', 'Invite'],
  ['removing an admin', () => '/w/acme/settings?tab=admins', 'Remove: wanda@acme.example'],
  ['a new key', () => '/w/acme/settings?tab=keys', 'Create a key'],
  ['revoking a key', () => '/w/acme/settings?tab=keys', 'Revoke: Host'],
  ['inviting an operator', () => '/service', 'Invite'],
  ['removing an operator', () => '/service', 'Remove: otto@optimaite.example'],
  ['a new key for the service', () => '/service?tab=keys', 'Create a key'],
]

test.each(DIALOGS)('%s: accessible, holds the focus and gives it back', async (_, path, opener) => {
  await go(path())
  await open(button(opener))
  await expectAccessible()
  await leave(button(opener))
})

test('turning SCIM off: accessible, and gives the focus back to its switch', async () => {
  await go('/w/acme/settings')
  const opener = page.getByRole('switch')
  await opener.focus()
  await opener.press('Space')
  await dialog().waitFor()
  // With what is behind it, which must be out of everybody's way.
  await expectAccessible('html')
  await leave(opener)
  expect(await opener.isChecked()).toBe(true)
})

test('what a restore would do is accessible too', async () => {
  await go(`${group()}?tab=history`)
  // The newest change is the group's filling.
  await open(button('Restore to before this'))
  await dialog().getByRole('button', { name: 'Preview' }).click()
  await dialog().getByText('would be removed').waitFor()
  await expectAccessible()
  await leave(button('Restore to before this'))
})

test('a group of one’s own is renamed, filled with whoever is found, and a member taken out', async () => {
  await go(own())
  await open(button('Rename'))
  await dialog().getByLabel('Name', { exact: true }).fill('On call, nights')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'On call, nights', level: 1 }).waitFor()
  await button('Rename').and(page.locator(':focus')).waitFor()
  await open(button('Add members'))
  for (const name of ['Person 17', 'Person 23']) {
    await dialog().getByRole('searchbox').fill(name)
    await dialog().getByLabel(name, { exact: true }).check()
    expect(await dialog().getByLabel(name, { exact: true }).isChecked()).toBe(true)
  }
  await dialog().getByText('Chosen: 2 people').waitFor()
  await expectAccessible()
  await dialog().getByRole('button', { name: 'Add 2 people' }).click()
  await button('Take out: Person 17').waitFor()
  await button('Take out: Person 23').waitFor()
  await open(button('Take out: Person 17'))
  await dialog().getByText('Take Person 17 out of “On call, nights”').waitFor()
  await dialog().getByRole('button', { name: 'Take out' }).click()
  await button('Take out: Person 17').waitFor({ state: 'detached' })
  const { items } = await stage.api('GET', `/workspaces/acme/groups/${acme.own}/members`)
  expect(items.map(({ displayName }: { displayName: string }) => displayName).sort()).toEqual([
    ...['Person 0', 'Person 1', 'Person 23'],
  ])
})

test('members of a group that a provider manages are changed there alone; once it is released, here', async () => {
  await go(group())
  await page.getByRole('heading', { name: 'Engineering', level: 1 }).waitFor()
  await button('Restore').waitFor()
  expect(await button('Add members').count()).toBe(0)
  expect(await button(/^Take out/).count()).toBe(0)
  await open(button('Release'))
  await dialog().getByRole('button', { name: 'Release' }).click()
  await button('Rename').waitFor()
  await button('Add members').waitFor()
})

test('what a restore would do says how to stop the provider, also of a group that is released', async () => {
  await go(`${group()}?tab=history`)
  await page.getByRole('button', { name: 'Restore to before this' }).last().click()
  await dialog().getByRole('button', { name: 'Preview' }).click()
  await dialog().getByText('The provider is not told').waitFor()
  await dialog().getByText('Pause provisioning').waitFor()
  await expectAccessible()
  await page.keyboard.press('Escape')
})

test('a token that has ended and is still used is warned of', async () => {
  const { token, text } = await stage.api('POST', '/workspaces/acme/tokens', { label: 'Old', provider: 'okta' })
  await stage.api('POST', `/workspaces/acme/tokens/${token.id}/retire`, {})
  const old = provider(`${stage.service.url}/api/auth/scim/v2`, text)
  expect((await old.find('nobody')).status).toBe('401')
  await go('/w/acme/tokens')
  await page.getByText('The provider still uses the token "Old"').waitFor()
  expect(await violations(page)).toEqual([])
})

const SECRETS: readonly (readonly [string, string, string, string, string])[] = [
  ['a token', '/w/acme/tokens', 'Issue a token', 'Name', 'I have copied it'],
  ['a setup link', '/w/acme/connect', 'Create a setup link', 'For whom', 'Done'],
  ['a key', '/w/acme/settings?tab=keys', 'Create a key', 'Application', 'I have copied it'],
  ['an invitation', '/w/acme/settings?tab=admins', 'Invite', 'E-mail', 'Done'],
]

test.each(SECRETS)(
  'the secret of %s: shown accessibly, once, and the focus goes back',
  async (_, path, act, field, end) => {
    await go(path)
    await open(button(act))
    await dialog().getByLabel(field, { exact: true }).fill('another@acme.example')
    await page.keyboard.press('Enter')
    await dialog().getByRole('button', { name: end }).waitFor()
    await dialog().and(page.locator(':focus-within')).waitFor()
    await expectAccessible()
    await page.mouse.click(2, 2)
    expect(await dialog().isVisible()).toBe(true)
    await dialog().getByRole('button', { name: end }).press('Enter')
    await dialog().waitFor({ state: 'detached' })
    await button(act).and(page.locator(':focus')).waitFor()
  },
)

test.each(['Language and theme', 'Account of'])('the menu "%s": accessible, and gives the focus back', async (name) => {
  await go('/account')
  const opener = button(new RegExp(name))
  await opener.focus()
  await opener.press('Enter')
  await page.getByRole('menu').waitFor()
  expect(await violations(page, '[role="menu"]')).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('menu').waitFor({ state: 'detached' })
  await opener.and(page.locator(':focus')).waitFor()
})

test('no page has complained', () => {
  expect(stage.complaints).toEqual([])
})
