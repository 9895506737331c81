import { type HostPerson, type PersonFound, RowsRefused, type Upserted } from '@optimaite/scim'
import { type Library, type ListedPerson, PartlyStored } from '../library.ts'
import { inWorkspace, type Remote } from './call.ts'
import { listed } from './lists.ts'
import { isUnknownInHistory, unlessUnknown } from './refusals.ts'

/** People of one call at the most. */
const BULK = 10_000

export function remotePeople(remote: Remote): Library['people'] {
  return {
    upsert: (slug, people, onProgress = () => {}) => storeInPieces(remote, slug, people, onProgress),
    list: (slug, query) => listed<ListedPerson>(remote, inWorkspace(slug, 'people'), query),
    find: (slug, reference) =>
      unlessUnknown(remote.call<PersonFound>('GET', inWorkspace(slug, 'people', reference)), isUnknownInHistory),
    remove: async (slug, ids) => {
      for (const id of ids) await remote.call('DELETE', inWorkspace(slug, 'people', id))
    },
    reconcile: (slug, people, confirm) =>
      remote.call('POST', inWorkspace(slug, 'people', 'reconcile'), { body: { people, confirm } }),
    erase: (slug, person) => remote.call('POST', inWorkspace(slug, 'people', person, 'erase')),
  }
}

interface Answered {
  readonly ids: readonly string[]
  readonly added: number
  readonly changed: number
  readonly unchanged: number
}

/** Each piece all or nothing. */
async function storeInPieces(
  remote: Remote,
  slug: string,
  people: readonly HostPerson[],
  onProgress: (stored: number) => void,
): Promise<Upserted> {
  const ids: string[] = []
  let [created, updated, unchanged] = [0, 0, 0]
  for (let start = 0; start < people.length; start += BULK) {
    const body = { people: people.slice(start, start + BULK), atomic: true }
    const stored = await remote
      .call<Answered>('POST', inWorkspace(slug, 'people', 'bulk'), { body })
      .catch((error: unknown) => {
        throw start > 0 ? new PartlyStored(start, body.people.length, shifted(error, start)) : error
      })
    for (const id of stored.ids) ids.push(id)
    created += stored.added
    updated += stored.changed
    unchanged += stored.unchanged
    onProgress(ids.length)
  }
  return { ids, created, updated, unchanged }
}

/** Rows of a piece, as rows of the whole. */
function shifted(error: unknown, start: number): unknown {
  if (!(error instanceof RowsRefused)) return error
  const problems = error.problems.map((problem) => ({ ...problem, index: start + problem.index }))
  return new RowsRefused(problems, error.count)
}
