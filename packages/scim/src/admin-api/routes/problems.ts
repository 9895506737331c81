import { PAGE, pageOf, placeOf } from '../page.ts'
import { groupProblems, problemsAfter } from '../problemGroups.ts'
import { route } from '../route.ts'
import { PageQuery, WorkspaceParams } from '../schemas/common.ts'
import { PersonParams } from '../schemas/people.ts'
import { CauseParams, ProblemPage, Problems } from '../schemas/problems.ts'

export const listProblems = route(
  {
    operation: 'listProblems',
    method: 'get',
    path: '/workspaces/{workspace}/problems',
    summary: 'What only a person can put right, by cause',
    whole: 'there is an item for each cause, with a number and a few examples',
    access: { scope: 'activity:read', level: 'workspace' },
    params: WorkspaceParams,
    answer: Problems,
  },
  async ({ library, params: { workspace } }) => ({ items: groupProblems(await library.problems.list(workspace)) }),
)

export const listProblemsOfCause = route(
  {
    operation: 'listProblemsOfCause',
    method: 'get',
    path: '/workspaces/{workspace}/problems/{cause}',
    summary: 'Everything of one cause that only a person can put right, in the order of the ids',
    access: { scope: 'activity:read', level: 'workspace' },
    params: CauseParams,
    query: PageQuery,
    answer: ProblemPage,
  },
  async ({ library, params: { workspace, cause }, query: { after, limit = PAGE } }) => {
    const open = await library.problems.list(workspace)
    const found = problemsAfter(open, cause, placeOf(after, 'text'), limit + 1)
    return pageOf(
      found,
      limit,
      ({ id }) => id,
      (problem) => problem,
    )
  },
)

export const dismissProblem = route(
  {
    operation: 'dismissProblem',
    method: 'post',
    path: '/workspaces/{workspace}/problems/{person}/dismiss',
    summary: 'Put an unknown id aside, until a provider names it anew',
    access: { scope: 'groups:write', level: 'workspace' },
    params: PersonParams,
    status: 204,
  },
  async ({ library, params: { workspace, person }, by }) => {
    await library.problems.dismiss(workspace, person, by)
    return undefined
  },
)
