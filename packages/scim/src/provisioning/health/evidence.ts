import type { EvidenceRow } from '../../store/evidence.ts'
import type { FaultCode, FaultFacts } from './faults.ts'

/** What a request shows of a set-up: a step done, or one that failed and why. */
export type Shown =
  | { readonly step: 'lookup' | 'person' | 'group' | 'member'; readonly done: true }
  | {
      readonly step: 'lookup' | 'person' | 'group' | 'member'
      readonly done: false
      readonly code: FaultCode
      readonly facts: FaultFacts
    }

interface Summary {
  readonly filter?: string
  readonly found?: number
  readonly added?: number
}

/** How providers test a connection: by a look-up of somebody who cannot exist. */
const PROBE = /"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"/i

const WRITES = new Set(['POST', 'PUT', 'PATCH'])

/** What one request shows; nothing where it says nothing of any step, as a deletion. */
export function shownBy(row: EvidenceRow): readonly Shown[] {
  if (row.problem === 'scim_off') return [failed('lookup', row, 'scim_off')]
  if (row.route === 'unknown') return [failed('lookup', row, 'path_unknown')]
  const isUsers = row.route.startsWith('/Users')
  if (!isUsers && !row.route.startsWith('/Groups')) return []
  if (isLookup(row)) return lookup(row, isUsers)
  if (!WRITES.has(row.method)) return isUsers && row.status < 400 ? [{ step: 'person', done: true }] : []
  return isUsers ? userWrite(row) : groupWrite(row)
}

function isLookup({ method, route }: EvidenceRow): boolean {
  return route.endsWith('.search') || (method !== 'POST' && WRITES.has(method) === false && !route.endsWith('{id}'))
}

function lookup(row: EvidenceRow, isUsers: boolean): readonly Shown[] {
  if (row.status >= 400) return [failed('lookup', row)]
  const answered: Shown = { step: 'lookup', done: true }
  const { filter, found = 0 } = summaryOf(row)
  if (!isUsers || filter === undefined) return [answered]
  if (found > 0) return [answered, { step: 'person', done: true }]
  return PROBE.test(filter) ? [answered] : [answered, failed('person', row, 'nobody_found')]
}

function userWrite(row: EvidenceRow): readonly Shown[] {
  if (row.status < 400) return [{ step: 'person', done: true }]
  return [failed('person', row, row.problem === 'user_creation_refused' ? 'user_creation_refused' : undefined)]
}

function groupWrite(row: EvidenceRow): readonly Shown[] {
  if (row.problem === 'members_unknown') return [failed('member', row, 'members_refused')]
  if (row.status >= 400) return [failed('group', row)]
  const { added = 0 } = summaryOf(row)
  return added > 0
    ? [
        { step: 'group', done: true },
        { step: 'member', done: true },
      ]
    : [{ step: 'group', done: true }]
}

function failed(step: Shown['step'], row: EvidenceRow, code?: FaultCode): Shown {
  const { method, route, status, problem } = row
  const { filter = '' } = summaryOf(row)
  const facts = { method, route, status, problem: problem ?? '', filter }
  return { step, done: false, code: code ?? (status < 500 ? 'refused' : 'faulted'), facts }
}

function summaryOf({ summary }: EvidenceRow): Summary {
  return summary === null ? {} : (JSON.parse(summary) as Summary)
}
