import type { Library, Restoration, ToldExplanation } from '../library.ts'
import { inWorkspace, type Remote } from './call.ts'
import { past } from './past.ts'

export function remoteHistory(remote: Remote): Library['history'] {
  return {
    explain: (slug, person, group) =>
      remote.call<ToldExplanation>('GET', inWorkspace(slug, 'people', person, 'explain'), { query: { group } }),
    ofGroup: (slug, group, most) => past(remote, inWorkspace(slug, 'groups', group, 'history'), most),
    ofPerson: (slug, person, most) => past(remote, inWorkspace(slug, 'people', person, 'history'), most),
    previewRestore: async (slug, name, at) => {
      const path = inWorkspace(slug, 'groups', name, 'restore', 'preview')
      const previewed = await remote.call<Restoration>('POST', path, { body: { at: new Date(at).toISOString() } })
      const { id, displayName } = previewed.group
      return { ...previewed, group: { id, displayName }, at }
    },
    restore: (slug, { group, at, key }) => {
      const body = { at: new Date(at).toISOString(), confirm: key }
      return remote.call('POST', inWorkspace(slug, 'groups', group.id, 'restore'), { body })
    },
  }
}
