import type { AttributePath } from '../../protocol/filter/ast.ts'
import type { ResourceType } from '../../protocol/schemas/attribute.ts'
import {
  type Column,
  type Composite,
  type SqlContext,
  type Target,
  textColumn,
  type Values,
  within,
} from './attributes.ts'

/** The attributes of every resource (RFC 7643 §3, §3.1), of a table named `alias`; undefined for any other. */
export function commonTarget(
  alias: string,
  type: ResourceType,
  { attribute, sub }: AttributePath,
  context: SqlContext,
): Target | undefined {
  switch (attribute) {
    case 'id':
      return textColumn(`${alias}.id`, { unique: true })
    case 'externalId':
      return textColumn(`${alias}.external_id`, { nullable: true, long: true, unique: type.name === 'Group' })
    case 'meta':
      return within(meta(alias, type, context), sub)
    case 'schemas':
      return schemas(alias, type, context)
    default:
      return undefined
  }
}

function meta(alias: string, type: ResourceType, context: SqlContext): Composite {
  return { kind: 'composite', present: 'true', sub: (name) => metaColumn(name, alias, type, context) }
}

function metaColumn(name: string, alias: string, type: ResourceType, context: SqlContext): Column | undefined {
  switch (name) {
    case 'resourceType':
      return textColumn(`'${type.name}'`)
    case 'created':
      return { kind: 'column', sql: `${alias}.created_at`, type: 'time' }
    case 'lastModified':
      return { kind: 'column', sql: `${alias}.updated_at`, type: 'time' }
    case 'location':
      return textColumn(locationOf(type.endpoint, `${alias}.id`, context))
    case 'version':
      return textColumn(`('W/"' || ${alias}.version || '"')`)
    default:
      return undefined
  }
}

/** The URI of a resource (RFC 7643 §3.1), of the SQL expression of its id. */
export function locationOf(endpoint: ResourceType['endpoint'], id: string, context: SqlContext): string {
  return `(${context.bind(`${context.baseUrl}${endpoint}/`)} || ${id})`
}

// An extension is listed where the resource has attributes of it.
function schemas(alias: string, { schema, extensions }: ResourceType, { dialect }: SqlContext): Values {
  const urns = [schema, ...extensions].map(({ id }) => `select '${id}' as value`)
  const held = extensions.map(
    ({ id }) => `s.value = '${id}' and ${dialect.json(`${alias}.search`, [id], 'text')} is not null`,
  )
  return {
    kind: 'values',
    from: `(${urns.join(' union all ')}) as s`,
    where: `(${[`s.value = '${schema.id}'`, ...held].join(' or ')})`,
    order: 's.value',
    sub: (name) => (name === undefined ? textColumn('s.value') : undefined),
  }
}
