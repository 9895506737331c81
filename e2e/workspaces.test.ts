import { afterAll, beforeAll, expect, test } from 'vitest'
import { violations } from './browser.ts'
import { provider } from './provider.ts'
import { openStage, type Stage } from './stage.ts'

/** More than a page has. */
const MANY = 105

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
  const { api, service } = stage
  for (let number = 0; number < MANY; number++)
    await api('POST', '/workspaces', { slug: `w${number}`, name: `Customer ${number}`, scim: true })
  await api('POST', '/workspaces', { slug: 'zulu', name: 'Zulu', scim: true })
  const { text } = await api('POST', '/workspaces/zulu/tokens', { label: 'Entra', provider: 'entra' })
  const idp = provider(`${service.url}/api/auth/scim/v2`, text)
  expect((await idp.newGroup('')).status).toBe(400)
})

afterAll(() => stage?.close())

test('what needs attention comes first, whatever page its name would be on', async () => {
  const { page, service } = stage
  await page.goto(`${service.url}/workspaces`)
  const rows = page.getByRole('table').getByRole('rowheader')
  await rows.first().waitFor()
  expect(await rows.first().textContent()).toContain('Zulu')
  expect(await rows.count()).toBe(100)
  await page.getByRole('button', { name: 'Next' }).click()
  await expect.poll(() => rows.count()).toBe(MANY + 1 - 100)
})

test('a state alone is shown with how many there are of it, and the address keeps it', async () => {
  const { page, service } = stage
  await page.goto(`${service.url}/workspaces`)
  const states = page.getByLabel('State', { exact: true })
  await states.locator('option', { hasText: 'Failing (1)' }).waitFor({ state: 'attached' })
  await states.selectOption('failing')
  const rows = page.getByRole('table').getByRole('rowheader')
  await expect.poll(() => rows.count()).toBe(1)
  expect(page.url()).toContain('state=failing')
  expect(await violations(page)).toEqual([])
  await page.goto(`${service.url}/workspaces?state=silent`)
  await page.getByText('Nothing matches.').waitFor()
})

test('no page has complained', () => {
  expect(stage.complaints).toEqual([])
})
