import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ScimError } from '../../src/base/errors.ts'
import type { Json } from '../../src/base/json.ts'
import { addWithMemberFilter } from '../../src/protocol/dialects/add-with-member-filter.ts'
import { arrayForSingleValue } from '../../src/protocol/dialects/array-for-single-value.ts'
import { attributeNameCase } from '../../src/protocol/dialects/attribute-name-case.ts'
import { dottedKeys } from '../../src/protocol/dialects/dotted-keys.ts'
import { emptyStringAsAbsent } from '../../src/protocol/dialects/empty-string-as-absent.ts'
import { DIALECT_RULES } from '../../src/protocol/dialects/index.ts'
import { RESOURCE_KEYS } from '../../src/protocol/dialects/keys.ts'
import { legacySchemaUrn } from '../../src/protocol/dialects/legacy-schema-urn.ts'
import { missingOperationName } from '../../src/protocol/dialects/missing-operation-name.ts'
import { Notes } from '../../src/protocol/dialects/notes.ts'
import { nullReferenceInMember } from '../../src/protocol/dialects/null-reference-in-member.ts'
import { numberForString } from '../../src/protocol/dialects/number-for-string.ts'
import { objectForArray } from '../../src/protocol/dialects/object-for-array.ts'
import { operationKeyCase } from '../../src/protocol/dialects/operation-key-case.ts'
import { operationNameCase } from '../../src/protocol/dialects/operation-name-case.ts'
import { operationsKeyCase } from '../../src/protocol/dialects/operations-key-case.ts'
import { isPassword, withoutPasswords } from '../../src/protocol/dialects/password.ts'
import { pathWithLeadingSlash } from '../../src/protocol/dialects/path-with-leading-slash.ts'
import { percentEncodedPath } from '../../src/protocol/dialects/percent-encoded-path.ts'
import { removeWithNullValue } from '../../src/protocol/dialects/remove-with-null-value.ts'
import { removeWithValueArray } from '../../src/protocol/dialects/remove-with-value-array.ts'
import { scim11PatchBody } from '../../src/protocol/dialects/scim-1.1-patch-body.ts'
import { stringBooleans } from '../../src/protocol/dialects/string-booleans.ts'
import { stringForComplexValue } from '../../src/protocol/dialects/string-for-complex-value.ts'
import { stringMember } from '../../src/protocol/dialects/string-member.ts'
import { topLevelId } from '../../src/protocol/dialects/top-level-id.ts'
import { urnPrefixedKeys } from '../../src/protocol/dialects/urn-prefixed-keys.ts'
import { valuePathCreatesValue } from '../../src/protocol/dialects/value-path-creates-value.ts'
import { wholeResourceAsValue } from '../../src/protocol/dialects/whole-resource-as-value.ts'
import { parseValueFilter } from '../../src/protocol/filter/parser.ts'
import { findAttribute } from '../../src/protocol/schemas/names.ts'
import { GROUP, USER } from '../../src/protocol/schemas/resourceTypes.ts'

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User'
const EMAILS = findAttribute(USER, { attribute: 'emails' })
const ADDRESSES = findAttribute(USER, { attribute: 'addresses' })
const MEMBERS = findAttribute(GROUP, { attribute: 'members' })
if (EMAILS === undefined || ADDRESSES === undefined || MEMBERS === undefined)
  throw new Error('The schemas are incomplete.')

const emailFilter = (text: string) => parseValueFilter(text, EMAILS)
const memberFilter = (text: string) => parseValueFilter(text, MEMBERS)
const eq = (attribute: string, value: string | boolean) =>
  ({ kind: 'compare', path: { attribute }, operator: 'eq', value }) as const

/** What each rule makes of its form, and of what is not its form (undefined: left alone). */
const CASES: Record<
  string,
  readonly (readonly [read: Json | object | undefined, expected: Json | object | undefined])[]
