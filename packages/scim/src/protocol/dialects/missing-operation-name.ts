import { isObject, type JsonObject } from '../../base/json.ts'
import type { ResourceType } from '../schemas/attribute.ts'
import { canonicalPath, findAttribute } from '../schemas/names.ts'
import type { DialectRule } from './rule.ts'

export const missingOperationName: DialectRule<JsonObject, ResourceType> = {
  name: 'missing-operation-name',
  description: {
    en:
      'An operation without `op` reads as `replace` where add and replace are the same: on single-valued attributes. ' +
      'On multi-valued ones, such as `members`, it is refused.',
    de:
      'Eine Operation ohne `op` gilt als `replace`, wo add und replace dasselbe sind: bei Attributen mit einem ' +
      'Wert. Bei solchen mit mehreren, etwa `members`, wird sie abgelehnt.',
  },
  seen: 'better-auth',
  read: (operation, type) => {
    if ((operation.op ?? null) !== null || operation.value === undefined) return undefined
    const names = namesIn(operation)
    if (names === undefined || names.some((name) => !isSingleValued(name, type))) return undefined
    return { ...operation, op: 'replace' }
  },
}

function namesIn({ path, value }: JsonObject): readonly string[] | undefined {
  if (typeof path === 'string') return [path]
  return isObject(value) ? Object.keys(value) : undefined
}

// A name that is not known is passed over later, or refused as a path: both are the same for add and replace.
function isSingleValued(name: string, type: ResourceType): boolean {
  const path = canonicalPath(type, name.replace(/^\//, '').replace(/\[.*/s, ''))
  if (path === undefined) return true
  const { sub: _, ...whole } = path
  return findAttribute(type, whole)?.multiValued === false
}
