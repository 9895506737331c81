import cluster from 'node:cluster'
import { explain } from '../cli/explain.ts'
import type { Invocation } from '../cli/invocation.ts'
import { createLog } from '../http/log.ts'
import { createMetrics, type Metrics } from '../http/metrics.ts'
import { startService } from '../service.ts'
import { startedOf } from '../started.ts'
import { type FromWorker, LOCAL_URL, OTHERS_LISTEN, type ToWorker } from './messages.ts'

/** One of several processes that answer requests. */
export async function serveAsWorker(invocation: Invocation, asksForDemo: boolean): Promise<void> {
  const { config } = invocation
  const own = createMetrics()
  const stop = stopRequested()
  let hasStarted = false
  hear(({ tells }) => {
    // Nothing is in flight yet.
    if (tells === 'stop' && !hasStarted) process.exit(0)
  })
  answerCounts(own)
  try {
    const log = createLog(config.logLevel, cluster.worker?.id)
    // Empty in the one that starts first.
    const localUrl = process.env[LOCAL_URL] || undefined
    const listens = process.env[OTHERS_LISTEN] === 'yes' ? 'last' : 'first'
    const service = await startService(config, log, { metrics: { ...own, text: textOfAll() }, localUrl, listens })
    hasStarted = true
    const isTerminal = process.stdout.isTTY && !invocation.json
    const first = localUrl === undefined ? { demo: asksForDemo, log, isTerminal } : undefined
    tell({ tells: 'started', started: await startedOf(service, config, first) })
    await stop
    await service.close()
  } catch (error) {
    const { message, next, exitCode, details } = explain(error, config)
    tell({ tells: 'failed', message, next, exitCode, details })
    process.exitCode = exitCode
  }
  cluster.worker?.disconnect()
}

/**
 * A terminal sends its interrupt to all processes, and the primary process tells them to stop besides: they take their time
 * whatever comes, within the limit that it keeps.
 */
function stopRequested(): Promise<void> {
  process.on('SIGINT', () => {})
  return new Promise((resolve) => {
    process.on('SIGTERM', () => resolve())
    hear(({ tells }) => {
      if (tells === 'stop') resolve()
    })
  })
}

function answerCounts(own: Metrics): void {
  hear((message) => {
    if (message.tells === 'count')
      void own.figures().then((figures) => tell({ tells: 'figures', id: message.id, figures }))
  })
}

/** Whichever process is asked shows the figures of all, which the primary process adds up. */
function textOfAll(): () => Promise<string> {
  const waiting = new Map<number, (text: string) => void>()
  let last = 0
  hear((message) => {
    if (message.tells !== 'metrics') return
    waiting.get(message.id)?.(message.text)
    waiting.delete(message.id)
  })
  return () =>
    new Promise((resolve) => {
      const id = ++last
      waiting.set(id, resolve)
      tell({ tells: 'asked', id })
    })
}

function hear(listener: (message: ToWorker) => void): void {
  process.on('message', listener)
}

/** Where the primary process is gone, node ends this one. */
function tell(message: FromWorker): void {
  if (process.connected) process.send?.(message)
}
