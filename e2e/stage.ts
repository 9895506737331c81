import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { openBrowser, openPage } from './browser.ts'
import { type AdminApi, adminApi, letIn } from './operator.ts'
import { type Running, startBuilt } from './service.ts'

/** A service of a file's own, and a browser in which its first operator is signed in. */
export interface Stage {
  readonly service: Running
  readonly browser: Browser
  readonly page: Page
  /** What the scripts of that page complain about. */
  readonly complaints: string[]
  readonly api: AdminApi
  close(): Promise<void>
}

export async function openStage(flags: readonly string[] = [], options: BrowserContextOptions = {}): Promise<Stage> {
  const service = await startBuilt(...flags)
  const browser = await openBrowser()
  const { page, complaints } = await openPage(browser, options)
  await letIn(page.context(), service)
  const close = async () => {
    await browser.close()
    await service.stop()
  }
  return { service, browser, page, complaints, api: adminApi(page.context(), service), close }
}
