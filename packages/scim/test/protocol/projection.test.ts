import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/base/json.ts'
import { parseProjection, project, WHOLE, wantedSubAttributes, wants } from '../../src/protocol/projection.ts'
import type { Attribute, ResourceType } from '../../src/protocol/schemas/attribute.ts'
import { complex, define } from '../../src/protocol/schemas/define.ts'
import { GROUP, USER } from '../../src/protocol/schemas/resourceTypes.ts'

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

const PERSON: JsonObject = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', ENTERPRISE],
  id: 'usr_1',
  userName: 'jane',
  name: { givenName: 'Jane', familyName: 'Doe' },
  emails: [{ value: 'a@b', type: 'work' }, { value: 'c@d' }],
  [ENTERPRISE]: { department: 'Sales', manager: { value: 'usr_2', displayName: 'Boss' } },
  meta: { resourceType: 'User', version: 'W/"1"' },
}
const { schemas, id } = PERSON
const MINIMUM = { schemas, id }

function projected(attributes?: string, excludedAttributes?: string): JsonObject {
  return project(PERSON, parseProjection(attributes, excludedAttributes, USER), USER)
}

function without(...names: string[]): JsonObject {
  return Object.fromEntries(Object.entries(PERSON).filter(([name]) => !names.includes(name)))
}

describe('attributes (RFC 7644 §3.9)', () => {
  test.each<[string, JsonObject]>([
    ['userName', { userName: 'jane' }],
    [' USERNAME , Name.GIVENNAME ', { userName: 'jane', name: { givenName: 'Jane' } }],
    ['urn:ietf:params:scim:schemas:core:2.0:User:userName', { userName: 'jane' }],
    ['name,name.givenName', { name: { givenName: 'Jane', familyName: 'Doe' } }],
    ['name.givenName,name', { name: { givenName: 'Jane', familyName: 'Doe' } }],
    ['name.givenName,name.familyName', { name: { givenName: 'Jane', familyName: 'Doe' } }],
    ['name.middleName', {}],
    ['emails.type', { emails: [{ type: 'work' }] }],
    ['meta.version', { meta: { version: 'W/"1"' } }],
    ['id', {}],
    ['nothing,password,__proto__', {}],
    [`${ENTERPRISE}:department`, { [ENTERPRISE]: { department: 'Sales' } }],
    [`${ENTERPRISE}:manager.value`, { [ENTERPRISE]: { manager: { value: 'usr_2' } } }],
    [ENTERPRISE.toUpperCase(), { [ENTERPRISE]: PERSON[ENTERPRISE] as JsonObject }],
  ])('%s', (attributes, expected) => {
    expect(projected(attributes)).toEqual({ ...MINIMUM, ...expected })
  })

  test.each([undefined, '', ' , '])('not given, as %j: everything', (attributes) => {
    expect(projected(attributes, attributes)).toEqual(PERSON)
  })
})

describe('excludedAttributes (RFC 7644 §3.9)', () => {
  test.each<[string, JsonObject]>([
    ['userName,EMAILS', without('userName', 'emails')],
    ['id,schemas', PERSON],
    ['nothing', PERSON],
    ['name.givenName', { ...PERSON, name: { familyName: 'Doe' } }],
    ['emails.value', { ...PERSON, emails: [{ type: 'work' }] }],
    [ENTERPRISE, without(ENTERPRISE)],
    [`${ENTERPRISE}:department`, { ...PERSON, [ENTERPRISE]: { manager: { value: 'usr_2', displayName: 'Boss' } } }],
    [`${ENTERPRISE}:department,${ENTERPRISE}:manager`, without(ENTERPRISE)],
    ['meta', without('meta')],
  ])('%s', (excludedAttributes, expected) => {
    expect(projected(undefined, excludedAttributes)).toEqual(expected)
  })

  test('is taken from what attributes asks for', () => {
    expect(projected('userName,name', 'userName,name.givenName')).toEqual({ ...MINIMUM, name: { familyName: 'Doe' } })
    expect(projected('name.givenName', 'name.givenName')).toEqual(MINIMUM)
  })
})

test('a projection leaves the resource as it was', () => {
  const before = structuredClone(PERSON)
  projected('emails.type', 'name.givenName')
  expect(PERSON).toEqual(before)
})

describe('whether members have to be read', () => {
  const of = (attributes?: string, excludedAttributes?: string) =>
    parseProjection(attributes, excludedAttributes, GROUP)

  test.each([
    [undefined, undefined, true],
    [undefined, 'members', false],
    [undefined, 'MEMBERS', false],
    [undefined, 'urn:ietf:params:scim:schemas:core:2.0:Group:members', false],
    [undefined, 'members.value,members.$ref,members.display,members.type', false],
    [undefined, 'members.display', true],
    ['displayName', undefined, false],
    ['displayName,members', undefined, true],
    ['members.value', undefined, true],
    ['members', 'members', false],
    ['id', undefined, false],
  ])('attributes=%s excludedAttributes=%s: %s', (attributes, excludedAttributes, expected) => {
    expect(wants(of(attributes, excludedAttributes), 'members')).toBe(expected)
  })

  test('and which of their sub-attributes', () => {
    expect(wantedSubAttributes(WHOLE, 'members')).toBeUndefined()
    expect(wantedSubAttributes(of('members'), 'members')).toBeUndefined()
    expect(wantedSubAttributes(of('members.value,members.TYPE'), 'members')).toEqual(new Set(['value', 'type']))
    expect(wantedSubAttributes(of(undefined, 'members.display'), 'members')).toEqual(new Set(['value', '$ref', 'type']))
  })
})

test('an empty group keeps its empty list of members', () => {
  const group = { id: 'grp_1', members: [] }
  expect(project(group, parseProjection('members.value', undefined, GROUP), GROUP)).toEqual(group)
})

describe('the returned characteristic (RFC 7643 §7)', () => {
  const returned = (name: string, value: Attribute['returned']) => define(name, 'string', '', { returned: value })
  const TYPE: ResourceType = {
    ...GROUP,
    schema: {
      ...GROUP.schema,
      attributes: [
        returned('secret', 'never'),
        returned('costly', 'request'),
        returned('plain', 'default'),
        complex('parts', '', [
          returned('key', 'always'),
          returned('secret', 'never'),
          returned('costly', 'request'),
          returned('plain', 'default'),
        ]),
      ],
    },
  }
  const parts = { key: 1, secret: 2, costly: 3, plain: 4 }
  const resource = { id: 'x', secret: 's', costly: 'c', plain: 'p', parts }

  test.each([
    [undefined, undefined, { id: 'x', plain: 'p', parts: { key: 1, plain: 4 } }],
    ['secret,costly', undefined, { id: 'x', costly: 'c' }],
    ['parts', undefined, { id: 'x', parts: { key: 1, plain: 4 } }],
    ['parts.costly,parts.secret', undefined, { id: 'x', parts: { key: 1, costly: 3 } }],
    [undefined, 'parts.key,plain', { id: 'x', parts: { key: 1, plain: 4 } }],
  ])('attributes=%s excludedAttributes=%s', (attributes, excludedAttributes, expected) => {
    expect(project(resource, parseProjection(attributes, excludedAttributes, TYPE), TYPE)).toEqual(expected)
  })
})
