import { z } from '@hono/zod-openapi'
import { GERMAN_PROBLEMS } from '../../base/problems.de.ts'
import { PROBLEMS } from '../../base/problems.ts'
import { PROBLEMS_IN_SHORT } from '../../base/problemsInShort.ts'
import type { Checklist as Checked } from '../../provisioning/health/checklist.ts'
import type { OpenFailure } from '../../provisioning/health/failures.ts'
import { route } from '../route.ts'
import { WorkspaceParams } from '../schemas/common.ts'
import { Checklist, Failures, Health } from '../schemas/health.ts'
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

export const listFailures = route(
  {
    operation: 'listFailures',
    method: 'get',
    path: '/workspaces/{workspace}/failures',
    summary: 'What failed in the last 24 hours and has not been put right, by its reason',
    whole: 'a line for each reason, of which there are few',
    access: { scope: 'activity:read', level: 'workspace' },
    params: WorkspaceParams,
    answer: Failures,
  },
  async ({ library, params: { workspace } }) => {
    const { failures, more } = await library.health.failures(workspace)
    return { items: failures.map(toFailure), more }
  },
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

function toFailure(failure: OpenFailure) {
  const { problem } = failure
  const { en, de } = PROBLEMS_IN_SHORT[problem]
  return {
    ...withTimes(failure, 'first', 'last'),
    title: { en: en.charAt(0).toUpperCase() + en.slice(1), de },
    cause: { en: PROBLEMS[problem].cause, de: GERMAN_PROBLEMS[problem].cause },
    fix: { en: PROBLEMS[problem].fix, de: GERMAN_PROBLEMS[problem].fix },
  }
}

export function toChecklist({ provider, items }: Checked) {
  return { provider, items: items.map((item) => withTimes(item, 'at')) }
}
