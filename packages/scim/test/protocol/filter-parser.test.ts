import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ScimError } from '../../src/base/errors.ts'
import type { Filter } from '../../src/protocol/filter/ast.ts'
import { MAX_FILTER_BYTES, parseFilter, parseValueFilter } from '../../src/protocol/filter/parser.ts'
import { printFilter } from '../../src/protocol/filter/print.ts'
import { findAttribute } from '../../src/protocol/schemas/names.ts'
import { GROUP, USER } from '../../src/protocol/schemas/resourceTypes.ts'
import { anyFilter, anyValueFilter, RUN } from './filter-arbitrary.ts'

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const CORE_USER = 'urn:ietf:params:scim:schemas:core:2.0:User'

const asUser = (text: string) => printFilter(parseFilter(text, USER))
const asGroup = (text: string) => printFilter(parseFilter(text, GROUP))

function refusal(text: string, type = USER): string {
  try {
    parseFilter(text, type)
  } catch (error) {
    if (error instanceof ScimError && error.scimType === 'invalidFilter') return error.detail
    throw error
  }
  throw new Error(`accepted: ${text}`)
}

describe('RFC 7644 §3.4.2.2, figure 2: example filters', () => {
  test.each([
    ['userName eq "bjensen"'],
    [`name.familyName co "O'Malley"`],
    ['userName sw "J"'],
    [`${CORE_USER}:userName sw "J"`, 'userName sw "J"'],
    ['title pr'],
    ['meta.lastModified gt "2011-05-13T04:42:34Z"', 'meta.lastModified gt "2011-05-13T04:42:34.000Z"'],
    ['meta.lastModified ge "2011-05-13T04:42:34Z"', 'meta.lastModified ge "2011-05-13T04:42:34.000Z"'],
    ['meta.lastModified lt "2011-05-13T04:42:34Z"', 'meta.lastModified lt "2011-05-13T04:42:34.000Z"'],
    ['meta.lastModified le "2011-05-13T04:42:34Z"', 'meta.lastModified le "2011-05-13T04:42:34.000Z"'],
    ['title pr and userType eq "Employee"'],
    ['title pr or userType eq "Intern"'],
    [`schemas eq "${ENTERPRISE}"`],
    [
      'userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")',
      'userType eq "Employee" and (emails.value co "example.com" or emails.value co "example.org")',
    ],
    [
      'userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")',
      'userType ne "Employee" and not (emails.value co "example.com" or emails.value co "example.org")',
    ],
    ['userType eq "Employee" and (emails.type eq "work")', 'userType eq "Employee" and emails.type eq "work"'],
    ['userType eq "Employee" and emails[type eq "work" and value co "@example.com"]'],
    [
      'emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]',
      'emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]',
    ],
  ])('%s', (text, canonical = text) => {
    expect(asUser(text)).toBe(canonical)
  })
})

describe('the tree', () => {
  const eq = (attribute: string, value: string): Filter => ({
    kind: 'compare',
    path: { attribute },
    operator: 'eq',
    value,
  })

  test('"and" binds closer than "or", and chains are flat', () => {
    expect(
      parseFilter('title eq "a" or title eq "b" and title eq "c" and (title eq "d" and title eq "e")', USER),
    ).toEqual({
      kind: 'or',
      operands: [
        eq('title', 'a'),
        { kind: 'and', operands: [eq('title', 'b'), eq('title', 'c'), eq('title', 'd'), eq('title', 'e')] },
      ],
    })
  })

  test('"not" binds closest', () => {
    expect(parseFilter('not (title eq "a") and title eq "b"', USER)).toEqual({
      kind: 'and',
      operands: [{ kind: 'not', operand: eq('title', 'a') }, eq('title', 'b')],
    })
  })

  test('a value path followed by a comparison asks both of the same value', () => {
    const joined = parseFilter('emails[type eq "work"].value eq "a@b"', USER)
    expect(joined).toEqual({
      kind: 'valuePath',
      path: { attribute: 'emails' },
      filter: { kind: 'and', operands: [eq('type', 'work'), eq('value', 'a@b')] },
    })
    expect(parseFilter('emails[type eq "work" and value eq "a@b"]', USER)).toEqual(joined)
    expect(asUser('emails[type eq "work" or primary eq true].value pr')).toBe(
      'emails[(type eq "work" or primary eq true) and value pr]',
    )
  })

  test("an extension's URN is kept, in its own case", () => {
    expect(parseFilter(`${ENTERPRISE.toUpperCase()}:MANAGER.displayname eq "x"`, USER)).toEqual({
      kind: 'compare',
      path: { schema: ENTERPRISE, attribute: 'manager', sub: 'displayName' },
      operator: 'eq',
      value: 'x',
    })
  })
})

