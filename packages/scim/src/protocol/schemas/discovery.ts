import type { Json, JsonObject } from '../../base/json.ts'
import { listResponse, MAX_COUNT } from '../messages.ts'
import type { Attribute, ResourceType, Schema } from './attribute.ts'
import { RESOURCE_TYPES, SCHEMAS } from './resourceTypes.ts'

const SCHEMA_URN = 'urn:ietf:params:scim:schemas:core:2.0:Schema'
const RESOURCE_TYPE_URN = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType'
const SERVICE_PROVIDER_CONFIG_URN = 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'

/** The body of `GET /Schemas` (RFC 7644 §4). */
export function schemaList(baseUrl: string): JsonObject {
  return list(SCHEMAS.map((schema) => renderSchema(schema, baseUrl)))
}

/** The body of `GET /Schemas/{urn}` (RFC 7643 §7), the URN in any case; undefined if there is no such schema. */
export function schemaResource(baseUrl: string, urn: string): JsonObject | undefined {
  const schema = SCHEMAS.find(({ id }) => id.toLowerCase() === urn.toLowerCase())
  return schema && renderSchema(schema, baseUrl)
}

/** The body of `GET /ResourceTypes` (RFC 7644 §4). */
export function resourceTypeList(baseUrl: string): JsonObject {
  return list(RESOURCE_TYPES.map((type) => renderResourceType(type, baseUrl)))
}

/** The body of `GET /ResourceTypes/{name}` (RFC 7643 §6), the name in any case; undefined if there is no such type. */
export function resourceTypeResource(baseUrl: string, name: string): JsonObject | undefined {
  const type = RESOURCE_TYPES.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase())
  return type && renderResourceType(type, baseUrl)
}

/** The body of `GET /ServiceProviderConfig` (RFC 7643 §5, RFC 9865 §4). */
export function serviceProviderConfig(baseUrl: string): JsonObject {
  return {
    schemas: [SERVICE_PROVIDER_CONFIG_URN],
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: MAX_COUNT },
    changePassword: { supported: false },
    sort: { supported: true },
    etag: { supported: true },
    pagination: {
      cursor: true,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize: MAX_COUNT,
      maxPageSize: MAX_COUNT,
    },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'Bearer token',
        description: 'A SCIM token of the workspace, sent as "Authorization: Bearer <scim-token>".',
        specUri: 'https://www.rfc-editor.org/info/rfc6750',
        primary: true,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${baseUrl}/ServiceProviderConfig` },
  }
}

function list(resources: readonly JsonObject[]): JsonObject {
  return listResponse({ totalResults: resources.length, startIndex: 1, itemsPerPage: resources.length, resources })
}

function renderSchema({ id, name, description, attributes }: Schema, baseUrl: string): JsonObject {
  return {
    schemas: [SCHEMA_URN],
    id,
    name,
    description,
    attributes: attributes.map(renderAttribute),
    meta: { resourceType: 'Schema', location: `${baseUrl}/Schemas/${id}` },
  }
}

// A complex attribute has no text of its own whose case could matter; RFC 7643 §8.7.1 leaves caseExact out, too.
function renderAttribute(attribute: Attribute): Json {
  const { name, type, multiValued, description, required, caseExact, mutability, returned, uniqueness } = attribute
  const { canonicalValues, referenceTypes, subAttributes } = attribute
  return {
    name,
    type,
    multiValued,
    description,
    required,
    ...(type === 'complex' ? {} : { caseExact }),
    ...(canonicalValues === undefined ? {} : { canonicalValues: [...canonicalValues] }),
    mutability,
    returned,
    uniqueness,
    ...(referenceTypes === undefined ? {} : { referenceTypes: [...referenceTypes] }),
    ...(subAttributes === undefined ? {} : { subAttributes: subAttributes.map(renderAttribute) }),
  }
}

function renderResourceType(
  { name, endpoint, description, schema, extensions }: ResourceType,
  baseUrl: string,
): JsonObject {
  return {
    schemas: [RESOURCE_TYPE_URN],
    id: name,
    name,
    endpoint,
    description,
    schema: schema.id,
    ...(extensions.length === 0
      ? {}
      : { schemaExtensions: extensions.map(({ id }) => ({ schema: id, required: false })) }),
    meta: { resourceType: 'ResourceType', location: `${baseUrl}/ResourceTypes/${name}` },
  }
}
