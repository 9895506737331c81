import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { build, preview } from 'vite'

/**
 * Builds the panel, serves it with the fixtures, photographs every page in both languages, both themes and both widths, and
 * lets axe read each: `npm run look -- <folder> [part of a page's name]`.
 */
const [folder, wanted = ''] = process.argv.slice(2)
if (folder === undefined)
  throw new Error("Name a folder for the photographs: npm run look -- <folder> [part of a page's name]")

const ROOT = join(import.meta.dirname, '..')
const WIDTHS = [1280, 360] as const
const THEMES = ['light', 'dark'] as const
const LANGUAGES = ['en', 'de'] as const

const PAGES: Readonly<Record<string, string>> = {
  'sign-in': '/sign-in',
  invite: '/invite#inv_secret',
  'setup-claim': '/setup#sl_secret',
  setup: '/setup',
  workspaces: '/workspaces',
  'workspaces-searched': '/workspaces?search=GLO',
  overview: '/w/globex',
  'overview-second': '/w/globex?after=second',
  'overview-waiting': '/w/hooli',
  connect: '/w/globex/connect?provider=entra',
  tokens: '/w/globex/tokens?rotating=2a7f0c51d3e9b846&to=9c04b1d2aa10ffe3',
  'tokens-empty': '/w/hooli/tokens',
  groups: '/w/globex/groups',
  members: '/w/globex/groups/grp_1',
  'group-history': '/w/globex/groups/grp_1?tab=history',
  'group-scim': '/w/globex/groups/grp_1?tab=scim',
  people: '/w/globex/people',
  person: '/w/globex/people/usr_3?why=grp_1',
  'person-record': '/w/globex/people/usr_3?tab=record',
  'person-history': '/w/globex/people/usr_3?tab=history',
  activity: '/w/globex/activity',
  entry: '/w/globex/activity/act_1',
  'entry-failed': '/w/globex/activity/act_2',
  'entry-lookup': '/w/globex/activity/act_3',
  settings: '/w/globex/settings',
  guard: '/w/globex/settings?tab=guard',
  admins: '/service',
  keys: '/service?tab=keys',
  audit: '/service?tab=audit',
  account: '/account',
  'no-workspace': '/w/nowhere',
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
let found = 0

mkdirSync(folder, { recursive: true })
// Pages are fed from the fixtures where no service is named: see vite.config.ts.
delete process.env.PANEL_SERVICE
await build({ root: ROOT, logLevel: 'warn' })
const server = await preview({ root: ROOT, logLevel: 'warn', preview: { port: 4173, strictPort: false } })
const address = server.resolvedUrls?.local[0]?.replace(/\/$/, '') ?? ''
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
for (const width of WIDTHS)
  for (const theme of THEMES) for (const language of LANGUAGES) await look(browser, folder, { width, theme, language })
await browser.close()
await server.close()
console.log(`${found} findings; the photographs are in ${folder}`)
process.exitCode = found === 0 ? 0 : 1

interface Look {
  readonly width: number
  readonly theme: 'light' | 'dark'
  readonly language: string
}

async function look(browser: Browser, folder: string, { width, theme, language }: Look): Promise<void> {
  const viewport = { width, height: 900 }
  const context = await browser.newContext({ viewport, colorScheme: theme, locale: language })
  const page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('404')) say(`${page.url()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => say(`${page.url()}: ${error.stack}`))
  for (const [name, path] of Object.entries(PAGES).filter(([one]) => one.includes(wanted))) {
    await page.goto('about:blank')
    await page.goto(address + path, { waitUntil: 'networkidle' })
    await page.screenshot({ path: join(folder, `${name}-${width}-${theme}-${language}.png`), fullPage: true })
    const wide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
    if (Number(wide) > 0) say(`${name} ${width} ${language}: ${wide} px too wide`)
    await page.evaluate(axe)
    const violations = (await page.evaluate(
      `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
        .then(({ violations }) => violations.map(({ id, nodes }) =>
          id + ': ' + nodes.slice(0, 3).map((node) => node.html.slice(0, 160) + ' ' + node.failureSummary).join(' | ')))`,
    )) as string[]
    for (const violation of violations) say(`${name} ${width} ${theme} ${language}: ${violation}`)
  }
  await context.close()
}

function say(text: string): void {
  found += 1
  console.log(text)
}
