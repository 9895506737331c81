import type { Json } from '../../base/json.ts'
import type { Filter } from '../filter/ast.ts'
import { memberIdsIn } from '../patch/memberIds.ts'
import type { DialectRule } from './rule.ts'

export const addWithMemberFilter: DialectRule<Filter, undefined, Json[]> = {
  name: 'add-with-member-filter',
  description: {
    en: 'An add or replace with path `members[value eq "x"]` adds the member x.',
    de: 'Ein add oder replace mit dem Pfad `members[value eq "x"]` fügt das Mitglied x hinzu.',
  },
  seen: 'OneLogin, unconfirmed',
  read: (filter) => memberIdsIn(filter)?.map((value) => ({ value })),
}
