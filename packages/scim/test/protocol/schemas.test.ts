import { describe, expect, test } from 'vitest'
import type { Attribute, Schema } from '../../src/protocol/schemas/attribute.ts'
import { COMMON_ATTRIBUTES } from '../../src/protocol/schemas/common.ts'
import {
  resourceTypeList,
  resourceTypeResource,
  schemaList,
  schemaResource,
  serviceProviderConfig,
} from '../../src/protocol/schemas/discovery.ts'
import { canonicalPath, findAttribute } from '../../src/protocol/schemas/names.ts'
import { GROUP, RESOURCE_TYPES, SCHEMAS, USER } from '../../src/protocol/schemas/resourceTypes.ts'

const BASE = 'https://app.example/api/auth/scim/v2'
const CORE_USER = 'urn:ietf:params:scim:schemas:core:2.0:User'
const CORE_GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group'
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

const everything: [string, Attribute][] = [
  ...SCHEMAS.flatMap((schema) => schema.attributes.map((attribute) => [schema.name, attribute] as const)),
  ...COMMON_ATTRIBUTES.map((attribute) => ['common', attribute] as const),
].flatMap(([owner, attribute]) => [
  [`${owner}.${attribute.name}`, attribute] as [string, Attribute],
  ...(attribute.subAttributes ?? []).map((sub): [string, Attribute] => [`${owner}.${attribute.name}.${sub.name}`, sub]),
])

describe('attributes', () => {
  test.each(everything)('%s is well-formed (RFC 7643 §2)', (_, attribute) => {
    expect(attribute.name).toMatch(/^(\$ref|[A-Za-z][A-Za-z0-9_-]*)$/)
    expect(attribute.description).toMatch(/\.$/)
    expect(attribute.subAttributes !== undefined).toBe(attribute.type === 'complex')
    expect(attribute.referenceTypes !== undefined).toBe(attribute.type === 'reference')
    if (attribute.type === 'reference' || attribute.type === 'binary') expect(attribute.caseExact).toBe(true)
  })

  test('no name occurs twice', () => {
    for (const { attributes } of SCHEMAS) {
      const names = attributes.flatMap(({ name, subAttributes }) => [
        name.toLowerCase(),
        ...(subAttributes ?? []).map((sub) => `${name}.${sub.name}`.toLowerCase()),
      ])
      expect(new Set(names).size).toBe(names.length)
    }
  })

  test('a user has the attributes of RFC 7643 §4.1 but the password', () => {
    const names = USER.schema.attributes.map(({ name }) => name)
    expect(names.toSorted()).toEqual(
      'active addresses displayName emails entitlements externalId groups ims locale name nickName phoneNumbers photos preferredLanguage profileUrl roles timezone title userName userType x509Certificates'.split(
        ' ',
      ),
    )
    expect(JSON.stringify(schemaList(BASE)).toLowerCase()).not.toContain('password')
  })

  test.each([
    [USER, 'userName', { required: true, caseExact: false, uniqueness: 'server', mutability: 'readWrite' }],
    [USER, 'externalId', { caseExact: true, uniqueness: 'none' }],
    [USER, 'groups', { mutability: 'readOnly', multiValued: true }],
    [USER, 'groups.value', { mutability: 'readOnly', caseExact: true }],
    [USER, 'active', { type: 'boolean' }],
    [USER, 'id', { caseExact: true, mutability: 'readOnly', returned: 'always' }],
    [USER, 'schemas', { multiValued: true, returned: 'always' }],
    [USER, 'meta.lastModified', { type: 'dateTime', mutability: 'readOnly' }],
    [USER, `${ENTERPRISE}:manager.displayName`, { type: 'string' }],
    [GROUP, 'displayName', { required: true, caseExact: false, uniqueness: 'server' }],
    [GROUP, 'externalId', { caseExact: true, uniqueness: 'server', required: false }],
    [GROUP, 'members', { multiValued: true, mutability: 'readWrite', returned: 'default' }],
    [GROUP, 'members.value', { mutability: 'immutable', caseExact: true }],
    [GROUP, 'members.type', { canonicalValues: ['User'] }],
  ])('$name %s', (type, name, characteristics) => {
    const path = canonicalPath(type, name)
    expect(path && findAttribute(type, path)).toMatchObject(characteristics)
  })
})

