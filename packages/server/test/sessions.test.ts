import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { narrateStep } from '../src/rehearse/narrate.ts'
import { playSession } from '../src/rehearse/play.ts'
import { loadSessions } from '../src/rehearse/sessions.ts'
import { startServer } from './support/server.ts'

const sessions = loadSessions(['all'])
const cases = sessions.flatMap((session) => session.variants.map((variant) => ({ session, variant })))

let server: Awaited<ReturnType<typeof startServer>>

beforeAll(async () => {
  server = await startServer()
})

afterAll(async () => {
  await server?.close()
})

describe('every provider gets through its session', () => {
  for (const { session, variant } of cases) {
    test(`${session.name} · ${variant.name}`, async () => {
      const { slug, token, people } = await server.scratch.create(session.policy, session.people)
      try {
        const result = await playSession(session, { baseUrl: server.baseUrl, token, people, variant })
        const failed = result.steps.filter((step) => !step.ok).map((step) => narrateStep(step, undefined))
        expect(failed.join(''), result.stopped).toBe('')
        expect(result).toMatchObject({ ok: true, total: session.steps.length })
      } finally {
        await server.scratch.remove(slug)
      }
    })
  }
})
