import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** More stops than any page has. */
const MOST = 250

/** What has the focus, as a line; `visible` says that an outline or a shadow shows it, within the window. */
const FOCUSED = `(() => {
  const one = document.activeElement
  if (one === null || one === document.body) return null
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one)
  const box = one.getBoundingClientRect()
  const marked = (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none'
  const within = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth
  return { html: one.outerHTML.slice(0, 120), visible: marked && within }
})()`

/** Everything that Tab has to come by: of radio buttons the browser takes one a group, and the panel has none. */
const STOPS = `[...document.querySelectorAll(
    'a[href], button:enabled, input:enabled, select:enabled, textarea:enabled, summary, [tabindex="0"]')]
  .filter((one) => one.tabIndex >= 0 && one.checkVisibility() && !one.closest('[data-base-ui-focus-guard]'))`

async function tab(page: Page): Promise<void> {
  await page.keyboard.press('Tab')
  await expectVisibleFocus(page)
}

/** Fails where nobody could see where the focus has gone. */
export async function expectVisibleFocus(page: Page): Promise<void> {
  const focused = await page.evaluate<{ html: string; visible: boolean } | null>(FOCUSED)
  if (focused) expect(focused).toEqual({ html: focused.html, visible: true })
}

const isFocused = async (what: Locator): Promise<boolean> => (await what.and(what.page().locator(':focus')).count()) > 0

/** Presses Tab until the focus is on what is wanted. */
export async function tabTo(what: Locator): Promise<void> {
  await what.first().waitFor()
  for (let presses = 0; presses < MOST; presses++) {
    await tab(what.page())
    if (await isFocused(what)) return
  }
  throw new Error(`Tab does not lead to ${what}`)
}

/** Goes through a page with Tab until it begins anew: past everything on it, and caught nowhere. */
export async function tabThrough(page: Page): Promise<void> {
  await page.evaluate('globalThis.stops = new Set()')
  for (let presses = 0; presses < MOST; presses++) {
    await tab(page)
    if (await page.evaluate('stops.has(document.activeElement) || (stops.add(document.activeElement), false)')) break
  }
  // What has come since, on a page that stays current, is no stop that was passed over.
  const missed = await page.evaluate(
    `${STOPS}.filter((one) => !stops.has(one)).map((one) => one.outerHTML.slice(0, 160))`,
  )
  expect([page.url(), missed]).toEqual([page.url(), []])
}

/** Tabs to a link or button, and presses it. */
export async function follow(what: Locator): Promise<void> {
  await tabTo(what)
  await what.page().keyboard.press('Enter')
}
