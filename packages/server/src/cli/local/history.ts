import type { Explained, GroupSubject, Scim } from '@optimaite/scim'
import type { Library, Restoration, ToldExplanation } from '../library.ts'
import { firstOfSubject } from '../pages.ts'
import { whoTypes } from '../whoTypes.ts'
import type { Recorded } from './recorded.ts'

/** People of each kind that a preview names, as many as the admin API names. */
const PREVIEWED = 100

export function localHistory({ history }: Scim, recorded: Recorded): Library['history'] {
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
    previewRestore: (workspace, name, at) =>
      recorded({
        ...{ action: 'previewRestore', workspace, target: { group: name } },
        perform: async () => {
          const { group, ...previewed } = await history.previewRestore(workspace, name, at, { limit: PREVIEWED })
          return { ...previewed, group: { id: group.id, displayName: group.displayName }, at }
        },
      }),
    restore: (workspace, preview) => {
      const { group, at, key } = preview
      return recorded({
        ...{ action: 'restoreGroup', workspace, target: { group: group.id }, details: detailsOf(preview) },
        perform: () => history.restore(workspace, group.id, at, { confirm: key, admin: whoTypes() }),
      })
    },
  }
}

function detailsOf({ at, added, removed }: Restoration) {
  return { at: new Date(at).toISOString(), added: added.count, removed: removed.count }
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
