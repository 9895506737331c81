import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ScimError } from '../../src/base/errors.ts'
import { isPersonId } from '../../src/base/ids.ts'
import type { Json, JsonObject } from '../../src/base/json.ts'
import { readGroupBody } from '../../src/protocol/bodies/groupBody.ts'
import { readUserBody, toUserOperations } from '../../src/protocol/bodies/userBody.ts'
import { applyUserOperations } from '../../src/protocol/patch/applyUserPatch.ts'
import { readGroupPatch } from '../../src/protocol/patch/groupPatch.ts'
import { readUserPatch } from '../../src/protocol/patch/userPatch.ts'

const RUN = { seed: Number(process.env.FC_SEED ?? 42), numRuns: 300 }

const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>
const personId = fc.constantFrom('usr_a', 'usr_b', 'usr_c', 'usr_d')
const key = fc.constantFrom(
  'op',
  'path',
  'value',
  'Operations',
  'members',
  'Members',
  'displayName',
  'externalId',
  'id',
  'meta',
  'schemas',
  'active',
  'emails',
  'name.familyName',
  'operation',
  '__proto__',
  'constructor',
)
/** JSON that is made of the words that a reader looks for, so that it gets far into it. */
const nearly = fc.letrec<{ value: Json; object: JsonObject }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom<Json>(
      null,
      true,
      7,
      '',
      'add',
      'Remove',
      'replace',
      'members',
      'emails[type eq "work"].value',
      'True',
    ),
    personId,
    key,
    tie('object'),
    fc.array(tie('value'), { maxLength: 4 }),
  ),
  object: fc.array(fc.tuple(key, tie('value')), { maxLength: 5 }).map((entries) => Object.fromEntries(entries)),
}))
const operation = fc.record(
  {
    op: fc.constantFrom<Json>('add', 'Replace', 'remove', 'move', 7),
    path: fc.constantFrom<Json>(
      'members',
      '/displayName',
      'externalId',
      'members[value eq "usr_a"]',
      'active',
      'emails',
      7,
      null,
    ),
    value: nearly.value,
  },
  { requiredKeys: ['op'] },
)
const body: fc.Arbitrary<Json> = fc.oneof(
  json,
  nearly.object,
  fc.record({ Operations: fc.array(operation, { maxLength: 4 }) }) as fc.Arbitrary<Json>,
)

const READERS = {
  readGroupPatch: (sent: Json) => readGroupPatch(sent, 'grp_01JD3Q8Z5V7W9X2Y4A6B8C0D1E'),
  readGroupBody,
  readUserPatch: (sent: Json) => readUserPatch(sent, 'usr_a'),
  readUserBody,
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof ScimError && error.status === 400) return undefined
    throw error
  }
}

describe.each(Object.entries(READERS))('%s', (_, read) => {
  it('reads any JSON or refuses it with a 400, and leaves it as it is', () => {
    fc.assert(
      fc.property(body, (sent) => {
        const before = JSON.stringify(sent)
        attempt(() => read(sent))
        expect(JSON.stringify(sent)).toBe(before)
      }),
      RUN,
    )
  })
})

