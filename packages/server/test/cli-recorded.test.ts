import type { AuditOutcome } from '@optimaite/scim'
import { expect, test } from 'vitest'
import { recordedIn } from '../src/cli/local/recorded.ts'

/** A trail whose entries are settled as they are asked to, or, with `fails`, cannot be. */
function trail(fails = false) {
  const settled: Partial<AuditOutcome>[] = []
  const settle = async (outcome: Partial<AuditOutcome>) => {
    settled.push(outcome)
    if (fails) throw new Error('the store is gone')
  }
  const audit = { begin: async () => ({ id: 'aud_1', settle }) }
  return { settled, recorded: recordedIn({ audit } as unknown as Parameters<typeof recordedIn>[0]) }
}

const change = { action: 'issueToken', workspace: 'acme', made: (id: string) => id }

test('what was done is settled with what was made', async () => {
  const { settled, recorded } = trail()
  expect(await recorded({ ...change, perform: async () => 'tok_1' })).toBe('tok_1')
  expect(settled).toEqual([{ status: 200, target: 'tok_1' }])
})

test('what went wrong is told, though it cannot be settled', async () => {
  const { settled, recorded } = trail(true)
  const perform = async () => {
    throw new Error('no')
  }
  await expect(recorded({ ...change, perform })).rejects.toThrow('no')
  expect(settled).toEqual([{ status: 500 }])
})

test('what was done and cannot be settled is no failure of it: the outcome stays unknown, and that is told', async () => {
  const { settled, recorded } = trail(true)
  await expect(recorded({ ...change, perform: async () => 'tok_1' })).rejects.toMatchObject({ code: 'answer_lost' })
  expect(settled).toEqual([{ status: 200, target: 'tok_1' }])
})
