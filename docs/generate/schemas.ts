import type { Attribute, Schema } from '../../packages/scim/src/protocol/schemas/attribute.ts'
import { COMMON_ATTRIBUTES } from '../../packages/scim/src/protocol/schemas/common.ts'
import { RESOURCE_TYPES } from '../../packages/scim/src/protocol/schemas/resourceTypes.ts'
import { code, type Page, page, prose, table } from './markdown.ts'

const INTRO = `What \`GET /Schemas\` answers, as tables. Unless said otherwise an attribute is optional, can be written, is returned by
default and is compared ignoring case. Attributes and extensions that are not listed here are passed over, and the activity entry names
them; \`password\` is dropped before anything is read.`

/** `reference/schemas.md`: resource types, schemas and attributes. */
export function schemasPage(): Page {
  const common = `## Every resource\n\n${attributesTable(COMMON_ATTRIBUTES)}`
  const types = RESOURCE_TYPES.flatMap(({ name, endpoint, description, schema, extensions }) => [
    `## ${name}\n\n${prose(description)} At ${code(endpoint)}.`,
    schemaText(schema),
    ...extensions.map(
      (extension) => `### ${extension.name}\n\n${prose(extension.description)}\n\n${schemaText(extension)}`,
    ),
  ])
  return page('reference/schemas.md', 'Schemas and attributes', INTRO, common, ...types)
}

function schemaText({ id, attributes }: Schema): string {
  return `${code(id)}\n\n${attributesTable(attributes)}`
}

function attributesTable(attributes: readonly Attribute[]): string {
  const rows = attributes.flatMap((attribute) => [
    row(attribute, attribute.name),
    ...(attribute.subAttributes ?? []).map((sub) => row(sub, `${attribute.name}.${sub.name}`)),
  ])
  return table(['Attribute', 'Type', 'Characteristics', 'Meaning'], rows)
}

function row(attribute: Attribute, name: string): string[] {
  const { type, multiValued, description, canonicalValues = [] } = attribute
  const values = canonicalValues.length === 0 ? '' : ` One of ${canonicalValues.map(code).join(', ')}.`
  return [code(name), multiValued ? `${type}, several` : type, characteristics(attribute), prose(description) + values]
}

function characteristics({ type, required, caseExact, mutability, returned, uniqueness }: Attribute): string {
  return [
    required ? 'required' : '',
    mutability === 'readWrite' ? '' : mutability,
    returned === 'default' ? '' : `returned ${returned}`,
    uniqueness === 'none' ? '' : 'unique',
    caseExact && type === 'string' ? 'case exact' : '',
  ]
    .filter((text) => text !== '')
    .join(', ')
}
