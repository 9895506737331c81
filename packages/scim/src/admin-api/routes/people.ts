import { LARGE_BODY } from '../body.ts'
import { given } from '../given.ts'
import { PAGE, pageOf, placeOf } from '../page.ts'
import { toDetail, toPerson, toReconciliation, toUpserted } from '../people.ts'
import { AdminRefused } from '../refusals.ts'
import { route } from '../route.ts'
import { WorkspaceParams } from '../schemas/common.ts'
import {
  BULK,
  BulkPeople,
  HostPerson,
  PeopleQuery,
  PersonChanges,
  PersonDetail,
  PersonPage,
  PersonParams,
  RECONCILED,
  ReconcilePeople,
  Reconciliation,
  Upserted,
} from '../schemas/people.ts'

export const listPeople = route(
  {
    operation: 'listPeople',
    method: 'get',
    path: '/workspaces/{workspace}/people',
    summary: 'People in the order of their ids',
    access: { scope: 'people:read', level: 'workspace' },
    params: WorkspaceParams,
    query: PeopleQuery,
    answer: PersonPage,
  },
  async ({ library, params: { workspace }, query: { after, limit = PAGE, search, state } }) => {
    const place = placeOf(after, 'text')
    const people = await library.people.list(workspace, {
      limit: limit + 1,
      ...(place !== undefined && { after: place }),
      ...(search !== undefined && { search }),
      ...(state !== undefined && { state }),
    })
    return pageOf(people, limit, ({ id }) => id, toPerson)
  },
)

export const putPerson = route(
  {
    operation: 'putPerson',
    method: 'post',
    path: '/workspaces/{workspace}/people',
    summary: 'Add or update one account, by its id, or by its userName where it has none',
    access: { scope: 'people:write', level: 'workspace' },
    params: WorkspaceParams,
    body: HostPerson,
    answer: Upserted,
  },
  async ({ library, params: { workspace }, body, by, note }) => {
    const upserted = toUpserted(await library.people.upsert(workspace, [body], { by }))
    note({ target: { person: upserted.ids.join() } })
    return upserted
  },
)

export const putPeople = route(
  {
    operation: 'putPeople',
    method: 'post',
    path: '/workspaces/{workspace}/people/bulk',
    summary: 'Add and update up to 10,000 accounts',
    access: { scope: 'people:write', level: 'workspace' },
    params: WorkspaceParams,
    body: BulkPeople,
    rows: { field: 'people', item: HostPerson, most: BULK },
    bodyBytes: LARGE_BODY,
    answer: Upserted,
  },
  async ({ library, params: { workspace }, body: { people, atomic = false }, by, note }) => {
    const upserted = toUpserted(await library.people.upsert(workspace, people, { atomic, by }))
    const { added, changed, unchanged } = upserted
    note({ details: { added, changed, unchanged } })
    return upserted
  },
)

export const reconcilePeople = route(
  {
    operation: 'reconcilePeople',
    method: 'post',
    path: '/workspaces/{workspace}/people/reconcile',
    summary: 'Make the accounts those that are given: first the preview, then, with its key, the change',
    access: { scope: 'people:write', level: 'workspace' },
    params: WorkspaceParams,
    body: ReconcilePeople,
    rows: { field: 'people', item: HostPerson, most: RECONCILED },
    bodyBytes: LARGE_BODY,
    answer: Reconciliation,
  },
  async ({ library, params: { workspace }, body: { people, confirm }, by, note }) => {
    const reconciled = await library.people.reconcile(workspace, people, {
      by,
      ...(confirm !== undefined && { confirm }),
    })
    const { add, change, remove, done } = reconciled
    note({ details: { done, added: add.length, changed: change.length, removed: remove.length } })
    return toReconciliation(reconciled)
  },
)

export const getPerson = route(
  {
    operation: 'getPerson',
    method: 'get',
    path: '/workspaces/{workspace}/people/{person}',
    summary: 'A person, by id, former id or userName',
    access: { scope: 'people:read', level: 'workspace' },
    params: PersonParams,
    answer: PersonDetail,
  },
  async ({ library, params: { workspace, person } }) => {
    const found = await library.people.find(workspace, person)
    if (!found) throw new AdminRefused('person_unknown', { person })
    return toDetail(found)
  },
)

export const changePerson = route(
  {
    operation: 'changePerson',
    method: 'patch',
    path: '/workspaces/{workspace}/people/{person}',
    summary: 'Change an account; what is left out stays',
    access: { scope: 'people:write', level: 'workspace' },
    params: PersonParams,
    body: PersonChanges,
    answer: PersonDetail,
  },
  async ({ library, params: { workspace, person }, body, by }) => {
    const found = await library.people.find(workspace, person)
    if (!found || found.id !== person) throw new AdminRefused('person_unknown', { person })
    if (!found.account) throw new AdminRefused('person_pending', { person })
    await library.people.upsert(workspace, [{ id: found.id, ...found.account, ...given(body) }], { by })
    const changed = await library.people.find(workspace, person)
    if (!changed) throw new AdminRefused('person_unknown', { person })
    return toDetail(changed)
  },
)

export const removePerson = route(
  {
    operation: 'removePerson',
    method: 'delete',
    path: '/workspaces/{workspace}/people/{person}',
    summary: 'Remove a person by id; memberships stay, unresolved, until the provider takes them out',
    access: { scope: 'people:write', level: 'workspace' },
    params: PersonParams,
    status: 204,
  },
  async ({ library, params: { workspace, person }, by }) => {
    const removed = await library.people.remove(workspace, [person], by)
    if (removed.length === 0) throw new AdminRefused('person_unknown', { person })
    return undefined
  },
)
