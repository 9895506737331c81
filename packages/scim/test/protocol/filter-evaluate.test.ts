import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/base/json.ts'
import { evaluate, evaluateValue } from '../../src/protocol/filter/evaluate.ts'
import { parseFilter, parseValueFilter } from '../../src/protocol/filter/parser.ts'
import { findAttribute } from '../../src/protocol/schemas/names.ts'
import { GROUP, USER } from '../../src/protocol/schemas/resourceTypes.ts'
import { anyFilter, RUN, text } from './filter-arbitrary.ts'

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

const JANE: JsonObject = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', ENTERPRISE],
  id: 'usr_Jane',
  externalId: 'E-1',
  userName: 'Jane@Example.com',
  name: { familyName: 'O\u2019Malley', givenName: 'J\u00c9' },
  profileUrl: 'https://example.com/Jane',
  title: null,
  active: true,
  emails: [
    { value: 'jane@work.example', type: 'work', primary: true },
    { value: 'jane@home.example', type: 'home' },
    { value: 'bare@example.com' },
  ],
  phoneNumbers: [],
  [ENTERPRISE]: { department: 'Sales', manager: { value: 'usr_Boss' } },
  meta: { created: '2026-01-31T12:00:00.000Z', version: 'W/"3"' },
}

describe('evaluate', () => {
  test.each([
    // Texts: folded unless case exact.
    ['userName eq "jane@EXAMPLE.com"', true],
    ['userName eq "jane@example.co"', false],
    ['userName ne "JANE@example.com"', false],
    ['id eq "usr_Jane"', true],
    ['id eq "usr_jane"', false],
    ['externalId eq "e-1"', false],
    ['externalId ne "e-1"', true],
    ['profileUrl eq "https://example.com/jane"', false],
    ['profileUrl ew "/Jane"', true],
    ['userName co "NE@EX"', true],
    ['userName sw "JANE"', true],
    ['userName sw "ane"', false],
    ['userName ew ".COM"', true],
    ['userName ew ".co"', false],
    ['userName co ""', true],
    ['userName co "%"', false],
    ['userName co "_"', false],
    // NFD in the filter, NFC in the resource.
    ['name.givenName eq "je\u0301"', true],
    // Order by code point of the folded text.
    ['userName gt "JAN"', true],
    ['userName gt "Jane@Example.com"', false],
    ['userName ge "JANE@EXAMPLE.COM"', true],
    ['userName lt "K"', true],
    ['userName le "i"', false],
    ['name.familyName lt "o\u{1F600}"', true],
    // Booleans and instants.
    ['active eq true', true],
    ['active ne true', false],
    ['active eq "False"', false],
    ['meta.created eq "2026-01-31T13:00:00+01:00"', true],
    ['meta.created gt "2026-01-31T11:59:59Z"', true],
    ['meta.created gt "2026-01-31T12:00:00Z"', false],
    ['meta.created ge "2026-01-31T12:00:00Z"', true],
    ['meta.created lt "2026-01-31T12:00:00.001Z"', true],
    ['meta.created le "2026-01-31T11:00:00-02:00"', true],
    ['meta.version eq "W/\\"3\\""', true],
    // Presence.
    ['userName pr', true],
    ['title pr', false],
    ['nickName pr', false],
    ['phoneNumbers pr', false],
    ['emails pr', true],
    ['emails.primary pr', true],
    ['emails.display pr', false],
    ['name pr', true],
    ['name.middleName pr', false],
    ['title eq null', true],
    ['title ne null', false],
    ['userName eq null', false],
    ['userName ne null', true],
    ['phoneNumbers eq null', true],
    ['emails.display eq null', true],
    ['emails.primary ne null', true],
    // Absent, single-valued.
    ['nickName eq ""', false],
    ['nickName co ""', false],
    ['nickName lt "z"', false],
    ['nickName ne "x"', true],
    ['title ne "x"', true],
    ['name.middleName ne "x"', true],
    ['not (nickName eq "x")', true],
    // Multi-valued: any value.
    ['emails eq "JANE@home.example"', true],
    ['emails.type eq "home"', true],
    ['emails.type eq "other"', false],
    ['emails.type ne "work"', true],
    ['emails.value ne "jane@work.example"', true],
    ['not (emails.type eq "work")', false],
    ['phoneNumbers ne "1"', true],
    ['phoneNumbers eq "1"', false],
    ['roles ne "x"', true],
    [`schemas eq "${ENTERPRISE}"`, true],
    ['schemas eq "urn:x"', false],
    // Value paths: one value fulfils everything.
    ['emails[type eq "work" and value co "@home"]', false],
    ['emails[type eq "home" and value co "@home"]', true],
    ['emails.type eq "work" and emails.value co "@home"', true],
    ['emails[type eq "work"].value eq "jane@work.example"', true],
    ['emails[type eq "work"].value eq "jane@home.example"', false],
    ['emails[type eq "work"].value ne "jane@home.example"', true],
    ['emails[not (type pr)].value eq "bare@example.com"', true],
    ['emails[type ne "work" and type ne "home"]', true],
    ['phoneNumbers[type ne "work"]', false],
    ['not (phoneNumbers[type eq "work"])', true],
    ['name[givenName sw "j"]', true],
    ['addresses[not (type eq "work")]', false],
    // Extensions.
    [`${ENTERPRISE}:department eq "sales"`, true],
    [`${ENTERPRISE}:costCenter pr`, false],
    [`${ENTERPRISE}:manager eq "usr_Boss"`, true],
    [`${ENTERPRISE}:manager.value eq "usr_boss"`, false],
    // Logic.
    ['nickName pr or userName pr', true],
    ['nickName pr and userName pr', false],
    ['nickName pr and nickName pr or userName pr', true],
    ['nickName pr and (nickName pr or userName pr)', false],
  ])('%s is %s', (filter, expected) => {
    expect(evaluate(parseFilter(filter, USER), JANE, USER)).toBe(expected)
  })

  test.each([
    ['members eq "usr_A"', true],
    ['members eq "usr_a"', false],
    ['members[value eq "usr_A" and display eq "b"]', false],
    ['members[value eq "usr_B" and display eq "b"]', true],
    ['members ne "usr_A"', true],
    ['members.display eq null', false],
    ['members[display eq null]', true],
    ['displayName eq "STRASSE"', false],
    ['displayName eq "STRAßE"', true],
  ])('%s is %s', (filter, expected) => {
    const group = {
      displayName: 'Straße',
      members: [{ value: 'usr_A' }, { value: 'usr_B', display: 'B' }],
    }
    expect(evaluate(parseFilter(filter, GROUP), group, GROUP)).toBe(expected)
  })

  test('"ne" on a group whose only member is the one named is false, on an empty group true', () => {
    const filter = parseFilter('members ne "usr_A"', GROUP)
    expect(evaluate(filter, { members: [{ value: 'usr_A' }] }, GROUP)).toBe(false)
    expect(evaluate(filter, { members: [] }, GROUP)).toBe(true)
    expect(evaluate(filter, {}, GROUP)).toBe(true)
  })

  test.each([
    ['active eq true', { active: 'true' }, false],
    ['active ne true', { active: 'true' }, true],
    ['userName eq "1"', { userName: 1 }, false],
    ['userName lt "2"', { userName: 1 }, false],
    ['meta.created lt "2100-01-01T00:00:00Z"', { meta: { created: 'long ago' } }, false],
    ['name.givenName eq "x"', { name: 'x' }, false],
    ['emails eq "x"', { emails: { value: 'x' } }, true],
    ['emails[value pr]', { emails: ['x', null] }, false],
  ])('%s of a stored value of another type', (filter, resource, expected) => {
    expect(evaluate(parseFilter(filter, USER), resource, USER)).toBe(expected)
  })

  test('what an object inherits is not an attribute of it', () => {
    const inherited = Object.create({ userName: 'x', emails: [{ value: 'x' }] }) as JsonObject
    expect(evaluate(parseFilter('userName pr or emails pr', USER), inherited, USER)).toBe(false)
  })
})

