import type { Figures } from '../http/metrics.ts'
import type { Started } from '../started.ts'

/** What a worker tells the primary process. */
export type FromWorker =
  | { readonly tells: 'started'; readonly started: Started }
  | {
      readonly tells: 'failed'
      readonly message: string
      readonly next: string
      readonly exitCode: 1 | 2
      readonly details: readonly string[]
    }
  /** Somebody asked this worker for the metrics of all. */
  | { readonly tells: 'asked'; readonly id: number }
  | { readonly tells: 'figures'; readonly id: number; readonly figures: Figures }

/** What the primary process tells a worker. */
export type ToWorker =
  | { readonly tells: 'stop' }
  | { readonly tells: 'count'; readonly id: number }
  | { readonly tells: 'metrics'; readonly id: number; readonly text: string }

/** In the environment of a worker: where the service listens. The one that starts before all others has it not. */
export const LOCAL_URL = 'OPTIMAITE_SCIM_LOCAL_URL'
/** In the environment of a worker: `yes` where others answer requests meanwhile. */
export const OTHERS_LISTEN = 'OPTIMAITE_SCIM_OTHERS_LISTEN'
