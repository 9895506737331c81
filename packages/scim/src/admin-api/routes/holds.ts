import { AdminRefused } from '../refusals.ts'
import { type Call, route } from '../route.ts'
import { WorkspaceParams } from '../schemas/common.ts'
import { Hold as HoldAnswer, HoldParams, Holds as HoldsAnswer } from '../schemas/holds.ts'
import type { Hold, Holds } from '../surface.ts'
import { withTimes } from '../times.ts'

export const listHolds = route(
  {
    operation: 'listHolds',
    method: 'get',
    path: '/workspaces/{workspace}/holds',
    summary: 'Removals of many members that the guard holds, the newest first',
    access: { scope: 'groups:read', level: 'workspace' },
    params: WorkspaceParams,
    answer: HoldsAnswer,
  },
  async (call) => ({ items: (await holdsOf(call).list(call.params.workspace)).map(toHold) }),
)

export const letThroughHold = route(
  {
    operation: 'letThroughHold',
    method: 'post',
    path: '/workspaces/{workspace}/holds/{hold}/let-through',
    summary: 'Admit the losses that a hold shows, for 24 hours; the provider has to send them again',
    access: { scope: 'groups:write', level: 'workspace' },
    params: HoldParams,
    answer: HoldAnswer,
  },
  async (call) => toHold(await holdsOf(call).letThrough(call.params.workspace, call.params.hold, call.by)),
)

export const turnAwayHold = route(
  {
    operation: 'turnAwayHold',
    method: 'post',
    path: '/workspaces/{workspace}/holds/{hold}/turn-away',
    summary: 'Refuse what a hold holds, and what equals it',
    access: { scope: 'groups:write', level: 'workspace' },
    params: HoldParams,
    answer: HoldAnswer,
  },
  async (call) => toHold(await holdsOf(call).turnAway(call.params.workspace, call.params.hold, call.by)),
)

function holdsOf({ library }: Pick<Call, 'library'>): Holds {
  if (!library.holds) throw new AdminRefused('not_installed', { what: 'guard' })
  return library.holds
}

function toHold(hold: Hold) {
  return withTimes(hold, 'createdAt', 'lastAt', 'decidedAt', 'until')
}
