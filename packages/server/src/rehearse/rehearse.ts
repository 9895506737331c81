import { narrateClosing, narrateOpening, narrateStep, narrateTotals } from './narrate.ts'
import { playSession, type SessionResult } from './play.ts'
import type { ScratchWorkspaces } from './scratch.ts'
import type { Session, Variant } from './session.ts'
import { loadSessions } from './sessions.ts'

/** What to rehearse, against whom, and where the narration goes. */
export interface RehearseOptions {
  /** Names of sessions; `all` means every one. */
  readonly names: readonly string[]
  /** The SCIM base URL; an address without a path means the documented base below it. */
  readonly baseUrl: string
  readonly scratch: ScratchWorkspaces
  readonly write: (text: string) => void
}

/** Whether all held, and how each session went. */
export interface RehearsalResult {
  readonly ok: boolean
  readonly interrupted: boolean
  readonly results: readonly SessionResult[]
}

/**
 * Plays each session, in each of its variants, in a scratch workspace of its own, and narrates it. The workspace is
 * removed whatever happens, also when the program is asked to stop.
 */
export async function rehearse(options: RehearseOptions): Promise<RehearsalResult> {
  const sessions = loadSessions(options.names)
  const swept = await options.scratch.sweep()
  if (swept > 0)
    options.write(
      `Removed what an interrupted rehearsal had left: ${swept} scratch workspace${swept === 1 ? '' : 's'}.\n`,
    )
  const interruption = listenForInterruption()
  try {
    const results = await playAll(sessions, options, interruption.signal)
    const interrupted = interruption.signal.aborted
    options.write(interrupted ? '\nInterrupted; the scratch workspace is removed.\n' : narrateTotals(results))
    return { ok: !interrupted && results.every((result) => result.ok), interrupted, results }
  } finally {
    interruption.stop()
  }
}

async function playAll(
  sessions: readonly Session[],
  options: RehearseOptions,
  signal: AbortSignal,
): Promise<SessionResult[]> {
  const results: SessionResult[] = []
  for (const session of sessions) {
    for (const variant of session.variants) {
      if (signal.aborted) return results
      results.push(await playInScratch(session, variant, options, signal))
    }
  }
  return results
}

async function playInScratch(
  session: Session,
  variant: Variant,
  { baseUrl, scratch, write }: RehearseOptions,
  signal: AbortSignal,
): Promise<SessionResult> {
  const { slug, token, people } = await scratch.create(session.policy, session.people)
  try {
    write(narrateOpening(session, variant))
    let phase: string | undefined
    const result = await playSession(session, {
      baseUrl,
      token,
      people,
      variant,
      signal,
      onStep: (step) => {
        write(narrateStep(step, phase))
        phase = step.phase.en
      },
    })
    write(narrateClosing(result))
    return result
  } finally {
    await scratch.remove(slug)
  }
}

// Heard once each: a second interruption ends the program at once, as anywhere else.
function listenForInterruption(): { readonly signal: AbortSignal; stop(): void } {
  const controller = new AbortController()
  const interrupt = () => controller.abort()
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt)
  return {
    signal: controller.signal,
    stop: () => process.off('SIGINT', interrupt).off('SIGTERM', interrupt),
  }
}
