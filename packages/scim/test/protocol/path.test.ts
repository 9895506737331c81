import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { printFilter, printPath } from '../../src/protocol/filter/print.ts'
import { MAX_PATH_BYTES, parsePath } from '../../src/protocol/path.ts'
import type { ResourceType } from '../../src/protocol/schemas/attribute.ts'
import { GROUP, USER } from '../../src/protocol/schemas/resourceTypes.ts'
import { RUN } from './filter-arbitrary.ts'

const CORE_USER = 'urn:ietf:params:scim:schemas:core:2.0:User'
const CORE_GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group'
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

function read(text: string, type: ResourceType) {
  const { path, filter } = parsePath(text, type)
  return filter === undefined ? [printPath(path)] : [printPath(path), printFilter(filter)]
}

describe('RFC 7644 §3.5.2, figures 7 and 8: paths', () => {
  test.each([
    ['members', GROUP, 'members'],
    ['name.familyName', USER, 'name.familyName'],
    ['addresses[type eq "work"]', USER, 'addresses', 'type eq "work"'],
    [
      'members[value eq "2819c223-7f76-453a-919d-413861904646"]',
      GROUP,
      'members',
      'value eq "2819c223-7f76-453a-919d-413861904646"',
    ],
    ['members[value eq "2819c223"].display', GROUP, 'members.display', 'value eq "2819c223"'],
    ['displayName', GROUP, 'displayName'],
    ['emails[type eq "work"].value', USER, 'emails.value', 'type eq "work"'],
    ['emails[type eq "work" and value ew "example.com"]', USER, 'emails', 'type eq "work" and value ew "example.com"'],
    [`${CORE_USER}:name.givenName`, USER, 'name.givenName'],
    [`${CORE_GROUP}:members`, GROUP, 'members'],
    [`${CORE_GROUP}:members[value eq "x"]`, GROUP, 'members', 'value eq "x"'],
    [`${ENTERPRISE}:manager.value`, USER, `${ENTERPRISE}:manager.value`],
    [`${ENTERPRISE}:department`, USER, `${ENTERPRISE}:department`],
    ['id', GROUP, 'id'],
    ['meta.version', GROUP, 'meta.version'],
  ])('%s', (text, type, ...expected) => {
    expect(read(text, type)).toEqual(expected)
  })
})

test('the example of figure 8 that names "displayName" of a member, which RFC 7643 §4.2 calls "display", is refused', () => {
  expect(() => parsePath('members[value eq "2819c223"].displayName', GROUP)).toThrow(
    '"displayName" is not a sub-attribute of "members"',
  )
})

describe('forms that providers send', () => {
  test.each([
    ['DisplayName', 'displayName'],
    ['MEMBERS', 'members'],
    ['Members[Value EQ "x"]', 'members', 'value eq "x"'],
    ["members[ value  eq 'x' ]", 'members', 'value eq "x"'],
    ['members[value eq x]', 'members', 'value eq "x"'],
    [' members [value eq "a]b"] ', 'members', 'value eq "a]b"'],
    [`${CORE_GROUP.toUpperCase()}:DISPLAYNAME`, 'displayName'],
    ['members[value eq "a" or value eq "b"]', 'members', 'value eq "a" or value eq "b"'],
  ])('%s', (text, ...expected) => {
    expect(read(text, GROUP)).toEqual(expected)
  })

  test('the bare URN of an extension addresses the whole extension', () => {
    const whole = { path: { schema: ENTERPRISE, attribute: '' } }
    expect(parsePath(ENTERPRISE, USER)).toEqual(whole)
    expect(parsePath(ENTERPRISE.toLowerCase(), USER)).toEqual(whole)
  })
})

