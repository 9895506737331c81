import type { Hold } from '@optimaite/scim'
import type { Hold as AnsweredHold } from '@optimaite/scim/admin'
import type { Library } from '../library.ts'
import { inWorkspace, type Remote } from './call.ts'
import { listed } from './lists.ts'

/** A hold as the admin API answers it, with most of its times in milliseconds. */
type Answered = Omit<AnsweredHold, 'createdAt' | 'lastAt' | 'decidedAt'> & {
  readonly createdAt: number
  readonly lastAt: number
  readonly decidedAt: number | null
}

export function remoteHolds(remote: Remote): Library['holds'] {
  return {
    list: async (slug, { all }) => {
      const query = { state: all ? undefined : 'held' }
      return (await listed<Answered>(remote, inWorkspace(slug, 'holds'), query)).map(toHold)
    },
    letThrough: async (slug, id) => {
      const answered = await remote.call<Answered>('POST', inWorkspace(slug, 'holds', id, 'let-through'))
      return { hold: toHold(answered), press: answered.advice }
    },
    turnAway: async (slug, id) =>
      toHold(await remote.call<Answered>('POST', inWorkspace(slug, 'holds', id, 'turn-away'))),
  }
}

function toHold({ state, requests, createdAt, admits, until, advice: _, ...same }: Answered): Hold {
  return {
    ...same,
    state: state === 'held' ? 'open' : state,
    count: requests,
    firstAt: createdAt,
    admits: admits === null || until === null ? null : { losses: admits, until: Date.parse(until) },
  }
}