describe('names', () => {
  test.each([
    [USER, 'USERNAME', { attribute: 'userName' }],
    [USER, 'Name.givenname', { attribute: 'name', sub: 'givenName' }],
    [USER, `${CORE_USER.toUpperCase()}:Emails.VALUE`, { attribute: 'emails', sub: 'value' }],
    [USER, `${CORE_USER}:meta.created`, { attribute: 'meta', sub: 'created' }],
    [USER, `${ENTERPRISE.toLowerCase()}:Department`, { schema: ENTERPRISE, attribute: 'department' }],
    [GROUP, 'members.$REF', { attribute: 'members', sub: '$ref' }],
    [GROUP, 'userName', undefined],
    [GROUP, `${ENTERPRISE}:department`, undefined],
    [USER, `${ENTERPRISE}:userName`, undefined],
    [USER, ENTERPRISE, undefined],
    [USER, '', undefined],
    [USER, '.', undefined],
    [USER, 'name.', undefined],
    [USER, '__proto__', undefined],
    [USER, 'toString', undefined],
    [USER, ' userName', undefined],
  ])('$name %j', (type, text, path) => {
    expect(canonicalPath(type, text)).toEqual(path)
  })

  test('findAttribute takes canonical paths only', () => {
    expect(findAttribute(USER, { attribute: 'username' })).toBeUndefined()
    expect(findAttribute(USER, { attribute: 'userName', sub: 'x' })).toBeUndefined()
    expect(findAttribute(USER, { schema: 'urn:x', attribute: 'department' })).toBeUndefined()
    expect(findAttribute(USER, { schema: ENTERPRISE, attribute: '' })).toBeUndefined()
  })
})

describe('discovery (RFC 7644 §4)', () => {
  test('/Schemas lists the schemas of all resource types', () => {
    expect(schemaList(BASE)).toMatchObject({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: 3,
      itemsPerPage: 3,
      startIndex: 1,
      Resources: [{ id: CORE_USER }, { id: ENTERPRISE }, { id: CORE_GROUP }],
    })
  })

  test.each(SCHEMAS)('/Schemas/$id, in any case', (schema: Schema) => {
    const body = schemaResource(BASE, schema.id.toUpperCase())
    expect(body).toMatchObject({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
      id: schema.id,
      name: schema.name,
      meta: { resourceType: 'Schema', location: `${BASE}/Schemas/${schema.id}` },
    })
    expect(schemaList(BASE).Resources).toContainEqual(body)
  })

  test("a schema states its attributes' characteristics", () => {
    expect(schemaResource(BASE, CORE_GROUP)?.attributes).toEqual([
      {
        name: 'displayName',
        type: 'string',
        multiValued: false,
        description: 'The name of the group, unique in the workspace.',
        required: true,
        caseExact: false,
        mutability: 'readWrite',
        returned: 'default',
        uniqueness: 'server',
      },
      expect.objectContaining({ name: 'externalId' }),
      {
        name: 'members',
        type: 'complex',
        multiValued: true,
        description: 'The people who are in the group.',
        required: false,
        mutability: 'readWrite',
        returned: 'default',
        uniqueness: 'none',
        subAttributes: [
          expect.objectContaining({ name: 'value', caseExact: true }),
          expect.objectContaining({ name: '$ref', referenceTypes: ['User'] }),
          expect.objectContaining({ name: 'display', mutability: 'readOnly' }),
          expect.objectContaining({ name: 'type', canonicalValues: ['User'] }),
        ],
      },
    ])
  })

  test('/ResourceTypes', () => {
    expect(resourceTypeList(BASE)).toMatchObject({ totalResults: 2, Resources: [{ id: 'User' }, { id: 'Group' }] })
    expect(resourceTypeResource(BASE, 'user')).toEqual({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
      id: 'User',
      name: 'User',
      endpoint: '/Users',
      description: USER.description,
      schema: CORE_USER,
      schemaExtensions: [{ schema: ENTERPRISE, required: false }],
      meta: { resourceType: 'ResourceType', location: `${BASE}/ResourceTypes/User` },
    })
    expect(resourceTypeResource(BASE, 'Group')).not.toHaveProperty('schemaExtensions')
  })

  test('what there is not', () => {
    expect(schemaResource(BASE, 'urn:x')).toBeUndefined()
    expect(resourceTypeResource(BASE, 'Device')).toBeUndefined()
    expect(RESOURCE_TYPES.map(({ endpoint }) => endpoint)).toEqual(['/Users', '/Groups'])
  })

  test('/ServiceProviderConfig (RFC 7643 §5, RFC 9865 §4)', () => {
    expect(serviceProviderConfig(BASE)).toMatchObject({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
      patch: { supported: true },
      bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
      filter: { supported: true, maxResults: 1000 },
      changePassword: { supported: false },
      sort: { supported: true },
      etag: { supported: true },
      pagination: {
        cursor: true,
        index: true,
        defaultPaginationMethod: 'index',
        defaultPageSize: 1000,
        maxPageSize: 1000,
      },
      authenticationSchemes: [{ type: 'oauthbearertoken', primary: true }],
      meta: { resourceType: 'ServiceProviderConfig', location: `${BASE}/ServiceProviderConfig` },
    })
  })
})
