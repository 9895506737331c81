import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call, path, type Query } from './client.ts'
import { live } from './live.ts'
import type {
  ActivityDetail,
  ActivityEntry,
  Admin,
  ApiKey,
  AuditEntry,
  Checklist,
  Explained,
  Group,
  Guide,
  Health,
  HistoryEntry,
  Hold,
  Json,
  Me,
  Member,
  Membership,
  Page,
  Person,
  PersonDetail,
  ProblemGroup,
  Provider,
  SetupLink,
  SetupView,
  Token,
  Workspace,
} from './types.ts'

export const PAGE_SIZE = 100

/** A GET of the admin API; its path and query are the key. */
function get<T>(where: string, query?: Query) {
  return queryOptions({
    queryKey: query === undefined ? [where] : [where, query],
    queryFn: ({ signal }) => call<T>('GET', where, { signal, ...(query ? { query } : {}) }),
  })
}

/** A page of something: the one before stays on view until the next is there. */
function page<Item>(where: string, query: Query) {
  return { ...get<Page<Item>>(where, { limit: PAGE_SIZE, ...query }), placeholderData: keepPreviousData }
}

export const service = {
  me: () => ({ ...get<Me>('/me'), staleTime: 60_000 }),
  workspaces: (query: Query) => page<Workspace>('/workspaces', { health: true, ...query }),
  keys: () => get<Page<ApiKey>>('/keys'),
  admins: () => get<Page<Admin>>('/admins'),
  audit: (query: Query) => page<AuditEntry>('/audit', query),
  guide: (provider: Provider, language: string) => ({
    ...get<Guide>(path('guides', provider), { language }),
    staleTime: Number.POSITIVE_INFINITY,
  }),
  setup: () => ({ ...get<SetupView>('/setup'), ...live }),
  setupGuide: (language: string) => get<Guide>('/setup/guide', { language }),
  setupChecklist: () => ({ ...get<Checklist>('/setup/checklist'), ...live }),
}

/** What there is to read of one workspace. */
export function of(workspace: string) {
  const at = (...parts: string[]) => path('workspaces', workspace, ...parts)
  return {
    at,
    workspace: () => get<Workspace>(at()),
    health: () => ({ ...get<Health>(at('health')), ...live }),
    problems: () => ({ ...get<{ items: readonly ProblemGroup[] }>(at('problems')), ...live }),
    checklist: (provider: Provider) => ({ ...get<Checklist>(at('checklist'), { provider }), ...live }),
    tokens: () => ({ ...get<Page<Token>>(at('tokens')), ...live }),
    setupLinks: () => ({ ...get<Page<SetupLink>>(at('setup-links')), ...live }),
    groups: (query: Query) => ({ ...page<Group>(at('groups'), query), ...live }),
    group: (group: string) => ({ ...get<Group>(at('groups', group)), ...live }),
    members: (group: string, query: Query) => ({ ...page<Member>(at('groups', group, 'members'), query), ...live }),
    groupHistory: (group: string, query: Query) => page<HistoryEntry>(at('groups', group, 'history'), query),
    groupScim: (group: string) => get<Json>(at('groups', group, 'scim')),
    entryPeople: (position: number, query: Query) =>
      page<{ id: string; displayName: string | null }>(at('history', String(position), 'people'), query),
    people: (query: Query) => ({ ...page<Person>(at('people'), query), ...live }),
    person: (person: string) => ({ ...get<PersonDetail>(at('people', person)), ...live }),
    memberships: (person: string) => ({ ...get<Page<Membership>>(at('people', person, 'memberships')), ...live }),
    personHistory: (person: string, query: Query) => page<HistoryEntry>(at('people', person, 'history'), query),
    explain: (person: string, group: string) => get<Explained>(at('people', person, 'explain'), { group }),
    activity: (query: Query) => page<ActivityEntry>(at('activity'), { ...query, limit: 50 }),
    entry: (id: string) => get<ActivityDetail>(at('activity', id)),
    holds: () => ({ ...get<Page<Hold>>(at('holds')), ...live }),
    keys: () => get<Page<ApiKey>>(at('keys')),
    admins: () => get<Page<Admin>>(at('admins')),
    audit: (query: Query) => page<AuditEntry>(at('audit'), query),
  }
}
