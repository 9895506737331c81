import { toActivity, toDetail } from '../activity.ts'
import { given } from '../given.ts'
import { PAGE, placeOf, toNext } from '../page.ts'
import { AdminRefused } from '../refusals.ts'
import { route } from '../route.ts'
import { ActivityDetail, ActivityPage, ActivityParams, ActivityQuery } from '../schemas/activity.ts'
import { WorkspaceParams } from '../schemas/common.ts'
import { milliseconds } from '../times.ts'

export const listActivity = route(
  {
    operation: 'listActivity',
    method: 'get',
    path: '/workspaces/{workspace}/activity',
    summary:
      'What providers asked and what they were answered, the newest first; or, `since` an entry, what came after',
    access: { scope: 'activity:read', level: 'workspace' },
    params: WorkspaceParams,
    query: ActivityQuery,
    answer: ActivityPage,
  },
  async ({ library, params: { workspace }, query: { after, since, limit = PAGE, from, to, ...filter } }) => {
    const place = placeOf(after, 'text')
    const query = {
      ...given(filter),
      ...(from !== undefined && { from: milliseconds(from) }),
      ...(to !== undefined && { to: milliseconds(to) }),
      limit,
    }
    const page =
      since === undefined
        ? await library.activity.page(workspace, { ...query, ...(place !== undefined && { before: place }) })
        : { entries: await library.activity.after(workspace, { ...query, after: since }), next: undefined }
    return { items: await toActivity(library, workspace, page.entries), next: toNext(page.next) }
  },
)

export const getActivity = route(
  {
    operation: 'getActivity',
    method: 'get',
    path: '/workspaces/{workspace}/activity/{activity}',
    summary: 'A request with all that is kept of it, by the reference that an error names',
    access: { scope: 'activity:read', level: 'workspace' },
    params: ActivityParams,
    answer: ActivityDetail,
  },
  async ({ library, params: { workspace, activity: id } }) => {
    const entry = await library.activity.find(workspace, id)
    if (!entry) throw new AdminRefused('activity_unknown', { id })
    return toDetail(library, workspace, entry)
  },
)
