import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { shown } from './browser.ts'
import { provider } from './provider.ts'
import { openStage, type Stage } from './stage.ts'

const MEMBERS = 100_000
/** People that one call of the admin API takes. */
const CALL = 10_000
/** Rows of one page. */
const ROWS = 100

let stage: Stage
let page: Page
let group: string

beforeAll(async () => {
  stage = await openStage()
  ;({ page } = stage)
  const { api, service } = stage
  await api('POST', '/workspaces', { slug: 'acme', name: 'Acme', scim: true })
  const ids: string[] = []
  for (let first = 0; first < MEMBERS; first += CALL) {
    const people = Array.from({ length: CALL }, (_, index) => personOf(first + index))
    ids.push(...(await api('POST', '/workspaces/acme/people/bulk', { people })).ids)
  }
  const { text } = await api('POST', '/workspaces/acme/tokens', { label: 'Entra', provider: 'entra' })
  const idp = provider(`${service.url}/api/auth/scim/v2`, text)
  group = await idp.createGroup('Everybody')
  expect((await idp.add(group, ids)).status).toBe(204)
}, 120_000)

afterAll(() => stage?.close())

function personOf(index: number) {
  const userName = `user${String(index).padStart(6, '0')}@acme.example`
  return { userName, displayName: `User ${index}`, emails: [{ value: userName, verified: true }] }
}

const rows = () => page.getByRole('rowheader')
const first = async () => (await rows().first().textContent()) ?? ''
const go = async (path: string) => {
  await page.goto(stage.service.url + path)
  await shown(page)
}

/** The page that follows has taken the place of this one. */
async function turn(name: string): Promise<string> {
  const before = await first()
  await page.getByRole('button', { name, exact: true }).click()
  await expect.poll(first).not.toBe(before)
  return first()
}

test('its members are on view a page at a time, forth and back', async () => {
  await go(`/w/acme/groups/${group}`)
  await page.getByText('100,000').first().waitFor()
  expect(await rows().count()).toBe(ROWS)
  const seen = [await first()]
  for (let turns = 0; turns < 3; turns++) {
    seen.push(await turn('Next'))
    expect(await rows().count()).toBe(ROWS)
  }
  expect(new Set(seen).size).toBe(4)
  expect(await turn('Back')).toBe(seen[2])
  expect(await turn('First')).toBe(seen[0])
})

test('what a page holds does not grow with the group', async () => {
  const elements = await page.evaluate<number>('document.querySelectorAll("*").length')
  expect(elements).toBeLessThan(ROWS * 20)
})

test('one of them is found', async () => {
  await page.getByRole('searchbox', { name: 'Find a member' }).fill('user099999')
  await expect.poll(() => rows().count()).toBe(1)
  await page.getByRole('link', { name: 'User 99999' }).click()
  await page.getByText('Has access by this group').waitFor()
})

test('the change that filled it names all of them, a page at a time', async () => {
  await go(`/w/acme/groups/${group}?tab=history`)
  await page.getByText('100,000 members added').waitFor()
  await page.getByRole('button', { name: /^All 100/ }).click()
  const dialog = page.getByRole('dialog')
  await expect.poll(() => dialog.getByRole('link').count()).toBe(ROWS)
  const before = await dialog.getByRole('link').first().textContent()
  await dialog.getByRole('button', { name: 'Next' }).click()
  await expect.poll(() => dialog.getByRole('link').first().textContent()).not.toBe(before)
  expect(await dialog.getByRole('link').count()).toBe(ROWS)
  await page.keyboard.press('Escape')
})

test('so do the list of people and the preview of a restore', async () => {
  await go('/w/acme/people')
  expect(await rows().count()).toBe(ROWS)
  await turn('Next')
  expect(await rows().count()).toBe(ROWS)
  await go(`/w/acme/groups/${group}?tab=history`)
  await page.getByRole('button', { name: 'Restore to before this' }).first().click()
  await page.getByRole('button', { name: 'Preview' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('100,000 people would be removed').click()
  expect(await dialog.getByRole('listitem').count()).toBe(ROWS + 1)
})

test('SCIM shows its first thousand members, and says so', async () => {
  await go(`/w/acme/groups/${group}?tab=scim`)
  await page.getByText('the first 1,000 of 100,000 members').waitFor()
})

test('no page has complained', () => {
  expect(stage.complaints).toEqual([])
})
