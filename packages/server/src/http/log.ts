import { styleText } from 'node:util'
import type { RequestFacts } from '@optimaite/scim'
import pino, { type DestinationStream, type Logger } from 'pino'
import type { LogLevel } from '../config.ts'

/** What a pipe takes at once on any system: lines of several processes into one do not mix. */
const WHOLE_WRITE = 4_096

/**
 * JSON lines on stderr, or lines for people where stderr is a terminal; `worker` is in each where several processes write
 * to the same log.
 */
export function createLog(
  level: LogLevel,
  worker?: number,
  stream: NodeJS.WriteStream & { readonly fd: number } = process.stderr,
): Logger {
  const destination: DestinationStream = stream.isTTY
    ? { write: (line) => stream.write(forPeople(line)) }
    : pino.destination({ fd: stream.fd, sync: false, maxWrite: WHOLE_WRITE })
  return pino(
    { level, base: worker === undefined ? null : { worker }, timestamp: pino.stdTimeFunctions.isoTime },
    destination,
  )
}

/** One line a request: its reference finds the activity entry. Never its query, its body or its token. */
export function logRequest(log: Logger, facts: RequestFacts): void {
  const { reference, method, route, status, milliseconds, workspace, problem, fault } = facts
  const line = {
    reference,
    method,
    route,
    status,
    ms: Math.round(milliseconds * 10) / 10,
    ...(workspace !== undefined && { workspace }),
    ...(problem !== undefined && { problem }),
  }
  if (fault === undefined) log.info(line, 'request')
  else log.error({ ...line, err: fault }, 'request')
}

interface Line {
  readonly level: number
  readonly time: string
  readonly msg?: string
  readonly err?: { readonly message?: string; readonly stack?: string }
  readonly [key: string]: unknown
}

/** A line of the log as a person on a terminal reads it. */
export function forPeople(text: string): string {
  const { level, time, msg, err, ...rest } = JSON.parse(text) as Line
  const clock = styled('dim', time.slice(11, 19))
  const stack = err === undefined ? '' : `\n${styled('red', err.stack ?? err.message ?? '')}`
  return `${clock} ${msg === 'request' ? requestLine(rest) : eventLine(level, msg, rest)}${stack}\n`
}

function requestLine({ reference, method, route, status, ms, workspace, problem }: Readonly<Record<string, unknown>>) {
  const colour = Number(status) >= 500 ? 'red' : Number(status) >= 400 ? 'yellow' : 'green'
  const parts = [styled(colour, String(status)), String(method).padEnd(6), route, `${ms} ms`, workspace, problem]
  const told = parts.filter((part) => part !== undefined).join(' ')
  return `${told} ${styled('dim', String(reference))}`
}

function eventLine(level: number, msg = '', rest: Readonly<Record<string, unknown>>): string {
  const facts = Object.entries(rest).map(([key, value]) => ` ${key}=${JSON.stringify(value)}`)
  const text = level >= 50 ? styled('red', msg) : level >= 40 ? styled('yellow', msg) : msg
  return text + (facts.length === 0 ? '' : styled('dim', facts.join('')))
}

function styled(format: 'dim' | 'red' | 'yellow' | 'green', text: string): string {
  return styleText(format, text, { stream: process.stderr })
}
