import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'

const PROGRAMS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Debian's Chromium, or the one that `CHROMIUM` names. */
export function openBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? PROGRAMS.find((path) => existsSync(path))
  if (!executablePath) throw new Error('There is no Chromium: install it with "apt-get install chromium".')
  return chromium.launch({ executablePath, args: ['--no-sandbox'] })
}

/** A page of a browser that knows nothing yet, with what its scripts complain about. */
export async function openPage(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<{ readonly page: Page; readonly complaints: string[] }> {
  const context = await browser.newContext({ locale: 'en', viewport: { width: 1280, height: 900 }, ...options })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const page = await context.newPage()
  page.setDefaultTimeout(120_000)
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    // A refused request is said by the page as well; what Content-Security-Policy blocks is not.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text())
  })
  return { page, complaints }
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds against WCAG 2.2 AA, each as a line; of the whole page, or of what a selector names. */
export const violations = (page: Page, within?: string): Promise<string[]> =>
  found(page, ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], within)

/** What of it another theme may change, in a fraction of the time. */
export const lowContrast = (page: Page, within?: string): Promise<string[]> =>
  found(page, ['color-contrast', 'link-in-text-block'], within)

/** A guard hands the focus on at once, so that nobody is ever on it: hidden, and yet to be reached with Tab. */
const GUARDS = '[data-base-ui-focus-guard]'

async function found(page: Page, runOnly: readonly string[], within = 'html'): Promise<string[]> {
  if (!(await page.evaluate('typeof axe === "object"'))) await page.evaluate(AXE)
  return page.evaluate(`
    axe.run(${JSON.stringify({ include: within, exclude: GUARDS })}, { runOnly: ${JSON.stringify(runOnly)}, resultTypes: ['violations'] }).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 160)).join(' | ')))`)
}

/** Menus that say of several entries that one is there, by their names. */
export const severalCurrent = (page: Page): Promise<string[]> =>
  page.evaluate(`[...document.querySelectorAll('nav')]
    .filter((menu) => menu.querySelectorAll('[aria-current]').length > 1)
    .map((menu) => menu.getAttribute('aria-label'))`)

/** Pixels that a page is wider than its window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
}

/** Waits until a page shows what it was opened for. */
export async function shown(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor()
  await expect.poll(() => page.locator('.loading').count()).toBe(0)
}
