import type { Attribute } from './attribute.ts'

type Characteristics = Partial<Omit<Attribute, 'name' | 'type' | 'description'>>

/** An attribute with the default characteristics of RFC 7643 §2.2, save those named. */
export function define(
  name: string,
  type: Attribute['type'],
  description: string,
  characteristics: Characteristics = {},
): Attribute {
  return {
    name,
    type,
    multiValued: false,
    description,
    required: false,
    // RFC 7643 §2.3.6 and §2.3.7: binary values and references are case exact.
    caseExact: type === 'reference' || type === 'binary',
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
    ...characteristics,
  }
}

/** A complex attribute (RFC 7643 §2.3.8) with its sub-attributes. */
export function complex(
  name: string,
  description: string,
  subAttributes: readonly Attribute[],
  characteristics: Characteristics = {},
): Attribute {
  return define(name, 'complex', description, { ...characteristics, subAttributes })
}

/**
 * A multi-valued attribute with the default sub-attributes of RFC 7643 §2.4: `value` as given, `display`, `type`, and
 * `primary`.
 */
export function plural(
  name: string,
  description: string,
  value: Attribute,
  canonicalTypes?: readonly string[],
): Attribute {
  const types = canonicalTypes === undefined ? {} : { canonicalValues: canonicalTypes }
  const subAttributes = [
    value,
    define('display', 'string', 'A name of the value for people to read.'),
    define('type', 'string', 'A label for what the value is used for.', types),
    define('primary', 'boolean', 'Whether this is the preferred value; at most one value is.'),
  ]
  return complex(name, description, subAttributes, { multiValued: true })
}
