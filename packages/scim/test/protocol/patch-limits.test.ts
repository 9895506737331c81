import { describe, expect, it } from 'vitest'
import { ScimError } from '../../src/base/errors.ts'
import type { Json } from '../../src/base/json.ts'
import { readGroupBody } from '../../src/protocol/bodies/groupBody.ts'
import { readUserBody } from '../../src/protocol/bodies/userBody.ts'
import { applyUserOperations } from '../../src/protocol/patch/applyUserPatch.ts'
import { readGroupPatch } from '../../src/protocol/patch/groupPatch.ts'
import { MAX_OPERATIONS } from '../../src/protocol/patch/sentOperations.ts'
import { readUserPatch } from '../../src/protocol/patch/userPatch.ts'

function refusalOf(read: () => unknown): ScimError {
  try {
    read()
  } catch (error) {
    if (error instanceof ScimError) return error
    throw error
  }
  throw new Error('This should have been refused.')
}

describe('limits of a body', () => {
  it('10,000 operations are read, one more is too many', () => {
    const one = { op: 'add', path: 'members', value: [{ value: 'usr_a' }] }
    const many = Array.from({ length: MAX_OPERATIONS }, () => one)
    const { operations } = readGroupPatch({ Operations: many })
    expect(operations).toHaveLength(10_000)
    expect(operations.at(-1)).toEqual({ kind: 'addMembers', index: 9_999, ids: ['usr_a'] })
    const refusal = refusalOf(() => readGroupPatch({ Operations: [...many, one] }))
    expect(refusal.code).toBe('too_many_operations')
    expect(refusal.detail).toContain('10001')
  })

  it('the last of 10,000 operations is named as people count', () => {
    const many = Array.from({ length: MAX_OPERATIONS }, () => ({ op: 'remove', path: 'externalId' }))
    const refusal = refusalOf(() => readGroupPatch({ Operations: [...many.slice(1), { op: 'remove', path: 'x' }] }))
    expect(refusal.detail).toContain('Operation 10000')
  })

  it('keys of a value without path count as operations', () => {
    const value = Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`members[value eq "usr_${i}"]`, null]))
    expect(refusalOf(() => readGroupPatch({ Operations: [{ op: 'add', value }] })).code).toBe('too_many_operations')
  })

  it('operations that compare more values than one person can have are refused', () => {
    const emails = Array.from({ length: 50_000 }, (_, i) => ({ value: `${i}@example.com` }))
    const { operations } = readUserPatch({
      Operations: [
        { op: 'add', path: 'emails', value: emails },
        ...Array.from({ length: 200 }, () => ({ op: 'remove', path: 'emails[type eq "work"]' })),
      ],
    })
    expect((applyUserOperations({}, operations.slice(0, 10)).record.emails as Json[]).length).toBe(50_000)
    const refusal = refusalOf(() => applyUserOperations({}, operations))
    expect(refusal.code).toBe('invalid_value')
    // 50,001 for the add, then 50,001 each.
    expect(refusal.detail).toContain('Operation 100:')
  })

  it.each(['add', 'remove', 'replace'])('100,001 members in one %s', (op) => {
    const ids = Array.from({ length: 100_001 }, (_, i) => `usr_${i}`)
    const { operations } = readGroupPatch({
      Operations: [{ op, path: 'members', value: ids.map((value) => ({ value, $ref: null })) }],
    })
    expect(operations).toEqual([{ kind: `${op}Members`, index: 0, ids }])
  })

  it('100,001 members in a wizard app echo', () => {
    const ids = Array.from({ length: 100_001 }, (_, i) => `usr_${i}`)
    const { members } = readGroupBody({
      displayName: 'x',
      members: ids.map((value) => ({ value, display: 'Jane Doe', type: 'User', $ref: `https://example.com/${value}` })),
    })
    expect(members).toEqual(ids)
  })

  it('100,001 members in a PATCH of SCIM 1.1', () => {
    const ids = Array.from({ length: 100_001 }, (_, i) => `usr_${i}`)
    const { operations } = readGroupPatch({ members: ids.map((value) => ({ value, operation: 'delete' })) })
    expect(operations).toEqual([{ kind: 'removeMembers', index: 0, ids }])
  })

  it.each(['displayName', 'externalId'])('%s has at most 1,024 characters, counted as code points', (name) => {
    const longest = '😀'.repeat(1024)
    const body = (text: string) => readGroupBody({ displayName: 'x', [name]: text })
    expect(body(longest)).toMatchObject({ [name]: longest })
    for (const text of [`${longest}x`, 'x'.repeat(1025), 'x'.repeat(100_000)])
      expect(refusalOf(() => body(text)).detail).toContain('longer than 1,024 characters')
  })

  it('userName has at most 1,024 characters', () => {
    expect(readUserBody({ userName: 'x'.repeat(1024) }).record.userName).toHaveLength(1024)
    expect(refusalOf(() => readUserBody({ userName: 'x'.repeat(1025) })).code).toBe('invalid_value')
  })

  it('a refusal stays short, whatever was sent', () => {
    const long = 'x'.repeat(100_000)
    for (const operation of [
      { op: long },
      { op: 'add', path: long, value: 'x' },
      { op: 'add', path: 'members', value: [long] },
      { op: 'remove', path: `members[value eq "${long}"]` },
    ])
      expect(refusalOf(() => readGroupPatch({ Operations: [operation] })).detail.length).toBeLessThan(600)
  })
})
