import { type AuditOutcome, HistoryRefused, RowsRefused, ScimError, WorkspaceRefused } from '@optimaite/scim'
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

const change = {
  ...{ action: 'issueToken', workspace: 'acme', status: 201 },
  noted: (token: string) => ({ target: { token }, details: { count: 1 } }),
} as const
const done = { status: 201, target: { token: 'tok_1' }, details: { count: 1 } }

test('what was done is settled with what was made', async () => {
  const { settled, recorded } = trail()
  expect(await recorded({ ...change, perform: async () => 'tok_1' })).toBe('tok_1')
  expect(settled).toEqual([done])
})

test('what there was none of is settled as not found, and nothing is noted of it', async () => {
  const { settled, recorded } = trail()
  const none = (id: string) => id === ''
  expect(await recorded({ ...change, none, perform: async () => '' })).toBe('')
  expect(await recorded({ ...change, none, perform: async () => 'tok_1' })).toBe('tok_1')
  expect(settled).toEqual([{ status: 404 }, done])
})

test.each([
  [new ScimError('problem_unknown', { id: 'usr_x' }), { status: 404 }],
  [new RowsRefused([]), { status: 400 }],
  [new WorkspaceRefused('taken', 'no'), { status: 409 }],
  [new HistoryRefused('person_unknown', 'no'), { status: 404 }],
  [new HistoryRefused('preview_outdated', 'no'), { status: 409 }],
  [
    new WorkspaceRefused('unknown', 'no'),
    { status: 404, workspace: null, target: { workspace: 'acme', token: 'tok_1' } },
  ],
])('%s is settled as the admin API would have answered', async (error, outcome) => {
  const { settled, recorded } = trail()
  const perform = () => Promise.reject(error)
  await expect(recorded({ ...change, target: { token: 'tok_1' }, perform })).rejects.toBe(error)
  expect(settled).toEqual([outcome])
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
  expect(settled).toEqual([done])
})
