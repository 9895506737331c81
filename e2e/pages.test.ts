import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lowContrast, openPage, overflow, severalCurrent, shown, violations } from './browser.ts'
import { openStage, type Stage } from './stage.ts'
import { type Furnished, furnish } from './workspace.ts'

let stage: Stage
let acme: Furnished
let storageState: Awaited<ReturnType<BrowserContext['storageState']>>

beforeAll(async () => {
  stage = await openStage()
  acme = await furnish(stage.api, stage.service)
  storageState = await stage.page.context().storageState()
  await stage.page.context().close()
})

afterAll(() => stage?.close())

const pages = (): string[] => [
  '/workspaces',
  '/w/acme',
  '/w/acme/connect?provider=okta',
  '/w/acme/tokens',
  '/w/acme/groups',
  `/w/acme/groups/${acme.group}`,
  `/w/acme/groups/${acme.group}?tab=history`,
  `/w/acme/groups/${acme.group}?tab=scim`,
  '/w/acme/people',
  `/w/acme/people/${acme.people[0]}?why=${acme.group}`,
  `/w/acme/people/${acme.people[0]}?tab=record`,
  `/w/acme/people/${acme.people[0]}?tab=history`,
  '/w/acme/activity',
  `/w/acme/activity/${acme.refused}`,
  '/w/acme/settings',
  '/w/acme/settings?tab=guard',
  '/w/acme/settings?tab=admins',
  '/w/acme/settings?tab=keys',
  '/w/acme/settings?tab=audit',
  '/service',
  '/account',
  '/w/nowhere',
]
const OUTSIDE = ['/sign-in', '/invite', '/setup']

type Theme = 'light' | 'dark'

/** All that axe knows in one theme; in the other, what differs there. */
async function expectWell(page: Page, path: string, [theme, other]: readonly [Theme, Theme]): Promise<void> {
  await page.emulateMedia({ colorScheme: theme })
  await page.goto(stage.service.url + path)
  await shown(page)
  expect([path, theme, await violations(page)]).toEqual([path, theme, []])
  expect([path, await overflow(page)]).toEqual([path, 0])
  expect([path, await severalCurrent(page)]).toEqual([path, []])
  await page.emulateMedia({ colorScheme: other })
  expect([path, other, await lowContrast(page)]).toEqual([path, other, []])
}

describe.each([
  ['en', 1280, ['light', 'dark']],
  ['de', 360, ['dark', 'light']],
] as const)('in %s, %i px wide, %j', (locale, width, themes) => {
  const open = (signedIn: boolean) =>
    openPage(stage.browser, { locale, viewport: { width, height: 800 }, ...(signedIn && { storageState }) })

  test('every page is accessible, and as wide as its window', async () => {
    const { page, complaints } = await open(true)
    for (const path of pages()) await expectWell(page, path, themes)
    expect(await page.locator('html').getAttribute('lang')).toBe(locale)
    expect(complaints).toEqual([])
    await page.context().close()
  }, 300_000)

  test('so is what is seen without a sign-in', async () => {
    const { page, complaints } = await open(false)
    for (const path of OUTSIDE) await expectWell(page, path, themes)
    expect(complaints).toEqual([])
    await page.context().close()
  })
})

test('what is loaded first is at most 200 kB', async () => {
  const other = await openPage(stage.browser, { storageState })
  const loaded: Promise<number>[] = []
  other.page.on('requestfinished', (request) => {
    const isOfPanel = !new URL(request.url()).pathname.startsWith('/api/')
    if (isOfPanel) loaded.push(request.sizes().then((sizes) => sizes.responseBodySize))
  })
  await other.page.goto(`${stage.service.url}/workspaces`)
  await other.page.getByRole('heading', { name: 'Workspaces', level: 1 }).waitFor()
  await other.page.waitForLoadState('load')
  const bytes = (await Promise.all(loaded)).reduce((sum, size) => sum + size, 0)
  // Something has to have been counted.
  expect(bytes).toBeGreaterThan(50_000)
  expect(bytes).toBeLessThanOrEqual(200_000)
  await other.page.context().close()
})
