import { toEntry, toExplanation } from '../history.ts'
import { PAGE, placeOf, toNext } from '../page.ts'
import { AdminRefused } from '../refusals.ts'
import { route } from '../route.ts'
import { PageQuery } from '../schemas/common.ts'
import { Explanation, PersonHistory } from '../schemas/history.ts'
import { EffectiveGroups, Erased, ExplainQuery, Memberships, PersonParams } from '../schemas/people.ts'
import type { AdminLibrary } from '../surface.ts'

export const listMemberships = route(
  {
    operation: 'listMemberships',
    method: 'get',
    path: '/workspaces/{workspace}/people/{person}/memberships',
    summary: 'All memberships of a person, each with its state',
    whole:
      'whether somebody has access is seen from all of them; there are as many as groups of the workspace that name the person',
    access: { scope: 'people:read', level: 'workspace' },
    params: PersonParams,
    answer: Memberships,
  },
  async ({ library, params: { workspace, person } }) => {
    const items = await library.people.memberships(workspace, person)
    if (items.length === 0) await existing(library, workspace, person)
    return { items }
  },
)

export const listEffectiveGroups = route(
  {
    operation: 'listEffectiveGroups',
    method: 'get',
    path: '/workspaces/{workspace}/people/{person}/effective',
    summary: 'The groups that a person is effectively in, by id or former id',
    whole:
      'what somebody may do follows from all of them; there are as many as groups of the workspace that name the person',
    access: { scope: 'people:read', level: 'workspace' },
    params: PersonParams,
    answer: EffectiveGroups,
  },
  async ({ library, params: { workspace, person } }) => {
    const items = await library.groups.ofPerson(workspace, person)
    if (items.length === 0) await existing(library, workspace, person)
    return { items: items.map(({ id, displayName, externalId }) => ({ id, displayName, externalId })) }
  },
)

export const getPersonHistory = route(
  {
    operation: 'getPersonHistory',
    method: 'get',
    path: '/workspaces/{workspace}/people/{person}/history',
    summary: 'What happened to a person, the newest first',
    access: { scope: 'people:read', level: 'workspace' },
    params: PersonParams,
    query: PageQuery,
    answer: PersonHistory,
  },
  async ({ library, params: { workspace, person: name }, query: { after, limit = PAGE } }) => {
    const page = await library.history.ofPerson(workspace, name, { after: placeOf(after, 'number'), limit })
    return { person: page.person, items: page.entries.map(toEntry), next: toNext(page.next) }
  },
)

export const explainPerson = route(
  {
    operation: 'explainPerson',
    method: 'get',
    path: '/workspaces/{workspace}/people/{person}/explain',
    summary: 'Why a person has access by a group, or has not',
    access: { scope: 'people:read', level: 'workspace' },
    params: PersonParams,
    query: ExplainQuery,
    answer: Explanation,
  },
  async ({ library, params: { workspace, person }, query: { group } }) =>
    toExplanation(await library.history.explain(workspace, person, group)),
)

export const erasePerson = route(
  {
    operation: 'erasePerson',
    method: 'post',
    path: '/workspaces/{workspace}/people/{person}/erase',
    summary: "Replace a person's names everywhere, and take the person out of all groups",
    access: { scope: 'people:write', level: 'workspace' },
    params: PersonParams,
    answer: Erased,
  },
  async ({ library, params: { workspace, person }, by, note }) => {
    const erased = await library.history.erase(workspace, person, { by: by.admin })
    if (erased.id !== null) note({ target: { person: erased.id } })
    return erased
  },
)

/** Nobody is in no group: whoever asks for an id that is mistyped has to hear of it. */
async function existing({ people }: AdminLibrary, workspace: string, person: string): Promise<void> {
  if (!(await people.find(workspace, person))) throw new AdminRefused('person_unknown', { person })
}
