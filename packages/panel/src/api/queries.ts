import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call, path, type Query } from './client.ts'
import { live } from './live.ts'
import type {
  ActivityDetail,
  ActivityEntry,
  All,
  Checklist,
  Explanation,
  Failures,
  Group,
  GroupHistory,
  Guide,
  Health,
  Hold,
  Me,
  Member,
  Membership,
  Page,
  Person,
  PersonDetail,
  PersonHistory,
  PersonName,
  ProblemGroup,
  Provider,
  RawGroup,
  Setup,
  SetupLink,
  Token,
  Workspace,
  WorkspacePage,
} from './types.ts'

/** Rows of a page: few enough to be drawn at once, whatever the list holds. */
export const PAGE_SIZE = 100

/** Holds of a page: each is a card, and waits for somebody to read it. */
const HOLDS_SIZE = 20

/** A GET of the admin API; its path and query are the key. */
function get<T>(where: string, query?: Query) {
  return queryOptions({
    queryKey: query === undefined ? [where] : [where, query],
    queryFn: ({ signal }) => call<T>('GET', where, { signal, ...(query ? { query } : {}) }),
  })
}

/** A page of something: the one before stays on view until the next is there. */
function page<T>(where: string, query: Query) {
  return { ...get<T>(where, { limit: PAGE_SIZE, ...query }), placeholderData: keepPreviousData }
}

/** A list that belongs to a workspace or to the service, as its path says. */
export const listAt = <Item>(where: string) => get<All<Item>>(where)
export const pageAt = <Item>(where: string, query: Query) => page<Page<Item>>(where, query)

const forGood = { staleTime: Number.POSITIVE_INFINITY }

export const service = {
  me: () => ({ ...get<Me>('/me'), staleTime: 60_000 }),
  workspaces: (query: Query) => ({ ...page<WorkspacePage>('/workspaces', { sort: 'attention', ...query }), ...live }),
  guide: (provider: Provider, language: string) => ({
    ...get<Guide>(path('guides', provider), { language }),
    ...forGood,
  }),
  rehearsals: () => ({ ...get<All<{ readonly name: string }>>('/rehearsals/providers'), ...forGood }),
  setup: () => ({ ...get<Setup>('/setup'), ...live }),
  setupGuide: (language: string) => ({ ...get<Guide>('/setup/guide', { language }), ...forGood }),
  setupChecklist: () => ({ ...get<Checklist>('/setup/checklist'), ...live }),
}

/** What there is to read of one workspace. */
export function of(workspace: string) {
  const at = (...parts: string[]) => path('workspaces', workspace, ...parts)
  return {
    at,
    workspace: () => get<Workspace>(at()),
    health: () => ({ ...get<Health>(at('health')), ...live }),
    failures: () => ({ ...get<Failures>(at('failures')), ...live }),
    problems: () => ({ ...get<All<ProblemGroup>>(at('problems')), ...live }),
    checklist: (provider: Provider) => ({ ...get<Checklist>(at('checklist'), { provider }), ...live }),
    tokens: () => ({ ...get<All<Token>>(at('tokens')), ...live }),
    setupLinks: () => ({ ...get<All<SetupLink>>(at('setup-links')), ...live }),
    groups: (query: Query) => ({ ...page<Page<Group>>(at('groups'), query), ...live }),
    group: (group: string) => ({ ...get<Group>(at('groups', group)), ...live }),
    members: (group: string, query: Query) => ({
      ...page<Page<Member>>(at('groups', group, 'members'), query),
      ...live,
    }),
    groupHistory: (group: string, query: Query) => ({
      ...page<GroupHistory>(at('groups', group, 'history'), query),
      ...live,
    }),
    groupScim: (group: string) => get<RawGroup>(at('groups', group, 'scim')),
    entryPeople: (position: number, query: Query) =>
      page<Page<PersonName>>(at('history', String(position), 'people'), query),
    people: (query: Query) => ({ ...page<Page<Person>>(at('people'), query), ...live }),
    person: (person: string) => ({ ...get<PersonDetail>(at('people', person)), ...live }),
    memberships: (person: string) => ({ ...get<All<Membership>>(at('people', person, 'memberships')), ...live }),
    personHistory: (person: string, query: Query) => ({
      ...page<PersonHistory>(at('people', person, 'history'), query),
      ...live,
    }),
    explain: (person: string, group: string) => ({
      ...get<Explanation>(at('people', person, 'explain'), { group }),
      ...live,
    }),
    activity: (query: Query) => page<Page<ActivityEntry>>(at('activity'), { ...query, limit: 50 }),
    entry: (id: string) => get<ActivityDetail>(at('activity', id)),
    holds: (query: Query) => ({ ...page<Page<Hold>>(at('holds'), { limit: HOLDS_SIZE, ...query }), ...live }),
  }
}
