import { route } from '../route.ts'
import { ChangeFeed, ChangesQuery } from '../schemas/changes.ts'
import { WorkspaceParams } from '../schemas/common.ts'
import { timeText } from '../times.ts'

export const readChanges = route(
  {
    operation: 'readChanges',
    method: 'get',
    path: '/workspaces/{workspace}/changes',
    summary: 'What happened, in the order of commits: the feed that a host keeps itself in step by',
    access: { scope: 'changes:read', level: 'workspace' },
    params: WorkspaceParams,
    query: ChangesQuery,
    answer: ChangeFeed,
  },
  async ({ library, params: { workspace }, query: { after, limit } }) => {
    if (after === 'end') return { changes: [], position: await library.changes.end(workspace), more: false }
    const feed = await library.changes.read(workspace, { after, ...(limit !== undefined && { limit }) })
    const changes = feed.changes.map((change) => ({
      ...change,
      at: timeText(change.at),
      details: change.details === null ? null : { ...change.details },
      memberships: [...change.memberships],
    }))
    return { changes, position: feed.position, more: feed.more }
  },
)
