import type { Named, Route } from '../route.ts'
import * as activity from './activity.ts'
import * as admins from './admins.ts'
import * as audit from './audit.ts'
import * as changes from './changes.ts'
import * as groupHistory from './groupHistory.ts'
import * as groups from './groups.ts'
import * as guides from './guides.ts'
import * as health from './health.ts'
import * as holds from './holds.ts'
import * as keys from './keys.ts'
import * as me from './me.ts'
import * as people from './people.ts'
import * as personAccess from './personAccess.ts'
import * as problems from './problems.ts'
import * as rehearsals from './rehearsals.ts'
import * as setup from './setup.ts'
import * as setupLinks from './setupLinks.ts'
import * as tokens from './tokens.ts'
import * as workspaces from './workspaces.ts'

/** Every resource with its routes, in the order of the documentation. */
const RESOURCES = [
  ['Who asks', me],
  ['Workspaces', workspaces],
  ['Health', health],
  ['Problems', problems],
  ['People', people],
  ['Access of a person', personAccess],
  ['Groups', groups],
  ['History of a group', groupHistory],
  ['Changes', changes],
  ['Tokens', tokens],
  ['Setup links', setupLinks],
  ['Set-up by a link', setup],
  ['Activity', activity],
  ['Holds', holds],
  ['API keys', keys],
  ['Admins', admins],
  ['Audit trail', audit],
  ['Rehearsals', rehearsals],
  ['Guides', guides],
] as const

type OperationOf<File> = {
  [Name in keyof File]: File[Name] extends Named<infer Operation> ? Operation : never
}[keyof File]
type Files = (typeof RESOURCES)[number][1]

/** What can be asked for, and what the audit trail calls it. */
export type Operation = Files extends infer File ? (File extends object ? OperationOf<File> : never) : never

export const ROUTES: readonly (Route & { readonly tag: string })[] = RESOURCES.flatMap(([tag, file]) =>
  Object.values<unknown>(file)
    .filter(isRoute)
    .map((route) => ({ ...route, tag })),
)

function isRoute(exported: unknown): exported is Route {
  return typeof exported === 'object' && exported !== null && 'operation' in exported
}
