import type { ResourceType, Schema } from './attribute.ts'
import { ENTERPRISE_SCHEMA } from './enterprise.ts'
import { GROUP_SCHEMA } from './group.ts'
import { USER_SCHEMA } from './user.ts'

/** The Group resource type (RFC 7643 §6). */
export const GROUP: ResourceType = {
  name: 'Group',
  endpoint: '/Groups',
  description: 'Groups of the workspace and who is in them.',
  schema: GROUP_SCHEMA,
  extensions: [],
}

/** The User resource type (RFC 7643 §6). */
export const USER: ResourceType = {
  name: 'User',
  endpoint: '/Users',
  description: 'People of the workspace, to be matched by the identity provider.',
  schema: USER_SCHEMA,
  extensions: [ENTERPRISE_SCHEMA],
}

export const RESOURCE_TYPES: readonly ResourceType[] = [USER, GROUP]

export const SCHEMAS: readonly Schema[] = RESOURCE_TYPES.flatMap((type) => [type.schema, ...type.extensions])