test('evaluateValue judges one value by itself', () => {
  const emails = findAttribute(USER, { attribute: 'emails' })
  if (emails === undefined) throw new Error('no emails')
  const filter = parseValueFilter('type eq "WORK" and primary ne true', emails)
  expect(evaluateValue(filter, { type: 'work', value: 'a' }, emails)).toBe(true)
  expect(evaluateValue(filter, { type: 'work', primary: true }, emails)).toBe(false)
  expect(evaluateValue(filter, {}, emails)).toBe(false)
})

describe('properties', () => {
  const values = fc.oneof(text, fc.constant(null), fc.boolean(), fc.integer())
  const elements = fc.array(fc.dictionary(fc.constantFrom('value', 'type', 'primary', 'display'), values), {
    maxLength: 3,
  })
  const resources = fc.record(
    {
      id: text,
      userName: text,
      title: values,
      active: values,
      name: fc.record({ givenName: text, familyName: text }, { requiredKeys: [] }),
      emails: elements,
      roles: elements,
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<JsonObject>

  test('"not" negates, "and" is every operand, "or" is some operand', () => {
    const property = fc.property(anyFilter(USER), anyFilter(USER), resources, (a, b, resource) => {
      const [isA, isB] = [evaluate(a, resource, USER), evaluate(b, resource, USER)]
      expect(evaluate({ kind: 'not', operand: a }, resource, USER)).toBe(!isA)
      expect(evaluate({ kind: 'and', operands: [a, b] }, resource, USER)).toBe(isA && isB)
      expect(evaluate({ kind: 'or', operands: [a, b] }, resource, USER)).toBe(isA || isB)
    })
    fc.assert(property, RUN)
  })

  test('for a single-valued text, exactly one of lt, eq and gt holds; ne, le and ge follow from them', () => {
    const property = fc.property(text, text, (stored, wanted) => {
      const holds = (operator: 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge') =>
        evaluate(
          { kind: 'compare', path: { attribute: 'userName' }, operator, value: wanted },
          { userName: stored },
          USER,
        )
      expect([holds('lt'), holds('eq'), holds('gt')].filter(Boolean)).toHaveLength(1)
      expect(holds('ne')).toBe(!holds('eq'))
      expect(holds('le')).toBe(!holds('gt'))
      expect(holds('ge')).toBe(!holds('lt'))
    })
    fc.assert(property, RUN)
  })
})
