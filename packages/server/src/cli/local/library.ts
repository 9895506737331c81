import type { ActivityEntry, Explained, GroupSubject, Scim } from '@optimaite/scim'
import { type Config, publicUrlOf } from '../../config.ts'
import type { Library, ListedEntry, ToldExplanation } from '../library.ts'
import { allPages, firstOf, firstOfSubject, PAGE } from '../pages.ts'
import { whoTypes } from '../whoTypes.ts'
import { LocalAdmins } from './admins.ts'

/** The library of a store, on which whoever types writes. */
export async function withLocalLibrary<T>(scim: Scim, config: Config, use: (library: Library) => Promise<T>) {
  const admins = new LocalAdmins(scim, config)
  try {
    return await use(libraryOf(scim, config, admins))
  } finally {
    await admins.close()
  }
}

function libraryOf(scim: Scim, config: Config, admins: LocalAdmins): Library {
  const name = whoTypes()
  const by = { admin: name }
  const { workspaces, people, groups, history, problems, tokens, setupLinks, holds, activity } = scim
  return {
    workspaces: {
      create: (slug, settings) => workspaces.create(slug, settings),
      list: () => workspaces.list(),
      find: async (slug) => {
        const workspace = await workspaces.find(slug)
        return workspace && { workspace, baseUrl: scim.baseUrl }
      },
      change: (slug, changes) => workspaces.change(slug, changes),
      remove: (slug) => workspaces.remove(slug),
    },
    people: {
      upsert: (slug, rows, onProgress = () => {}) => people.upsert(slug, rows, { atomic: true, onProgress, by }),
      list: async (slug, query) => {
        const found = await allPages((after) => people.list(slug, { ...query, ...after, limit: PAGE }))
        return found.map(({ record: _, ...person }) => person)
      },
      find: (slug, reference) => people.find(slug, reference),
      remove: async (slug, ids) => void (await people.remove(slug, ids, by)),
      reconcile: (slug, rows, confirm) =>
        people.reconcile(slug, rows, { by, ...(confirm !== undefined && { confirm }) }),
      erase: (slug, person) => history.erase(slug, person, { by: name }),
    },
    groups: {
      list: (slug) => allPages((after) => groups.list(slug, { order: 'name', ...after, limit: PAGE })),
      find: (slug, reference) => groups.find(slug, reference),
      members: async (slug, id, most) => {
        const page = async (after: number | undefined, limit: number) => {
          const { members, next } = await groups.membersWithStates(slug, id, {
            limit,
            ...(after !== undefined && { after }),
          })
          return { items: members, next }
        }
        return (await firstOf(most, page)).items
      },
      release: (slug, id) => groups.release(slug, id, by),
    },
    history: {
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
    },
    problems: {
      list: async (slug) => ({ open: await problems.list(slug), more: 0 }),
      dismiss: (slug, id) => problems.dismiss(slug, id, by),
    },
    tokens: {
      list: (slug) => tokens.list(slug),
      issue: (slug, token) => tokens.issue(slug, { ...token, createdBy: name }),
      revoke: (slug, id) => tokens.revoke(slug, id),
      end: (slug, id, at) => tokens.end(slug, id, at),
    },
    setupLinks: {
      list: (slug) => setupLinks.list(slug),
      create: async (slug, wanted) => {
        const { link, secret } = await setupLinks.create(slug, { ...wanted, by: name })
        return { link, url: `${publicUrlOf(config).replace(/\/+$/, '')}/setup#${secret}` }
      },
      revoke: (slug, id, options) => setupLinks.revoke(slug, id, options),
    },
    holds: {
      list: (slug, { all }) =>
        allPages(({ after }) => holds.list(slug, { before: after, limit: PAGE, ...(!all && { state: 'open' }) })),
      letThrough: (slug, id) => holds.letThrough(slug, id, by),
      turnAway: (slug, id) => holds.turnAway(slug, id, by),
    },
    admins,
    activity: {
      list: async (slug, query) => (await activity.list(slug, query)).map(withoutBody),
      after: async (slug, query) => (await activity.after(slug, query)).map(withoutBody),
    },
    names: { groups, people },
  }
}

function withoutBody({ body: _, ...entry }: ActivityEntry): ListedEntry {
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
