import { SCIM_PATH, type Scim } from '@optimaite/scim'
import { AdminRefused, type Rehearsal, type RehearsalsPort } from '@optimaite/scim/admin'
import { playSession, type SessionResult } from '../rehearse/play.ts'
import { isScratch } from '../rehearse/scratch.ts'
import { scratchWorkspaces } from '../rehearse/scratchWorkspaces.ts'
import { loadSession, sessionNames } from '../rehearse/sessions.ts'

/** Sessions against this very service, by its own address: the public one may not be reachable from here. */
export function rehearsalsOf(scim: Scim, localUrl: string): RehearsalsPort {
  const scratch = scratchWorkspaces(scim)
  let isRunning = false
  return {
    providers: async () => sessionNames().map((name) => ({ name, title: loadSession(name).title })),
    isScratch,
    async play(provider) {
      if (!sessionNames().includes(provider)) return undefined
      if (isRunning) throw new AdminRefused('rehearsal_running')
      isRunning = true
      try {
        return await play(provider)
      } finally {
        isRunning = false
      }
    },
  }

  async function play(provider: string): Promise<Rehearsal> {
    const session = loadSession(provider)
    await scratch.sweep()
    const { slug, token, people } = await scratch.create(session.policy, session.people)
    try {
      return toRehearsal(provider, await playSession(session, { baseUrl: localUrl + SCIM_PATH, token, people }))
    } finally {
      await scratch.remove(slug)
    }
  }
}

function toRehearsal(provider: string, { ok, total, steps, stopped, durationMs }: SessionResult): Rehearsal {
  return {
    provider,
    ok,
    total,
    stopped: stopped ?? null,
    milliseconds: Math.round(durationMs),
    steps: steps.map(({ phase, says, request, status, ok, problems, detail, durationMs }, index) => ({
      number: index + 1,
      phase,
      says,
      request,
      status: status ?? null,
      ok,
      problems: [...problems],
      detail: detail ?? null,
      milliseconds: Math.round(durationMs),
    })),
  }
}
