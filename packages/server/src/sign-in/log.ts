import { isAPIError } from 'better-auth/api'
import type { Logger } from 'pino'

/**
 * What better-auth has to say, without what it says it of: its messages end in addresses, and what comes besides may hold
 * anything that was sent.
 */
export function authLog(log: Logger) {
  return {
    level: 'warn' as const,
    disableColors: true,
    log: (level: 'debug' | 'info' | 'warn' | 'error', message: string, ...more: unknown[]) => {
      const fault = more.find((part) => part instanceof Error) as (Error & { readonly code?: string }) | undefined
      const facts = fault === undefined ? {} : { fault: fault.code ?? fault.name }
      // Refusals are in the answer; of these lines, none is a fault of the service.
      const shown = level === 'error' && fault === undefined ? 'warn' : level
      log[shown](facts, `sign-in: ${subjectOf(message)}`)
    },
  }
}

/** What is no refusal but our fault; of a database's errors only what it says itself, without the values behind. */
export function logFault(log: Logger, error: unknown): void {
  if (isAPIError(error) && error.statusCode < 500) return
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
  log.error({ err: { type: name, message, stack } }, 'sign-in could not answer')
}

function subjectOf(message: unknown): string {
  const [subject = ''] = String(message).split(/[:\n]|https?:|"| \S+@/)
  return subject.slice(0, 120).trim()
}
