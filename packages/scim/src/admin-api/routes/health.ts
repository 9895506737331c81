import { z } from '@hono/zod-openapi'
import type { Checklist as Checked } from '../../provisioning/health/checklist.ts'
import { route } from '../route.ts'
import { WorkspaceParams } from '../schemas/common.ts'
import { Checklist, Health } from '../schemas/health.ts'
import { Provider } from '../schemas/tokens.ts'
import { withTimes } from '../times.ts'
import { toHealth } from './workspaces.ts'

export const getHealth = route(
  {
    operation: 'getHealth',
    method: 'get',
    path: '/workspaces/{workspace}/health',
    summary: 'Whether provisioning works, and why that is said',
    access: { scope: 'workspaces:read', level: 'workspace' },
    params: WorkspaceParams,
    answer: Health,
  },
  async ({ library, params: { workspace } }) => toHealth(await library.health.ofWorkspace(workspace)),
)

export const getChecklist = route(
  {
    operation: 'getChecklist',
    method: 'get',
    path: '/workspaces/{workspace}/checklist',
    summary: 'How far the set-up of a provider is, by what it really sent',
    whole: 'there is an item for each step of a set-up',
    access: { scope: 'activity:read', level: 'workspace' },
    params: WorkspaceParams,
    query: z.strictObject({ provider: Provider }),
    answer: Checklist,
  },
  async ({ library, params: { workspace }, query: { provider } }) =>
    toChecklist(await library.checklist(workspace, provider)),
)

export function toChecklist({ provider, items }: Checked) {
  return { provider, items: items.map((item) => withTimes(item, 'at')) }
}
