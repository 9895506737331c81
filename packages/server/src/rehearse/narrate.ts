import { styleText } from 'node:util'
import type { SessionResult, StepResult } from './play.ts'
import type { Session, Variant } from './session.ts'

/** The heading of a session. */
export function narrateOpening(session: Session, variant: Variant): string {
  const name = session.variants.length > 1 ? `${session.title} · ${variant.name}` : session.title
  return `\n${styleText('bold', name)}\n`
}

/** One step, under the heading of its phase where that has changed. */
export function narrateStep(step: StepResult, previousPhase: string | undefined): string {
  const heading = step.phase.en === previousPhase ? '' : `\n  ${styleText('bold', step.phase.en)}\n`
  const mark = step.ok ? styleText('green', '✓') : styleText('red', '✗')
  const lines = [`    ${mark} ${step.says.en}`, `      ${styleText('dim', exchangeOf(step))}`]
  for (const problem of step.problems) lines.push(`      ${styleText('red', problem)}`)
  if (!step.ok && step.detail !== undefined) lines.push(`      the service provider said: ${step.detail}`)
  return `${heading}${lines.join('\n')}\n`
}

/** The last line of a session. */
export function narrateClosing(result: SessionResult): string {
  const held = result.steps.filter((step) => step.ok).length
  const line = `${held} of ${result.total} steps held in ${duration(result.durationMs)}.`
  const stopped = result.stopped === undefined ? '' : `\n  ${styleText('red', `Stopped: ${result.stopped}`)}\n`
  return `${stopped}\n  ${styleText(result.ok ? 'green' : 'red', line)}\n`
}

/** The last line of all, naming the sessions that did not hold. */
export function narrateTotals(results: readonly SessionResult[]): string {
  const steps = results.reduce((sum, result) => sum + result.total, 0)
  const elapsed = results.reduce((sum, result) => sum + result.durationMs, 0)
  const failed = results.filter((result) => !result.ok)
  if (failed.length === 0) {
    const line = `All held: ${counted(results.length, 'session')}, ${counted(steps, 'step')}, ${duration(elapsed)}.`
    return `\n${styleText('green', line)}\n`
  }
  const names = failed.map(({ session, variant }) => `${session} (${variant})`).join(', ')
  const line = `${failed.length} of ${counted(results.length, 'session')} did not hold: ${names}.`
  return `\n${styleText('red', line)}\n`
}

function exchangeOf(step: StepResult): string {
  const answer = step.status === undefined ? '' : ` → ${step.status}, ${duration(step.durationMs)}`
  return `${step.request}${answer}`
}

function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
