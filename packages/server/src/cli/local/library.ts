import type { ActivityEntry, Scim } from '@optimaite/scim'
import type { Config } from '../../config.ts'
import { isScratch } from '../../rehearse/scratch.ts'
import type { Library, ListedEntry } from '../library.ts'
import { allPages, firstOf, PAGE } from '../pages.ts'
import { LocalAdmins } from './admins.ts'
import { localHistory } from './history.ts'
import { type Recorded, recordedIn } from './recorded.ts'
import { writesOf } from './writes.ts'

/** The library of a store, on which whoever types writes. */
export async function withLocalLibrary<T>(scim: Scim, config: Config, use: (library: Library) => Promise<T>) {
  const recorded = recordedIn(scim)
  const admins = new LocalAdmins(scim, config, recorded)
  try {
    return await use(libraryOf(scim, config, recorded, admins))
  } finally {
    await admins.close()
  }
}

function libraryOf(scim: Scim, config: Config, recorded: Recorded, admins: LocalAdmins): Library {
  const { workspaces, people, groups, problems, tokens, setupLinks, holds, apiKeys, activity } = scim
  const writes = writesOf(scim, config, recorded)
  return {
    workspaces: {
      ...writes.workspaces,
      list: async () => (await workspaces.list()).filter(({ slug }) => !isScratch(slug)),
      find: async (slug) => {
        const workspace = await workspaces.find(slug)
        return workspace && { workspace, baseUrl: scim.baseUrl }
      },
    },
    people: {
      ...writes.people,
      list: async (slug, query) => {
        const found = await allPages((after) => people.list(slug, { ...query, ...after, limit: PAGE }))
        return found.map(({ record: _, ...person }) => person)
      },
      find: (slug, reference) => people.find(slug, reference),
    },
    groups: {
      ...writes.groups,
      list: (slug) => allPages((after) => groups.list(slug, { order: 'name', ...after, limit: PAGE })),
      find: (slug, reference) => groups.find(slug, reference),
      members: async (slug, id, most) => {
        const page = async (after: number | undefined, limit: number) => {
          const query = { limit, ...(after !== undefined && { after }) }
          const { members, next } = await groups.membersWithStates(slug, id, query)
          return { items: members, next }
        }
        return (await firstOf(most, page)).items
      },
    },
    history: localHistory(scim, recorded),
    health: {
      list: async () => {
        const page = async (after: string | undefined, limit: number) => {
          const { integrations, next } = await scim.health.list({ limit, ...(after !== undefined && { after }) })
          return { items: integrations, next }
        }
        const { items } = await firstOf(Number.POSITIVE_INFINITY, page)
        const real = items.filter(({ workspace: { slug } }) => !isScratch(slug))
        return real.map(({ workspace: { slug }, health }) => ({ workspace: slug, health }))
      },
      ofWorkspace: (slug) => scim.health.ofWorkspace(slug),
    },
    audit: {
      list: (slug, { most, reads }) =>
        firstOf(most, async (before: string | undefined, limit) => {
          const { entries, next } = await scim.audit.list(slug, { before, reads, limit })
          return { items: entries, next }
        }),
    },
    problems: {
      ...writes.problems,
      list: (slug) => problems.list(slug),
    },
    tokens: { ...writes.tokens, list: (slug) => tokens.list(slug) },
    setupLinks: { ...writes.setupLinks, list: (slug) => setupLinks.list(slug) },
    holds: {
      ...writes.holds,
      list: (slug, { all }) =>
        allPages(({ after }) => holds.list(slug, { before: after, limit: PAGE, ...(!all && { state: 'open' }) })),
    },
    keys: { ...writes.keys, list: (slug) => apiKeys.list(slug) },
    admins,
    activity: {
      list: async (slug, query) => (await activity.list(slug, query)).map(withoutMessages),
      after: async (slug, query) => (await activity.after(slug, query)).map(withoutMessages),
    },
    names: { groups, people },
  }
}

function withoutMessages({ body: _, headers: _headers, whole: _whole, ...entry }: ActivityEntry): ListedEntry {
  return entry
}