> = {
  'operations-key-case': [
    [operationsKeyCase.read({ operations: [], schemas: [] }), { Operations: [], schemas: [] }],
    [operationsKeyCase.read({ Operations: [] }), undefined],
  ],
  'scim-1.1-patch-body': [
    [
      scim11PatchBody.read({ members: [{ value: 'a', operation: 'delete' }, { value: 'b' }] }),
      {
        Operations: [
          { op: 'remove', path: 'members', value: [{ value: 'a' }] },
          { op: 'add', value: { members: [{ value: 'b' }] } },
        ],
      },
    ],
    [
      scim11PatchBody.read({ meta: { attributes: ['members', 'externalId'] }, members: ['a'], displayName: 'x' }),
      {
        Operations: [
          { op: 'remove', path: 'externalId' },
          { op: 'add', value: { displayName: 'x' } },
          { op: 'replace', value: { members: ['a'] } },
        ],
      },
    ],
    [
      scim11PatchBody.read({
        meta: { attributes: ['Members'] },
        members: [{ value: 'a' }, { value: 'b', operation: 'delete' }],
      }),
      {
        Operations: [
          { op: 'replace', value: { members: [] } },
          { op: 'add', value: { members: [{ value: 'a' }] } },
          { op: 'remove', path: 'members', value: [{ value: 'b' }] },
        ],
      },
    ],
    [
      scim11PatchBody.read({ meta: { attributes: ['members'] }, members: { value: 'a' } }),
      { Operations: [{ op: 'replace', value: { members: { value: 'a' } } }] },
    ],
    [scim11PatchBody.read({ schemas: ['urn:scim:schemas:core:1.0'], members: [] }), { Operations: [] }],
    [scim11PatchBody.read({ members: [{ value: 'a' }] }), undefined],
    [scim11PatchBody.read({ displayName: 'x' }), undefined],
    [scim11PatchBody.read({ Operations: [], members: [{ value: 'a', operation: 'delete' }] }), undefined],
  ],
  'top-level-id': [
    [topLevelId.read({ ID: 'a', Operations: [] }), { Operations: [] }],
    [topLevelId.read({ Operations: [] }), undefined],
  ],
  'operation-key-case': [
    [operationKeyCase.read({ OP: 'add', Path: 'members', Value: [] }), { op: 'add', path: 'members', value: [] }],
    [operationKeyCase.read({ op: 'add', Name: 'x' }), undefined],
  ],
  'operation-name-case': [
    [operationNameCase.read({ op: 'Add', path: 'Members' }), { op: 'add', path: 'Members' }],
    [operationNameCase.read({ op: 'add' }), undefined],
    [operationNameCase.read({ op: 7 }), undefined],
  ],
  'missing-operation-name': [
    [
      missingOperationName.read({ path: 'displayName', value: 'x' }, GROUP),
      { op: 'replace', path: 'displayName', value: 'x' },
    ],
    [
      missingOperationName.read({ op: null, value: { externalId: 'x' } }, GROUP),
      { op: 'replace', value: { externalId: 'x' } },
    ],
    [missingOperationName.read({ path: 'members', value: [] }, GROUP), undefined],
    [missingOperationName.read({ path: 'members[value eq "a"]', value: [] }, GROUP), undefined],
    [missingOperationName.read({ value: { displayName: 'x', MEMBERS: [] } }, GROUP), undefined],
    [missingOperationName.read({ path: 'emails.value', value: 'x' }, USER), undefined],
    [missingOperationName.read({ path: 'displayName' }, GROUP), undefined],
    [missingOperationName.read({ value: 'x' }, GROUP), undefined],
    [missingOperationName.read({ op: 'add', path: 'displayName', value: 'x' }, GROUP), undefined],
  ],
  'percent-encoded-path': [
    [percentEncodedPath.read('members%5Bvalue%20eq%20%22a%22%5D'), 'members[value eq "a"]'],
    [percentEncodedPath.read('members[value eq "100%25"]'), undefined],
    [percentEncodedPath.read('members%5B%FF'), undefined],
    [percentEncodedPath.read('members'), undefined],
  ],
  'path-with-leading-slash': [
    [pathWithLeadingSlash.read('/members'), 'members'],
    [pathWithLeadingSlash.read('members'), undefined],
  ],
  'legacy-schema-urn': [
    [legacySchemaUrn.read('urn:scim:schemas:extension:enterprise:1.0', USER), ENTERPRISE],
    [
      legacySchemaUrn.read('urn:scim:schemas:extension:enterprise:2.0:User:manager.value', USER),
      `${ENTERPRISE}:manager.value`,
    ],
    [legacySchemaUrn.read('URN:scim:schemas:core:1.0:userName', USER), `${CORE}:userName`],
    [legacySchemaUrn.read('urn:scim:schemas:core:2.0:User:userName', USER), `${CORE}:userName`],
    [legacySchemaUrn.read('urn:scim:schemas:extension:enterprise:1.0', GROUP), undefined],
    [legacySchemaUrn.read('urn:scim:schemas:extension:enterprise:1.05', USER), undefined],
    [legacySchemaUrn.read(ENTERPRISE, USER), undefined],
  ],
  'urn-prefixed-keys': [
    [
      urnPrefixedKeys.read({ [`${ENTERPRISE}:division`]: 'd', [ENTERPRISE]: { department: 'x' } }, USER),
      { [ENTERPRISE]: { division: 'd', department: 'x' } },
    ],
    [
      urnPrefixedKeys.read({ [`${CORE.toUpperCase()}:title`]: 'x', nickName: 'y' }, USER),
      { title: 'x', nickName: 'y' },
    ],
    [urnPrefixedKeys.read({ [CORE]: { title: 'x' } }, USER), { title: 'x' }],
    [urnPrefixedKeys.read({ [ENTERPRISE]: { department: 'x' } }, USER), undefined],
    [urnPrefixedKeys.read({ 'urn:example:1.0:User:x': 'y' }, USER), undefined],
  ],
  'dotted-keys': [
    [
      dottedKeys.read({ 'name.familyName': 'K', name: { givenName: 'A' }, 'Name.MiddleName': 'B' }, USER),
      { name: { familyName: 'K', givenName: 'A', middleName: 'B' } },
    ],
    [dottedKeys.read({ [ENTERPRISE]: { 'manager.value': 'x' } }, USER), { [ENTERPRISE]: { manager: { value: 'x' } } }],
    // Which e-mail is meant cannot be known.
    [dottedKeys.read({ 'emails.value': 'x' }, USER), undefined],
    [dottedKeys.read({ 'members.value': 'x' }, GROUP), undefined],
    [dottedKeys.read({ 'shoe.size': 42, name: {} }, USER), undefined],
  ],
  'attribute-name-case': [
    [attributeNameCase.read({ UserName: 'x', other: 1 }, RESOURCE_KEYS.User), { userName: 'x', other: 1 }],
    [attributeNameCase.read({ [ENTERPRISE.toLowerCase()]: {} }, RESOURCE_KEYS.User), { [ENTERPRISE]: {} }],
    [attributeNameCase.read({ userName: 'x', Other: 1 }, RESOURCE_KEYS.User), undefined],
  ],
  'whole-resource-as-value': [
    [wholeResourceAsValue.read({ id: 'g', schemas: [], meta: {}, displayName: 'x' }), { displayName: 'x' }],
    [wholeResourceAsValue.read({ displayName: 'x' }), undefined],
  ],
  'remove-with-null-value': [
    [removeWithNullValue.read({ path: { attribute: 'members' }, value: null }), { path: { attribute: 'members' } }],
    [removeWithNullValue.read({ path: { attribute: 'members' }, value: [] }), undefined],
    [removeWithNullValue.read({ path: { attribute: 'members' } }), undefined],
  ],
  'remove-with-value-array': [
    [
      removeWithValueArray.read({ path: { attribute: 'members' }, value: [{ value: 'a' }, { value: 'b' }] }),
      { path: { attribute: 'members' }, filter: { kind: 'or', operands: [eq('value', 'a'), eq('value', 'b')] } },
    ],
    [
      removeWithValueArray.read({ path: { attribute: 'addresses' }, value: [{ type: 'work', country: 'DE' }] }),
      {
        path: { attribute: 'addresses' },
        filter: { kind: 'and', operands: [eq('type', 'work'), eq('country', 'DE')] },
      },
    ],
    [
      removeWithValueArray.read({ path: { attribute: 'members' }, value: [] }),
      { path: { attribute: 'members' }, filter: { kind: 'or', operands: [] } },
    ],
    [removeWithValueArray.read({ path: { attribute: 'members' } }), undefined],
    [removeWithValueArray.read({ path: { attribute: 'members' }, filter: eq('value', 'a'), value: [] }), undefined],
  ],
  'add-with-member-filter': [
    [addWithMemberFilter.read(memberFilter('value eq "a" or value eq "b"')), [{ value: 'a' }, { value: 'b' }]],
    [addWithMemberFilter.read(memberFilter('value eq "a" and type eq "User"')), undefined],
    [addWithMemberFilter.read(memberFilter('value ne "a"')), undefined],
    [addWithMemberFilter.read(memberFilter('display eq "a"')), undefined],
  ],
  'value-path-creates-value': [
    [valuePathCreatesValue.read(emailFilter('type eq "work"')), { type: 'work' }],
    [valuePathCreatesValue.read(emailFilter('type eq "work" and primary eq true')), { type: 'work', primary: true }],
    [valuePathCreatesValue.read(emailFilter('type eq "work" and type eq "home"')), undefined],
    [valuePathCreatesValue.read(emailFilter('type eq "work" and value pr')), undefined],
    [valuePathCreatesValue.read(emailFilter('type eq "work" or type eq "home"')), undefined],
    [valuePathCreatesValue.read(emailFilter('type sw "work"')), undefined],
    [valuePathCreatesValue.read(emailFilter('type eq null')), undefined],
  ],
  'object-for-array': [
    [objectForArray.read({ value: 'a' }), [{ value: 'a' }]],
    [objectForArray.read('a'), ['a']],
    [objectForArray.read(['a']), undefined],
    [objectForArray.read(7), undefined],
    [objectForArray.read(null), undefined],
  ],
  'array-for-single-value': [
    [arrayForSingleValue.read([true]), true],
    [arrayForSingleValue.read([true, false]), undefined],
    [arrayForSingleValue.read([]), undefined],
    [arrayForSingleValue.read(true), undefined],
  ],
  'empty-string-as-absent': [
    [emptyStringAsAbsent.read(''), null],
    [emptyStringAsAbsent.read(' '), undefined],
    [emptyStringAsAbsent.read(0), undefined],
  ],
  'string-booleans': [
    [stringBooleans.read('True'), true],
    [stringBooleans.read('FALSE'), false],
    [stringBooleans.read('yes'), undefined],
    [stringBooleans.read('1'), undefined],
    [stringBooleans.read(false), undefined],
  ],
  'number-for-string': [
    [numberForString.read(7), '7'],
    [numberForString.read(7.5), '7.5'],
    [numberForString.read(2 ** 53), undefined],
    [numberForString.read('7'), undefined],
    [numberForString.read(true), undefined],
  ],
  'string-for-complex-value': [
    [stringForComplexValue.read('a@b.example', EMAILS), { value: 'a@b.example' }],
    [stringForComplexValue.read('Street 1', ADDRESSES), undefined],
    [stringForComplexValue.read({ value: 'a' }, EMAILS), undefined],
  ],
  'string-member': [
    [stringMember.read('usr_1'), { value: 'usr_1' }],
    [stringMember.read({ value: 'usr_1' }), undefined],
    [stringMember.read(7), undefined],
  ],
  'null-reference-in-member': [
    [nullReferenceInMember.read({ value: 'a', $ref: null, type: null, display: 'x' }), { value: 'a', display: 'x' }],
    [nullReferenceInMember.read({ value: null, $ref: 'x' }), undefined],
  ],
}