describe('group patches', () => {
  const illTyped = fc.oneof(
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.constant({}),
    fc.array(personId, { maxLength: 2 }),
    fc.record({ value: fc.oneof(fc.integer(), fc.constant(null), fc.constant({}), fc.constant([])) }),
  ) as fc.Arbitrary<Json>
  const member = fc.oneof(
    personId,
    personId.map((value) => ({ value })),
  ) as fc.Arbitrary<Json>

  it('with a member value that is no id are refused, whatever the operation: never a wipe', () => {
    const sent = fc.tuple(
      fc.constantFrom('add', 'Remove', 'replace'),
      fc.boolean(),
      fc.array(member, { maxLength: 3 }),
      illTyped,
      fc.array(member, { maxLength: 3 }),
    )
    fc.assert(
      fc.property(sent, ([op, withPath, before, wrong, after]) => {
        const members = [...before, wrong, ...after]
        const operation = withPath ? { op, path: 'members', value: members } : { op, value: { members } }
        expect(() => readGroupPatch({ Operations: [operation] })).toThrow(ScimError)
      }),
      RUN,
    )
  })

  it('clear members only where the body says so by a form that means all', () => {
    const value = fc.constantFrom<Json | undefined>(
      undefined,
      null,
      '',
      [],
      {},
      7,
      false,
      'usr_a',
      ['usr_a'],
      [[]],
      [''],
      [{}],
    )
    const op = fc.constantFrom('add', 'Remove', 'replace')
    fc.assert(
      fc.property(op, fc.constantFrom('members', 'Members'), fc.boolean(), value, (name, key, withPath, list) => {
        const given = list === undefined ? {} : { value: list }
        const operation = withPath
          ? { op: name, path: key, ...given }
          : { op: name, value: list === undefined ? {} : { [key]: list } }
        const read = attempt(() => readGroupPatch({ Operations: [operation] }))
        const wipes = read?.operations.some((one) => one.kind === 'replaceMembers' && one.ids.length === 0) ?? false
        const meansAll =
          name === 'Remove'
            ? withPath && (list === undefined || list === null)
            : name === 'replace' && (list === null || (Array.isArray(list) && list.length === 0))
        expect(wipes).toBe(meansAll)
      }),
      RUN,
    )
  })

  it('hold well-formed ids only, each once', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(personId, fc.string())), fc.constantFrom('add', 'remove', 'replace'), (ids, op) => {
        const sent = { Operations: [{ op, path: 'members', value: ids.map((value) => ({ value })) }] }
        const [read] = attempt(() => readGroupPatch(sent))?.operations ?? []
        if (read === undefined || !('ids' in read)) expect(ids.every(isPersonId)).toBe(false)
        else expect(read.ids).toEqual([...new Set(ids)].filter(isPersonId))
      }),
      RUN,
    )
  })
})

describe('user bodies and patches', () => {
  const SECRET = 'correct horse battery staple'
  const passwordKey = fc.constantFrom(
    'password',
    'PassWord',
    '/password',
    'password.value',
    'urn:ietf:params:scim:schemas:core:2.0:User:password',
    'urn:scim:schemas:core:1.0:password',
  )

  it('never hold a password, nor does a refusal', () => {
    const sent = fc.tuple(nearly.object, passwordKey, fc.constantFrom<Json>(SECRET, [SECRET], { value: SECRET }))
    fc.assert(
      fc.property(sent, ([rest, name, secret]) => {
        const resource = { ...rest, [name]: secret }
        const operations = [
          { op: 'Replace', path: name, value: secret },
          { op: 'add', value: resource },
        ]
        const texts = [
          textOf(() => readUserBody(resource)),
          textOf(() => readUserPatch({ Operations: operations })),
          textOf(() => readUserPatch({ Operations: operations.slice(0, 1) })),
        ]
        expect(texts.join()).not.toContain(SECRET)
      }),
      RUN,
    )
  })

  it('are the same as a body and as a patch without path, where the body has no empty values', () => {
    const record = fc.record(
      {
        userName: fc.constantFrom('ana', 'BEN'),
        active: fc.boolean(),
        name: fc.record({ givenName: fc.constantFrom('A', 'B') }),
        emails: fc.array(fc.record({ value: fc.constantFrom('a@x', 'b@x'), primary: fc.boolean() }), {
          minLength: 1,
          maxLength: 3,
        }),
      },
      { requiredKeys: [] },
    ) as fc.Arbitrary<JsonObject>
    fc.assert(
      fc.property(record, record, (current, sent) => {
        const put = applyUserOperations(current, toUserOperations(readUserBody(sent)))
        const patch = applyUserOperations(
          current,
          readUserPatch({ Operations: [{ op: 'replace', value: sent }] }).operations,
        )
        expect(put.record).toEqual(patch.record)
        const emails = (put.record.emails ?? []) as JsonObject[]
        if (sent.emails !== undefined) expect(emails.filter(({ primary }) => primary === true).length).toBeLessThan(2)
      }),
      RUN,
    )
  })

  it('leave the record given as it is', () => {
    fc.assert(
      fc.property(body, (sent) => {
        const current = { emails: [{ value: 'a', primary: true }], name: { givenName: 'x' } }
        attempt(() => applyUserOperations(current, readUserPatch(sent).operations))
        expect(current).toEqual({ emails: [{ value: 'a', primary: true }], name: { givenName: 'x' } })
      }),
      RUN,
    )
  })
})

function textOf(read: () => unknown): string {
  try {
    return JSON.stringify(read())
  } catch (error) {
    if (error instanceof ScimError) return `${error.detail} ${error.stack}`
    throw error
  }
}
