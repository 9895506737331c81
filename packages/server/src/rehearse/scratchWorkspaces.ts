import type { Scim } from '@optimaite/scim'
import { personOf } from '../people/person.ts'
import { isScratch, type ScratchWorkspaces, scratchSlug } from './scratch.ts'

const HOUR = 3_600_000

/** Scratch workspaces in a store, beside whatever else works on it. */
export function scratchWorkspaces(scim: Scim, now: () => number = Date.now): ScratchWorkspaces {
  return {
    create: async (policy, people) => {
      const slug = scratchSlug()
      await scim.workspaces.create(slug, { name: 'Rehearsal', scim: true, ...policy })
      const accounts = people.map(({ userName, displayName }) => personOf({ email: userName, name: displayName }))
      const { ids } = await scim.people.upsert(slug, accounts)
      const { text } = await scim.tokens.issue(slug, { label: 'Rehearsal', createdBy: 'rehearse', lifetime: HOUR })
      return { slug, token: text, people: Object.fromEntries(people.map(({ key }, i) => [key, { id: ids[i] ?? '' }])) }
    },
    remove: (slug) => scim.workspaces.remove(slug),
    sweep: async () => {
      const workspaces = await scim.workspaces.list()
      const left = workspaces.filter(({ slug, createdAt }) => isScratch(slug) && createdAt < now() - HOUR)
      for (const { slug } of left) await scim.workspaces.remove(slug)
      return left.length
    },
  }
}
