import type { Attribute } from './attribute.ts'
import { complex, define } from './define.ts'

const READ_ONLY = { mutability: 'readOnly' } as const
const READ_ONLY_EXACT = { mutability: 'readOnly', caseExact: true } as const

/** `externalId` of RFC 7643 §3.1: the provider's own identifier, opaque to us. */
export const EXTERNAL_ID: Attribute = define(
  'externalId',
  'string',
  'The identifier that the identity provider uses for the resource.',
  { caseExact: true },
)

/** The attributes of every resource (RFC 7643 §3 and §3.1) that the schemas themselves do not list. */
export const COMMON_ATTRIBUTES: readonly Attribute[] = [
  define('schemas', 'reference', 'The URNs of the schemas of the resource.', {
    multiValued: true,
    required: true,
    returned: 'always',
    referenceTypes: ['uri'],
  }),
  define('id', 'string', 'The identifier of the resource; never changed and never given to another resource.', {
    ...READ_ONLY_EXACT,
    returned: 'always',
    uniqueness: 'server',
  }),
  EXTERNAL_ID,
  complex(
    'meta',
    'What the service provider keeps about the resource.',
    [
      define('resourceType', 'string', 'The name of the resource type.', READ_ONLY_EXACT),
      define('created', 'dateTime', 'When the resource was added.', READ_ONLY),
      define('lastModified', 'dateTime', 'When the resource was last changed.', READ_ONLY),
      define('location', 'reference', 'The URI of the resource.', { ...READ_ONLY, referenceTypes: ['uri'] }),
      define('version', 'string', 'The version of the resource, as in the ETag header.', READ_ONLY_EXACT),
    ],
    READ_ONLY,
  ),
]
