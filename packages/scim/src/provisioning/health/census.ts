import { breathe } from '../../store/store.ts'
import type { WorkspaceRow } from '../../store/workspaces.ts'
import type { HealthState } from './judge.ts'

/** A workspace, and the state of its integration. */
export interface Judged {
  readonly workspace: WorkspaceRow
  readonly state: HealthState
}

/** Workspaces that are judged by the same statements. */
const PIECE = 200
/** What takes less, in milliseconds, is done anew each time; the rest is kept for so many times what it took. */
const SHORT = 50
const KEPT = 20

interface Steps {
  /** All workspaces, in the order of their slugs. */
  readonly all: () => Promise<readonly WorkspaceRow[]>
  readonly judge: (workspaces: readonly WorkspaceRow[]) => Promise<readonly HealthState[]>
  /** Milliseconds, of a clock that never goes back. */
  readonly clock?: () => number
  readonly piece?: number
}

/**
 * The state of every workspace. To know which need attention all are judged, which takes the longer the more there are: so a
 * census takes a twentieth of a process's time at the most, and callers at the same time share one.
 */
export class Census {
  readonly #steps: Required<Steps>
  #running: Promise<readonly Judged[]> | undefined
  #last: { readonly judged: readonly Judged[]; readonly until: number } | undefined

  constructor({ clock = () => performance.now(), piece = PIECE, ...steps }: Steps) {
    this.#steps = { clock, piece, ...steps }
  }

  async take(): Promise<readonly Judged[]> {
    if (this.#last && this.#steps.clock() < this.#last.until) return this.#last.judged
    this.#running ??= this.#make().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  async #make(): Promise<readonly Judged[]> {
    const { all, judge, clock, piece } = this.#steps
    const start = clock()
    const workspaces = await all()
    const judged: Judged[] = []
    for (let first = 0; first < workspaces.length; first += piece) {
      if (first > 0) await breathe()
      const some = workspaces.slice(first, first + piece)
      const states = await judge(some)
      for (const [index, workspace] of some.entries()) judged.push({ workspace, state: states[index] as HealthState })
    }
    const took = clock() - start
    this.#last = took < SHORT ? undefined : { judged, until: clock() + took * KEPT }
    return judged
  }
}
