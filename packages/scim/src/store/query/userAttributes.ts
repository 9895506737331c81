import type { AttributePath } from '../../protocol/filter/ast.ts'
import type { Attribute } from '../../protocol/schemas/attribute.ts'
import { findAttribute } from '../../protocol/schemas/names.ts'
import { GROUP, USER } from '../../protocol/schemas/resourceTypes.ts'
import { AddressKind } from '../people.ts'
import {
  type Attributes,
  type Column,
  type Composite,
  found,
  type SqlContext,
  type Target,
  textColumn,
  type Values,
  type ValuesIndex,
  within,
} from './attributes.ts'
import { commonTarget, locationOf } from './commonAttributes.ts'

/** The attributes of a user (RFC 7643 §4.1, §4.3), of the table `{people} p`: columns where there are, else the document. */
export function userAttributes(context: SqlContext): Attributes {
  return (path) => {
    const column = path.schema === undefined ? userTarget(path, context) : undefined
    return found(column ?? documentTarget(path, context), path)
  }
}

function userTarget(path: AttributePath, context: SqlContext): Target | undefined {
  switch (path.attribute) {
    case 'userName':
      return textColumn('p.name', { folded: true, long: true, unique: true, ordered: true })
    case 'active':
      return { kind: 'column', sql: '(1 - p.suspended)', type: 'boolean' }
    case 'groups':
      return groupValues(context)
    default:
      return commonTarget('p', USER, path, context)
  }
}

const DOCUMENT = 'p.search'

function documentTarget({ schema, attribute: name, sub }: AttributePath, context: SqlContext): Target | undefined {
  const attribute = findAttribute(USER, schema === undefined ? { attribute: name } : { schema, attribute: name })
  if (attribute === undefined) return undefined
  const keys = schema === undefined ? [attribute.name] : [schema, attribute.name]
  if (attribute.multiValued) return documentValues(attribute, keys, context)
  if (attribute.type !== 'complex') return documentColumn(DOCUMENT, keys, attribute, context)
  return within(documentComposite(attribute, keys, context), sub)
}

function documentColumn(
  document: string,
  keys: readonly string[],
  { type, caseExact }: Attribute,
  { dialect }: SqlContext,
): Column {
  const kind = type === 'boolean' ? 'boolean' : type === 'integer' || type === 'decimal' ? 'number' : 'text'
  const folded = kind === 'text' && type !== 'dateTime' && !caseExact
  return { kind: 'column', sql: `(${dialect.json(document, keys, kind)})`, type: kind, folded, nullable: true }
}

function documentComposite(attribute: Attribute, keys: readonly string[], context: SqlContext): Composite {
  return {
    kind: 'composite',
    present: `${context.dialect.json(DOCUMENT, keys, 'text')} is not null`,
    sub: (name) => {
      const sub = attribute.subAttributes?.find((candidate) => candidate.name === name)
      return sub && documentColumn(DOCUMENT, [...keys, sub.name], sub, context)
    },
  }
}

function documentValues(attribute: Attribute, keys: readonly string[], context: SqlContext): Values {
  const subOf = (name: string) => {
    const sub = attribute.subAttributes?.find((candidate) => candidate.name === name)
    return sub && documentColumn('e.value', [sub.name], sub, context)
  }
  const primary = subOf('primary')
  return {
    kind: 'values',
    from: context.dialect.jsonElements(DOCUMENT, keys, 'e'),
    order: primary === undefined ? 'e.key' : `coalesce(${primary.sql}, 0) desc, e.key`,
    sub: (name) => (name === undefined ? undefined : subOf(name)),
    ...(attribute.name === 'emails' ? { index: addressIndex(context) } : {}),
  }
}

function addressIndex({ dialect }: SqlContext): ValuesIndex {
  return {
    owner: 'p.key',
    holders: (address) => `select a.person_key from {person_addresses} a
      where a.workspace_id = :workspace and a.kind = ${AddressKind.view} and ${dialect.same('a.address', address)}`,
  }
}

function groupValues(context: SqlContext): Values {
  return {
    kind: 'values',
    from: '{memberships} m join {groups} g on g.workspace_id = :workspace and g.key = m.group_key',
    where: 'm.workspace_id = :workspace and m.person_key = p.key',
    order: 'm.group_key',
    sub: (name) => groupColumn(name, context),
    index: {
      owner: 'p.key',
      holders: (id) => `select m.person_key from {groups} g
        join {memberships} m on m.workspace_id = :workspace and m.group_key = g.key
        where g.workspace_id = :workspace and g.id = ${id}`,
    },
  }
}

function groupColumn(name: string | undefined, context: SqlContext): Column | undefined {
  switch (name) {
    case 'value':
      return textColumn('g.id')
    case 'display':
      return textColumn('g.name', { folded: true, long: true })
    case 'type':
      return textColumn(`'direct'`, { folded: true })
    case '$ref':
      return textColumn(locationOf(GROUP.endpoint, 'g.id', context))
    default:
      return undefined
  }
}
