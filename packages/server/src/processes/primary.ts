import type { Invocation } from '../cli/invocation.ts'
import { createLog } from '../http/log.ts'
import { announce } from '../started.ts'
import { stopRequested } from '../stop.ts'
import { Workers } from './workers.ts'

/** Runs the service in several processes until it is asked to stop; this one opens no store. */
export async function servePrimary(invocation: Invocation, count: number): Promise<void> {
  const log = createLog(invocation.config.logLevel)
  const stop = stopRequested()
  const workers = new Workers(log)
  const started = await Promise.race([workers.first(), stop])
  if (typeof started === 'object') {
    announce(started, invocation, count)
    workers.fill(count)
  }
  log.info({ signal: await stop }, 'stopping: finishing the requests in flight')
  const isWhole = await workers.stop()
  if (isWhole) log.info('stopped')
  else log.error('stopped: processes that took longer than 15 seconds were cut off')
}
