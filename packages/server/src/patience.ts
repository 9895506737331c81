import { setTimeout as delay } from 'node:timers/promises'
import { StoreUnusable } from '@optimaite/scim'
import type { Logger } from 'pino'
import { type DatabaseSettings, isPostgres } from './database.ts'

/**
 * As long as a PostgreSQL takes to start that is started together with the service. Longer than supervisors count restarts
 * for: one that ended at once would soon not be started any more.
 */
const PATIENCE = 30_000
const PAUSE = 500

/** Nobody answers there yet, or its host has no address yet, or it is starting. */
const MAY_PASS = /^(ECONNREFUSED|ECONNRESET|ENOENT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|57P03)$/

/** Opens the store; where that is a PostgreSQL that is not up yet, says so once, and tries again for a while. */
export async function openPatiently<T>(
  open: () => Promise<T>,
  settings: Pick<DatabaseSettings, 'database'>,
  log: Logger,
  patience = PATIENCE,
): Promise<T> {
  const end = Date.now() + patience
  for (let told = false; ; ) {
    try {
      return await open()
    } catch (error) {
      const isStarting = isPostgres(settings) && error instanceof StoreUnusable && MAY_PASS.test(error.code)
      if (!isStarting || Date.now() >= end) throw error
      if (!told) log.warn({ seconds: Math.round(patience / 1_000) }, `${error.message} Trying again for a while.`)
      told = true
      await delay(PAUSE)
    }
  }
}
