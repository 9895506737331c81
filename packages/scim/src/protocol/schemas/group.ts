import type { Schema } from './attribute.ts'
import { EXTERNAL_ID } from './common.ts'
import { complex, define } from './define.ts'

const IMMUTABLE = { mutability: 'immutable' } as const

/** The Group schema (RFC 7643 §4.2, §8.7.1) with the characteristics that hold here. */
export const GROUP_SCHEMA: Schema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  name: 'Group',
  description: 'A group of people of the workspace.',
  attributes: [
    define('displayName', 'string', 'The name of the group, unique in the workspace.', {
      required: true,
      uniqueness: 'server',
    }),
    { ...EXTERNAL_ID, uniqueness: 'server' },
    complex(
      'members',
      'The people who are in the group.',
      [
        define('value', 'string', 'The id of the person.', { ...IMMUTABLE, caseExact: true }),
        define('$ref', 'reference', 'The URI of the person.', { ...IMMUTABLE, referenceTypes: ['User'] }),
        define('display', 'string', 'The name of the person.', { mutability: 'readOnly' }),
        define('type', 'string', 'The kind of member; groups in groups are not offered.', {
          ...IMMUTABLE,
          canonicalValues: ['User'],
        }),
      ],
      { multiValued: true },
    ),
  ],
}
