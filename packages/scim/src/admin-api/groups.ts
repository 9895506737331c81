import type { Group } from '../library/groups.ts'
import { withTimes } from './times.ts'

export function toGroup(group: Group) {
  return withTimes(group, 'createdAt', 'updatedAt')
}