describe.each(DIALECT_RULES.map(({ name }) => name))('dialect rule %s', (name) => {
  it.each((CASES[name] ?? []).map(([read, expected], i) => ({ i, read, expected })))(
    'case $i',
    ({ read, expected }) => {
      expect(read).toEqual(expected)
    },
  )

  it('has cases of its form and of others', () => {
    const expected = (CASES[name] ?? []).map(([, result]) => result === undefined)
    expect(new Set(expected)).toEqual(new Set([true, false]))
  })
})

/** What is written as it is sent, in every language the same. */
function codeIn(text: string): string[] {
  return (text.match(/`[^`]+`/g) ?? []).sort()
}

describe('the list of dialect rules', () => {
  it('has each rule once, described and with where it was seen', () => {
    expect(new Set(DIALECT_RULES.map(({ name }) => name)).size).toBe(DIALECT_RULES.length)
    for (const { name, description, seen } of DIALECT_RULES) {
      expect(name).toMatch(/^[a-z0-9.]+(-[a-z0-9.]+)*$/)
      expect(description.en).toMatch(/^\S.*\.$/)
      expect(description.de).toMatch(/^\S.*\.$/)
      expect([name, codeIn(description.de)]).toEqual([name, codeIn(description.en)])
      expect(seen).toMatch(/\S/)
    }
  })

  it('has a rule for each file that is named like one', () => {
    const files = readdirSync(new URL('../../src/protocol/dialects/', import.meta.url))
    const named = files.filter((file) => file.includes('-')).map((file) => file.replace(/\.ts$/, ''))
    expect(named.sort()).toEqual(DIALECT_RULES.map(({ name }) => name).sort())
  })
})

describe('two spellings of one key', () => {
  it.each([
    ['operations-key-case', () => operationsKeyCase.read({ operations: [], Operations: [] })],
    ['operation-key-case', () => operationKeyCase.read({ op: 'add', Op: 'remove' })],
    ['attribute-name-case', () => attributeNameCase.read({ userName: 'a', UserName: 'b' }, RESOURCE_KEYS.User)],
    ['urn-prefixed-keys', () => urnPrefixedKeys.read({ title: 'a', [`${CORE}:title`]: 'b' }, USER)],
    [
      'urn-prefixed-keys (extension)',
      () => urnPrefixedKeys.read({ [ENTERPRISE]: null, [`${ENTERPRISE}:division`]: 'b' }, USER),
    ],
    ['dotted-keys', () => dottedKeys.read({ name: { familyName: 'a' }, 'name.familyName': 'b' }, USER)],
    ['dotted-keys (no object)', () => dottedKeys.read({ name: null, 'name.familyName': 'b' }, USER)],
  ])('is refused by %s', (_, read) => {
    expect(read).toThrow(ScimError)
    expect(read).toThrow(/given twice/)
  })
})

describe('notes', () => {
  it('name a rule once, and what was ignored without filter values', () => {
    const notes = new Notes()
    expect(notes.apply(stringBooleans, 'True')).toBe(true)
    expect(notes.apply(stringBooleans, 'true')).toBe(true)
    expect(notes.apply(stringBooleans, 'maybe')).toBe('maybe')
    notes.ignore('emails[value eq "jane@example.com"].x')
    notes.ignore('PassWord[value eq "s3cret"]')
    expect(notes.reading()).toEqual({ rules: ['string-booleans'], ignored: ['emails[…].x', 'password'] })
  })

  it('stay short', () => {
    const notes = new Notes()
    for (let i = 0; i < 1000; i++) notes.ignore(`${i}${'x'.repeat(1000)}`)
    const { ignored } = notes.reading()
    expect(ignored).toHaveLength(50)
    expect(Math.max(...ignored.map(({ length }) => length))).toBe(101)
  })
})

describe('passwords', () => {
  it.each(['password', 'PASSWORD', `${CORE}:password`, '/password', 'password.value', 'password[type eq "x"]'])(
    '%s names one',
    (text) => expect(isPassword(text)).toBe(true),
  )

  it.each(['passwordHint', 'userName', 'name.password', 'emails[type eq "password"].value'])('%s does not', (text) =>
    expect(isPassword(text)).toBe(false),
  )

  it('are dropped at any depth, and a body without any is left as it is', () => {
    const clean: Json = { a: [{ b: 'password' }], c: null }
    expect(withoutPasswords(clean)).toBe(clean)
    expect(withoutPasswords({ a: [{ b: 1, Password: 'x' }], [`${CORE}:password`]: 'x' })).toEqual({ a: [{ b: 1 }] })
  })
})
