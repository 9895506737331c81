import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { violations } from './browser.ts'
import { openStage, type Stage } from './stage.ts'
import { type Furnished, furnish } from './workspace.ts'

let stage: Stage
let page: Page
let acme: Furnished

beforeAll(async () => {
  stage = await openStage()
  ;({ page } = stage)
  acme = await furnish(stage.api, stage.service)
})

afterAll(() => stage?.close())

const members = async () => (await acme.idp.call('GET', `/Groups/${acme.group}`)).body.members

test('what is held says what was asked for, and how much is allowed', async () => {
  await page.goto(`${stage.service.url}/w/acme`)
  await page.getByText('Entra has asked 1 time to take members out: 30 memberships would end.').waitFor()
  await page.getByText('Within ten minutes, 3 may end.').waitFor()
})

test('a removal is turned away: the provider is refused for good, and the group is unharmed', async () => {
  const before = await members()
  await page.goto(`${stage.service.url}/w/acme`)
  await page.getByRole('button', { name: 'Turn away' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('answered with 403').waitFor()
  await dialog.getByRole('button', { name: 'Turn away' }).click()
  await page.getByText('Turned away', { exact: true }).waitFor()
  await page.getByText('Decided by Olga Operator').waitFor()
  expect(await violations(page)).toEqual([])
  for (let times = 0; times < 2; times++) expect((await acme.idp.removeAll(acme.group)).status).toBe(403)
  expect(await members()).toEqual(before)
})

test('other requests of the provider are answered as before', async () => {
  const [first = ''] = acme.people
  expect((await acme.idp.remove(acme.group, [first])).status).toBe(204)
  expect((await acme.idp.add(acme.group, [first])).status).toBe(204)
})

test('what was turned away stands in the activity, with what the provider can do', async () => {
  await page.goto(`${stage.service.url}/w/acme/activity?outcome=failed&method=PATCH`)
  await page
    .getByRole('main')
    .getByRole('link', { name: /Engineering/ })
    .first()
    .click()
  await page.getByText('What to do').first().waitFor()
  await page.getByText('403').first().waitFor()
})

test('what was turned away is let through after all, and away again', async () => {
  await page.goto(`${stage.service.url}/w/acme`)
  await page.getByText('until you let it through').waitFor()
  const decide = async (act: string) => {
    await page.getByRole('button', { name: act }).click()
    await page.getByRole('dialog').getByRole('button', { name: act }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
  await decide('Let through')
  await page.getByText('At the provider:').waitFor()
  await decide('Turn away')
  await page.getByText('Turned away', { exact: true }).waitFor()
  await decide('Let through')
  await page.getByText('At the provider:').waitFor()
})

test('once the provider has sent it again, nothing is held any more; its settings say that it was applied', async () => {
  expect((await acme.idp.removeAll(acme.group)).status).toBe(204)
  await page.goto(`${stage.service.url}/w/acme`)
  await page.getByText('Open problems').waitFor()
  await page.getByText('Held removals').waitFor({ state: 'detached' })
  await page.goto(`${stage.service.url}/w/acme/settings?tab=guard`)
  await page.getByText('Applied', { exact: true }).waitFor()
  await page.getByText('It has been applied since.').waitFor()
  expect(await page.getByRole('button', { name: 'Let through' }).count()).toBe(0)
  expect(await violations(page)).toEqual([])
})

test('no page has complained', () => {
  expect(stage.complaints).toEqual([])
})
