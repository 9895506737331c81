import cluster from 'node:cluster'
import type { Invocation } from './cli/invocation.ts'
import { createLog } from './http/log.ts'
import { processesOf } from './processes/count.ts'
import { servePrimary } from './processes/primary.ts'
import { serveAsWorker } from './processes/worker.ts'
import { startService } from './service.ts'
import { announce, startedOf } from './started.ts'
import { stopRequested } from './stop.ts'

/** `serve`: runs the service until it is asked to stop. */
export async function serve(invocation: Invocation, { demo = false }: { readonly demo?: boolean }): Promise<void> {
  if (cluster.isWorker) return serveAsWorker(invocation, demo)
  const processes = processesOf(invocation.config)
  return processes > 1 ? servePrimary(invocation, processes) : serveAlone(invocation, demo)
}

async function serveAlone(invocation: Invocation, demo: boolean): Promise<void> {
  const { config } = invocation
  const log = createLog(config.logLevel)
  const service = await startService(config, log)
  const stop = stopRequested()
  const isTerminal = process.stdout.isTTY && !invocation.json
  announce(await startedOf(service, config, { demo, log, isTerminal }), invocation, 1)
  log.info({ signal: await stop }, 'stopping: finishing the requests in flight')
  await service.close()
  log.info('stopped')
}
