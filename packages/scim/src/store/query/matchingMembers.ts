import type { Filter } from '../../protocol/filter/ast.ts'
import { statement } from '../statement.ts'
import type { Reader } from '../store.ts'
import { Bindings } from './attributes.ts'
import { condition, inside } from './filter.ts'
import { memberValues } from './groupAttributes.ts'

/** The members of a group that a value filter of a PATCH path picks (RFC 7644 §3.5.2), by key. */
export async function matchingMembers(
  reader: Reader,
  workspace: number,
  group: number,
  filter: Filter,
  baseUrl: string,
): Promise<number[]> {
  const context = new Bindings(reader.dialect, baseUrl)
  const values = memberValues(context, ':group')
  const test = condition(filter, inside(values, { attribute: 'members' }), context)
  const query = statement<{ person_key: number }>(
    `select m.person_key from ${values.from} where ${values.where} and ${test} order by m.person_key`,
  )
  const rows = await reader.all(query, { ...context.parameters, workspace, group })
  return rows.map(({ person_key }) => person_key)
}
