import type { Provider } from '../tokens/tokens.ts'

/** From the first contact to the first synced group, in this order. */
export const STEPS = ['contact', 'token', 'lookup', 'person', 'group', 'member'] as const
export type Step = (typeof STEPS)[number]

export interface Words {
  readonly en: string
  readonly de: string
}

export interface ChecklistItem {
  readonly step: Step
  readonly state: 'open' | 'done' | 'failed'
  /** When it was done first, or failed last, in milliseconds since the epoch. */
  readonly at: number | null
  /** The activity entry behind it; none where a token was refused, or the entry has been forgotten. */
  readonly activity: string | null
  /** Of a failed item: why, and what to do. */
  readonly cause?: Words
  readonly fix?: Words
}

/** How far the set-up of a provider is, by what it really sent. */
export interface Checklist {
  readonly provider: Provider
  readonly items: readonly ChecklistItem[]
}