describe('forms that providers send', () => {
  test.each([
    ['externalId eq jyoung', 'externalId eq "jyoung"'],
    ['userName eq a.b+c@d.e', 'userName eq "a.b+c@d.e"'],
    ['externalId eq 007', 'externalId eq "007"'],
    ['(externalId eq 12)', 'externalId eq "12"'],
    ['title eq true', 'title eq "true"'],
    ["userName eq 'jane'", 'userName eq "jane"'],
    [`userName eq 'O\\'Brien "x"'`, `userName eq "O'Brien \\"x\\""`],
    ['  userName   eq\t"x"  ', 'userName eq "x"'],
    ['USERNAME EQ "x" AND NOT(active Eq True) Or title PR', 'userName eq "x" and not (active eq true) or title pr'],
    ['active eq "True"', 'active eq true'],
    ['active ne "false"', 'active ne false'],
    ['emails[primary eq "TRUE"]', 'emails[primary eq true]'],
    ['Emails[Type EQ "work"].Value eq "a@b"', 'emails[type eq "work" and value eq "a@b"]'],
    ['title eq null', 'title eq null'],
    ['title ne null', 'title ne null'],
    ['title eq "null"', 'title eq "null"'],
    ['userName eq ""', 'userName eq ""'],
    ['userName eq " a "', 'userName eq " a "'],
    ['displayName eq "A\\u0301 \\/ \\n"', 'displayName eq "A\u0301 / \\n"'],
    ['meta.created lt 2026-01-31T12:00:00+01:00', 'meta.created lt "2026-01-31T11:00:00.000Z"'],
    ['meta.created lt "2026-01-31T12:00:00"', 'meta.created lt "2026-01-31T12:00:00.000Z"'],
    [`${ENTERPRISE}:manager eq "usr_1"`, `${ENTERPRISE}:manager.value eq "usr_1"`],
  ])('%s', (text, canonical) => {
    expect(asUser(text)).toBe(canonical)
  })

  test.each([
    ['members eq "usr_1"', 'members.value eq "usr_1"'],
    ['members.VALUE eq "usr_1"', 'members.value eq "usr_1"'],
    ['Members[Value EQ usr_1]', 'members[value eq "usr_1"]'],
    ["members[ value eq 'usr_1' ]", 'members[value eq "usr_1"]'],
    ['id eq "grp_1" and members eq "usr_1"', 'id eq "grp_1" and members.value eq "usr_1"'],
    ['displayName eq "say \\"hi\\" \\\\ there"', 'displayName eq "say \\"hi\\" \\\\ there"'],
    ['members pr', 'members pr'],
    ['members.$ref co "/Users/"', 'members.$ref co "/Users/"'],
  ])('%s', (text, canonical) => {
    expect(asGroup(text)).toBe(canonical)
  })
})

