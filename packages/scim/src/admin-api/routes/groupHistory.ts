import { toEntry, toSubject } from '../history.ts'
import { PAGE, placeOf, toNext } from '../page.ts'
import { route } from '../route.ts'
import { PageQuery } from '../schemas/common.ts'
import { GroupParams, MembersAt, Restored, RestoreMoment, RestoreOrder, RestorePreview } from '../schemas/groups.ts'
import { GroupHistory, PersonNamePage, PositionParams } from '../schemas/history.ts'
import { AtQuery } from '../schemas/people.ts'
import { milliseconds } from '../times.ts'

/** People of each kind that a preview names. */
const PREVIEWED = 100

export const getGroupHistory = route(
  {
    operation: 'getGroupHistory',
    method: 'get',
    path: '/workspaces/{workspace}/groups/{group}/history',
    summary: 'What happened to a group, the newest first; also of a group that is gone',
    access: { scope: 'groups:read', level: 'workspace' },
    params: GroupParams,
    query: PageQuery,
    answer: GroupHistory,
  },
  async ({ library, params: { workspace, group: name }, query: { after, limit = PAGE } }) => {
    const page = await library.history.ofGroup(workspace, name, { after: placeOf(after, 'number'), limit })
    const incarnations = page.incarnations.map((other) => ({
      ...toSubject(other),
      sameName: other.sameName,
      sameExternalId: other.sameExternalId,
    }))
    return { group: toSubject(page.group), incarnations, items: page.entries.map(toEntry), next: toNext(page.next) }
  },
)

export const listPeopleOfChange = route(
  {
    operation: 'listPeopleOfChange',
    method: 'get',
    path: '/workspaces/{workspace}/history/{position}/people',
    summary: 'Everybody whom an entry of history is about',
    access: { scope: 'groups:read', level: 'workspace' },
    params: PositionParams,
    query: PageQuery,
    answer: PersonNamePage,
  },
  async ({ library, params: { workspace, position }, query: { after, limit = PAGE } }) => {
    const { people, next } = await library.history.people(workspace, position, {
      after: placeOf(after, 'number'),
      limit,
    })
    return { items: [...people], next: toNext(next) }
  },
)

export const getMembersAt = route(
  {
    operation: 'getMembersAt',
    method: 'get',
    path: '/workspaces/{workspace}/groups/{group}/members-at',
    summary: 'The members of a group at an earlier moment',
    access: { scope: 'groups:read', level: 'workspace' },
    params: GroupParams,
    query: AtQuery,
    answer: MembersAt,
  },
  async ({ library, params: { workspace, group: name }, query: { at, after, limit = PAGE } }) => {
    const start = placeOf(after, 'number') ?? 0
    const { group, count, page } = await library.history.membersAt(workspace, name, milliseconds(at))
    const end = start + limit
    return {
      group: toSubject(group),
      count,
      items: [...(await page(start, limit))],
      next: end < count ? toNext(end) : null,
    }
  },
)

export const previewRestore = route(
  {
    operation: 'previewRestore',
    method: 'post',
    path: '/workspaces/{workspace}/groups/{group}/restore/preview',
    summary: 'What bringing back the members of a moment would do',
    access: { scope: 'groups:write', level: 'workspace' },
    params: GroupParams,
    body: RestoreMoment,
    answer: RestorePreview,
  },
  async ({ library, params: { workspace, group: name }, body: { at } }) => {
    const preview = await library.history.previewRestore(workspace, name, milliseconds(at), { limit: PREVIEWED })
    const { version, added, removed, missing, pushedBy, key } = preview
    const part = ({ count, people }: typeof added) => ({ count, people: [...people] })
    return {
      ...{ group: toSubject(preview.group), version, pushedBy, key },
      ...{ added: part(added), removed: part(removed), missing: part(missing) },
    }
  },
)

export const restoreGroup = route(
  {
    operation: 'restoreGroup',
    method: 'post',
    path: '/workspaces/{workspace}/groups/{group}/restore',
    summary: 'Bring back the members of a moment as one delta, as its preview said',
    access: { scope: 'groups:write', level: 'workspace' },
    params: GroupParams,
    body: RestoreOrder,
    answer: Restored,
  },
  async ({ library, params: { workspace, group }, body: { at, confirm }, by, note }) => {
    const restored = await library.history.restore(workspace, group, milliseconds(at), { confirm, admin: by.admin })
    note({ details: { at, added: restored.added, removed: restored.removed } })
    return restored
  },
)
