import type { ActivityEntry, Explained, GroupSubject, Scim } from '@optimaite/scim'
import type { Config } from '../../config.ts'
import { isScratch } from '../../rehearse/scratch.ts'
import type { Library, ListedEntry, ToldExplanation } from '../library.ts'
import { allPages, firstOf, firstOfSubject, PAGE } from '../pages.ts'
import { LocalAdmins } from './admins.ts'
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
    history: historyOf(scim),
    problems: {
      ...writes.problems,
      list: async (slug) => ({ open: await problems.list(slug), more: 0 }),
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

function historyOf({ history }: Scim): Library['history'] {
  return {
    explain: async (slug, person, group) => withoutKeys(await history.explain(slug, person, group)),
    ofGroup: (slug, group, most) =>
      firstOfSubject(most, async (after: number | undefined, limit) => {
        const { group: subject, entries, next } = await history.ofGroup(slug, group, { after, limit })
        return { subject, items: entries, next }
      }),
    ofPerson: (slug, person, most) =>
      firstOfSubject(most, async (after: number | undefined, limit) => {
        const { person: subject, entries, next } = await history.ofPerson(slug, person, { after, limit })
        return { subject, items: entries, next }
      }),
  }
}

function withoutMessages({ body: _, headers: _headers, whole: _whole, ...entry }: ActivityEntry): ListedEntry {
  return entry
}

function withoutKeys(explained: Explained): ToldExplanation {
  const { group, former } = explained
  return {
    ...explained,
    group: group && withoutKey(group),
    former: former.map((one) => ({ ...one, group: withoutKey(one.group) })),
  }
}

function withoutKey({ key: _, ...group }: GroupSubject) {
  return group
}
