import { describe, expect, it } from 'vitest'
import { readUserBody, toUserOperations } from '../../src/protocol/bodies/userBody.ts'
import { applyUserOperations } from '../../src/protocol/patch/applyUserPatch.ts'

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

function put(current: Parameters<typeof applyUserOperations>[0], body: Parameters<typeof readUserBody>[0]) {
  const { record, cleared } = applyUserOperations(current, toUserOperations(readUserBody(body)))
  return { record, cleared }
}

describe('a PUT of a user, applied to the record (RFC 7644 §3.5.1)', () => {
  it('leaves what is absent, also within complex attributes and extensions', () => {
    const current = { title: 'x', name: { givenName: 'Ana' }, [ENTERPRISE]: { division: 'd' } }
    const body = { name: { familyName: 'Lopez' }, [ENTERPRISE]: { department: 'Sales' } }
    expect(put(current, body)).toEqual({
      record: {
        title: 'x',
        name: { givenName: 'Ana', familyName: 'Lopez' },
        [ENTERPRISE]: { division: 'd', department: 'Sales' },
      },
      cleared: [],
    })
  })

  it('replaces lists', () => {
    expect(put({ emails: [{ value: 'a' }, { value: 'b' }] }, { emails: [{ value: 'b' }, { value: 'c' }] })).toEqual({
      record: { emails: [{ value: 'b' }, { value: 'c' }] },
      cleared: [],
    })
  })

  it('clears what is null or an empty list, and says so even if the record had no value', () => {
    const current = {
      title: 'x',
      emails: [{ value: 'a' }],
      name: { givenName: 'Ana' },
      [ENTERPRISE]: { division: 'd' },
    }
    const body = {
      title: null,
      emails: [],
      nickName: null,
      name: { givenName: null },
      [ENTERPRISE]: { division: null },
    }
    expect(put(current, body)).toEqual({
      record: {},
      cleared: ['title', 'emails', 'nickName', 'name.givenName', `${ENTERPRISE}:division`],
    })
  })

  it('asserts nothing by an empty string', () => {
    expect(put({ title: 'x' }, { title: '' })).toEqual({ record: { title: 'x' }, cleared: [] })
  })

  it('keeps the first of several primary values', () => {
    const emails = [{ value: 'a' }, { value: 'b', primary: true }, { value: 'c', primary: true }]
    expect(put({}, { emails }).record).toEqual({
      emails: [{ value: 'a' }, { value: 'b', primary: true }, { value: 'c', primary: false }],
    })
  })
})

describe('an add to the values of a user (RFC 7644 §3.5.2.1)', () => {
  const add = (held: { value?: string; type?: string }[], value: object) =>
    applyUserOperations({ emails: held }, [
      { op: 'add', index: 0, path: { attribute: 'emails' }, value: [value as { value: string }] },
    ]).record.emails

  it('finds a value by value and type, or by value where no type is sent', () => {
    expect(add([{ value: 'a', type: 'work' }], { value: 'a', type: 'work', display: 'x' })).toEqual([
      { value: 'a', type: 'work', display: 'x' },
    ])
    expect(add([{ value: 'a', type: 'work' }], { value: 'a' })).toEqual([{ value: 'a', type: 'work' }])
    expect(add([{ value: 'a', type: 'work' }], { value: 'a', type: 'home' })).toHaveLength(2)
    expect(add([{ type: 'work' }], { type: 'work' })).toEqual([{ type: 'work' }])
  })

  it('leaves the values that were there as they are', () => {
    const held = [{ value: 'a', type: 'work' }, { value: 'a' }]
    expect(add(held, { value: 'b' })).toEqual([...held, { value: 'b' }])
  })
})
