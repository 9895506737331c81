import { GROUP, USER } from '../../protocol/schemas/resourceTypes.ts'
import { PersonState } from '../people.ts'
import {
  type Attributes,
  type Column,
  found,
  type SqlContext,
  type Target,
  textColumn,
  type Values,
} from './attributes.ts'
import { commonTarget, locationOf } from './commonAttributes.ts'

/** The attributes of a group (RFC 7643 §4.2), of the table `{groups} g`. */
export function groupAttributes(context: SqlContext): Attributes {
  return (path) => found(commonTarget('g', GROUP, path, context) ?? groupTarget(path.attribute, context), path)
}

function groupTarget(attribute: string, context: SqlContext): Target | undefined {
  switch (attribute) {
    case 'displayName':
      return textColumn('g.name', { folded: true, long: true, unique: true, ordered: true })
    case 'members':
      return memberValues(context, 'g.key')
    default:
      return undefined
  }
}

/** The members of the group whose key is given, as rows of `{memberships} m` and `{people} p`. */
export function memberValues(context: SqlContext, group: string): Values {
  return {
    kind: 'values',
    from: '{memberships} m join {people} p on p.workspace_id = :workspace and p.key = m.person_key',
    where: `m.workspace_id = :workspace and m.group_key = ${group}`,
    order: 'm.person_key',
    sub: (name) => memberColumn(name, context),
    index: {
      owner: group,
      holders: (id) => `select m.group_key from {people} p
        join {memberships} m on m.workspace_id = :workspace and m.person_key = p.key
        where p.workspace_id = :workspace and p.id = ${id}`,
    },
  }
}

// Of an unresolved member the value alone is known.
function memberColumn(name: string | undefined, context: SqlContext): Column | undefined {
  const ifResolved = (sql: string) => `case when p.state >= ${PersonState.pending} then ${sql} end`
  switch (name) {
    case 'value':
      return textColumn('p.id')
    case 'display':
      return textColumn(ifResolved(context.dialect.json('p.search', ['shown'], 'text')), FOLDED)
    case 'type':
      return textColumn(ifResolved(`'user'`), FOLDED)
    case '$ref':
      return textColumn(ifResolved(locationOf(USER.endpoint, 'p.id', context)), { nullable: true })
    default:
      return undefined
  }
}

const FOLDED = { folded: true, nullable: true }
