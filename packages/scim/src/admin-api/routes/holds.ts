import type { Hold } from '../../library/holds.ts'
import { whatToPress } from '../../provisioning/guard/press.ts'
import { PAGE, pageOf, placeOf } from '../page.ts'
import { route } from '../route.ts'
import { WorkspaceParams } from '../schemas/common.ts'
import { Hold as HoldAnswer, HoldParams, Holds, HoldsQuery } from '../schemas/holds.ts'
import { timeText, withTimes } from '../times.ts'

export const listHolds = route(
  {
    operation: 'listHolds',
    method: 'get',
    path: '/workspaces/{workspace}/holds',
    summary: 'Removals of many members that the guard holds, the newest first',
    access: { scope: 'groups:read', level: 'workspace' },
    params: WorkspaceParams,
    query: HoldsQuery,
    answer: Holds,
  },
  async ({ library, params: { workspace }, query: { after, limit = PAGE, state } }) => {
    const holds = await library.holds.list(workspace, {
      before: placeOf(after, 'text'),
      limit: limit + 1,
      state: state && 'open',
    })
    return pageOf(holds, limit, ({ id }) => id, toHold)
  },
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
  async ({ library, params, by }) => toHold((await library.holds.letThrough(params.workspace, params.hold, by)).hold),
)

export const turnAwayHold = route(
  {
    operation: 'turnAwayHold',
    method: 'post',
    path: '/workspaces/{workspace}/holds/{hold}/turn-away',
    summary: 'Refuse what a hold holds, and what equals it, until it is let through or its group is gone',
    access: { scope: 'groups:write', level: 'workspace' },
    params: HoldParams,
    answer: HoldAnswer,
  },
  async ({ library, params, by }) => toHold(await library.holds.turnAway(params.workspace, params.hold, by)),
)

function toHold(hold: Hold) {
  const { state, kinds, count, firstAt, admits, group, provider, ...rest } = hold
  return {
    ...withTimes(rest, 'lastAt', 'decidedAt'),
    ...{ group, provider, kinds: [...kinds], requests: count, createdAt: timeText(firstAt) },
    state: state === 'open' ? ('held' as const) : state,
    admits: admits?.losses ?? null,
    until: timeText(admits?.until),
    advice: whatToPress({ group_name: group.displayName, provider }),
  }
}
