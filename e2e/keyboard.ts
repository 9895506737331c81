import type { Locator, Page } from 'playwright-core'

export const isFocused = (what: Locator): Promise<boolean> => what.evaluate('(one) => one === document.activeElement')