describe('refusals', () => {
  test.each([
    ['', '"" is not an attribute of User'],
    ['foo', 'The path "foo" cannot be applied: "foo" is not an attribute of User.'],
    ['password', '"password" is not an attribute of User'],
    ['__proto__', '"__proto__" is not an attribute of User'],
    ['constructor.prototype', '"constructor.prototype" is not an attribute of User'],
    ['name.__proto__', '"__proto__" is not a sub-attribute of "name"'],
    ['name.givenName.x', '"givenName.x" is not a sub-attribute of "name"'],
    ['userName.x', '"userName" is a simple attribute without sub-attributes'],
    ['/userName', '"/userName" is not an attribute of User'],
    [CORE_USER, 'is not an attribute of User'],
    [ENTERPRISE.slice(0, -1), 'is not an attribute of User'],
    [`${ENTERPRISE}:`, 'is not an attribute of User'],
    [`${CORE_GROUP}:displayName`, 'is not an attribute of User'],
    ['department', '"department" is not an attribute of User'],
    ['userName[value eq "x"]', '"userName" is not a multi-valued attribute with sub-attributes'],
    ['name[givenName eq "x"]', '"name" is not a multi-valued attribute'],
    ['schemas[value eq "x"]', '"schemas" is not a multi-valued attribute with sub-attributes'],
    ['emails.value[type eq "work"]', '"value" is not a multi-valued attribute'],
    ['emails[type eq "work"]value', 'Only a sub-attribute can follow the "]"'],
    ['emails[type eq "work"].value.x', '"value.x" is not a sub-attribute of "emails"'],
    ['emails[type eq "work"].value x', 'Only a sub-attribute can follow'],
    ['emails[type eq "work"][value pr]', 'Only a sub-attribute can follow'],
  ])('%j is an invalidPath', (text, message) => {
    expect(() => parsePath(text, USER)).toThrow(
      expect.objectContaining({ code: 'invalid_path', status: 400, message: expect.stringContaining(message) }),
    )
  })

  test.each([
    ['members[]', 'the name of an attribute was expected, not "]" at character 9'],
    ['members[value eq "x"', '"]" was expected'],
    ['members[value eq "x]', 'the text at character 18 has no closing "'],
    ['members[foo eq "x"]', '"foo" is not a sub-attribute of "members"'],
    ['members["x"]', 'the name of an attribute was expected'],
    [`members[${'('.repeat(32)}value pr`, 'deeper than 32 levels'],
  ])('%j is an invalidFilter (RFC 7644 §3.12, table 9)', (text, message) => {
    expect(() => parsePath(text, GROUP)).toThrow(
      expect.objectContaining({ code: 'invalid_filter', message: expect.stringContaining(message) }),
    )
  })

  test('a path of more than 4 KiB', () => {
    const path = (length: number) => `members[value eq "${'x'.repeat(length - 20)}"]`
    expect(read(path(MAX_PATH_BYTES), GROUP)[0]).toBe('members')
    expect(() => parsePath(path(MAX_PATH_BYTES + 1), GROUP)).toThrow('The path is longer than 4096 bytes.')
  })
})

test('any text is a path or a refusal, and what is read prints as a path with the same meaning', () => {
  const parts = fc.constantFrom(
    'emails',
    'name',
    'givenName',
    '.',
    '[',
    ']',
    ':',
    'type eq "x"',
    '.value',
    ENTERPRISE,
    ' ',
    'é',
  )
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(parts, { maxLength: 6 }).map((list) => list.join('')),
  )
  const property = fc.property(texts, (text) => {
    try {
      const { path, filter } = parsePath(text, USER)
      const { sub, ...whole } = path
      const printed =
        filter === undefined
          ? printPath(path)
          : `${printPath(whole)}[${printFilter(filter)}]${sub === undefined ? '' : `.${sub}`}`
      expect(parsePath(printed, USER)).toEqual({ path, ...(filter === undefined ? {} : { filter }) })
    } catch (error) {
      expect(error).toMatchObject({ status: 400, scimType: expect.stringMatching(/^invalid(Path|Filter)$/) })
    }
  })
  fc.assert(property, RUN)
})
