import type { Attribute, Schema } from './attribute.ts'
import { EXTERNAL_ID } from './common.ts'
import { complex, define, plural } from './define.ts'

const READ_ONLY = { mutability: 'readOnly' } as const

const NAME = complex('name', "The components of the person's name.", [
  define('formatted', 'string', 'The full name, formatted for display.'),
  define('familyName', 'string', 'The family name, or last name.'),
  define('givenName', 'string', 'The given name, or first name.'),
  define('middleName', 'string', 'The middle name or names.'),
  define('honorificPrefix', 'string', 'A title before the name, such as "Dr.".'),
  define('honorificSuffix', 'string', 'A suffix behind the name, such as "III".'),
])

const ADDRESSES = complex(
  'addresses',
  'Postal addresses.',
  [
    define('formatted', 'string', 'The full address, formatted for display or a mailing label.'),
    define('streetAddress', 'string', 'Street, house number and the like.'),
    define('locality', 'string', 'The city or locality.'),
    define('region', 'string', 'The state or region.'),
    define('postalCode', 'string', 'The postal code.'),
    define('country', 'string', 'The country, in ISO 3166-1 alpha-2.'),
    define('type', 'string', 'What the address is used for.', { canonicalValues: ['work', 'home', 'other'] }),
    define('primary', 'boolean', 'Whether this is the preferred address; at most one is.'),
  ],
  { multiValued: true },
)

const GROUPS = complex(
  'groups',
  'The groups of the workspace that the person is in; changed through the groups.',
  [
    define('value', 'string', 'The id of the group.', { ...READ_ONLY, caseExact: true }),
    define('$ref', 'reference', 'The URI of the group.', { ...READ_ONLY, referenceTypes: ['Group'] }),
    define('display', 'string', 'The name of the group.', READ_ONLY),
    define('type', 'string', 'Memberships are always direct.', { ...READ_ONLY, canonicalValues: ['direct'] }),
  ],
  { ...READ_ONLY, multiValued: true },
)

const MULTI_VALUED: readonly Attribute[] = [
  plural('emails', 'E-mail addresses.', define('value', 'string', 'The e-mail address.'), ['work', 'home', 'other']),
  plural('phoneNumbers', 'Phone numbers.', define('value', 'string', 'The phone number.'), [
    'work',
    'home',
    'mobile',
    'fax',
    'pager',
    'other',
  ]),
  plural('ims', 'Instant messaging addresses.', define('value', 'string', 'The instant messaging address.'), [
    'aim',
    'gtalk',
    'icq',
    'xmpp',
    'msn',
    'skype',
    'qq',
    'yahoo',
  ]),
  plural(
    'photos',
    'Pictures of the person.',
    define('value', 'reference', 'The URI of the picture.', { referenceTypes: ['external'] }),
    ['photo', 'thumbnail'],
  ),
  ADDRESSES,
  GROUPS,
  plural(
    'entitlements',
    'Things the person is entitled to at the identity provider; they give no access here.',
    define('value', 'string', 'The entitlement.'),
  ),
  plural(
    'roles',
    'Roles of the person at the identity provider; they give no access here.',
    define('value', 'string', 'The role.'),
  ),
  plural(
    'x509Certificates',
    'Certificates issued to the person.',
    define('value', 'binary', 'The certificate, DER in base64.'),
  ),
]

/**
 * The User schema (RFC 7643 §4.1, §8.7.1): what a provider's record can hold. `password` is not part of it, because
 * passwords are neither kept nor passed on.
 */
export const USER_SCHEMA: Schema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:User',
  name: 'User',
  description: 'A person of the workspace, as the identity provider describes them.',
  attributes: [
    define('userName', 'string', 'The name by which the person signs in, unique in the workspace.', {
      required: true,
      uniqueness: 'server',
    }),
    EXTERNAL_ID,
    NAME,
    define('displayName', 'string', 'The name of the person, for display.'),
    define('nickName', 'string', 'The casual name of the person.'),
    define('profileUrl', 'reference', "The URI of the person's profile page.", { referenceTypes: ['external'] }),
    define('title', 'string', 'The job title, such as "Vice President".'),
    define('userType', 'string', 'How the person relates to the organization, such as "Employee".'),
    define('preferredLanguage', 'string', 'The preferred languages, as in the Accept-Language header.'),
    define('locale', 'string', 'The language tag used for dates, currency and the like, such as "en-US".'),
    define('timezone', 'string', 'The time zone by its IANA name, such as "Europe/Berlin".'),
    define('active', 'boolean', "Whether the person's memberships are in effect; false suspends them."),
    ...MULTI_VALUED,
  ],
}