describe('refusals say what is wrong', () => {
  test.each([
    ['', 'the name of an attribute was expected, not the end of the filter'],
    ['   ', 'not the end of the filter'],
    ['password eq "x"', '"password" is not an attribute of User'],
    ['__proto__ eq "x"', '"__proto__" is not an attribute of User'],
    ['constructor.name eq "x"', '"constructor.name" is not an attribute of User'],
    ['members eq "x"', '"members" is not an attribute of User'],
    ['department eq "x"', '"department" is not an attribute of User'],
    [`${ENTERPRISE} pr`, 'is not an attribute of User'],
    ['emails.valeu eq "x"', '"valeu" is not a sub-attribute of "emails"'],
    ['userName.x eq "x"', '"userName" is a simple attribute'],
    ['userName[value eq "x"]', '"userName" has no sub-attributes'],
    ['emails[userName eq "x"]', '"userName" is not a sub-attribute of "emails"'],
    ['emails[type[x eq 1]]', 'value path inside another one'],
    ['emails[type eq "work"].', '"" is not a sub-attribute of "emails"'],
    ['emails[type eq "work"]value eq "x"', '"and", "or" or the end was expected, not "value" at character 23'],
    ['emails[type eq "work"', '"]" was expected, not the end of the filter'],
    ['(title pr', '")" was expected, not the end of the filter'],
    ['title pr)', 'not ")" at character 9'],
    ['not title pr', '"(" was expected after "not", not "title" at character 5'],
    ['title', 'after "title" one of eq, ne, co, sw, ew, gt, ge, lt, le or pr was expected'],
    ['title is "x"', 'was expected, not "is" at character 7'],
    ['title eq', 'a value was expected after "eq", not the end of the filter'],
    ['title eq (', 'a value was expected after "eq", not "(" at character 10'],
    ['title eq "x" title pr', 'not "title" at character 14'],
    ['userName eq jane doe', 'A value with blanks needs quotation marks'],
    ['title eq "x" and', 'the name of an attribute was expected'],
    ['title eq "x', 'the text at character 10 has no closing "'],
    ['title eq "x\\"', 'the text at character 10 has no closing "'],
    ['title eq "CORP\\user"', 'which is no escape of JSON'],
    ['title eq "\\u00"', 'which is no escape of JSON'],
    ['title eq "\\u0000"', 'the character NUL'],
    ['title eq a\0b', 'the character NUL'],
    ['title eq "\\ud800"', 'a lone surrogate'],
    ['title eq \ud800', 'a lone surrogate'],
    ['name eq "x"', '"name" has sub-attributes; compare one of them, such as "name.formatted"'],
    ['active gt true', '"active" is of type boolean, which cannot be compared with gt'],
    ['active co "t"', 'cannot be compared with co'],
    ['active eq "yes"', '"active" is true or false, not "yes"'],
    ['x509Certificates gt "x"', 'type binary, which cannot be compared with gt'],
    ['meta.created sw "2026"', 'type dateTime, which cannot be compared with sw'],
    ['meta.created gt "yesterday"', 'which "yesterday" is not'],
    ['meta.created gt "2026-02-30T00:00:00Z"', 'a date and time such as'],
    ['meta.created gt "2026-01-01"', 'a date and time such as'],
    ['title gt null', 'null can be compared with eq and ne only, not with gt'],
  ])('%j', (text, reason) => {
    expect(refusal(text)).toContain(reason)
  })

  test('of what was sent, a message repeats neither texts nor control characters, and nothing at length', () => {
    expect(refusal('title eq "a" "secret"')).not.toContain('secret')
    expect(refusal('ti\u0007tle eq "a"')).toContain('"ti\uFFFDtle"')
    expect(refusal('x'.repeat(4000)).length).toBeLessThan(300)
  })
})

describe('filters on the values of one attribute', () => {
  const emails = findAttribute(USER, { attribute: 'emails' })
  if (emails === undefined) throw new Error('no emails')

  test('name sub-attributes', () => {
    expect(parseValueFilter('TYPE eq "work" and not (primary eq true)', emails)).toEqual({
      kind: 'and',
      operands: [
        { kind: 'compare', path: { attribute: 'type' }, operator: 'eq', value: 'work' },
        {
          kind: 'not',
          operand: { kind: 'compare', path: { attribute: 'primary' }, operator: 'eq', value: true },
        },
      ],
    })
  })

  test('refuse other attributes', () => {
    expect(() => parseValueFilter('userName eq "x"', emails)).toThrow('"userName" is not a sub-attribute of "emails"')
  })

  test('print and read back as the same filter', () => {
    const property = fc.property(anyValueFilter(emails), (filter) => {
      expect(parseValueFilter(printFilter(filter), emails)).toEqual(filter)
    })
    fc.assert(property, RUN)
  })
})

describe('properties', () => {
  test.each([USER, GROUP])('a filter on $name prints and reads back as the same filter', (type) => {
    const property = fc.property(anyFilter(type), (filter) => {
      const printed = printFilter(filter)
      fc.pre(new TextEncoder().encode(printed).length <= MAX_FILTER_BYTES)
      expect(parseFilter(printed, type)).toEqual(filter)
    })
    fc.assert(property, RUN)
  })

  test('any text is read or refused as invalidFilter', () => {
    const words = fc.constantFrom(
      'userName',
      'emails',
      'eq',
      'pr',
      'and',
      'not',
      '(',
      ')',
      '[',
      ']',
      '.value',
      '"x"',
      '\\',
    )
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(words).map((parts) => parts.join(' ')),
    )
    const property = fc.property(texts, (text) => {
      try {
        expect(asUser(asUser(text))).toBe(asUser(text))
      } catch (error) {
        expect(error).toMatchObject({ code: 'invalid_filter', status: 400, scimType: 'invalidFilter' })
      }
    })
    fc.assert(property, RUN)
  })
})
