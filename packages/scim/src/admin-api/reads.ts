import { HOUR } from '../base/clock.ts'

/** Reads of an hour: some 10 MB. Beyond them the oldest is forgotten, and is recorded again when it comes again. */
const MOST = 50_000

/** Which reads have their entry of this hour in the audit trail: the panel asks every two seconds, and applications as they like. */
export class RecordedReads {
  readonly #most: number
  readonly #entries = new Map<string, Promise<unknown>>()
  #hour = 0

  constructor(most = MOST) {
    this.#most = most
  }

  /** Writes the entry of a read where that has none in the hour of `now`; of several at once all wait for the one. */
  async record(read: string, now: number, write: () => Promise<unknown>): Promise<void> {
    this.#enter(Math.floor(now / HOUR))
    const entry = this.#entries.get(read) ?? this.#begin(read, write())
    try {
      await entry
    } catch (error) {
      if (this.#entries.get(read) === entry) this.#entries.delete(read)
      throw error
    }
  }

  #enter(hour: number): void {
    if (hour === this.#hour) return
    this.#entries.clear()
    this.#hour = hour
  }

  #begin(read: string, entry: Promise<unknown>): Promise<unknown> {
    const [oldest] = this.#entries.keys()
    if (oldest !== undefined && this.#entries.size >= this.#most) this.#entries.delete(oldest)
    this.#entries.set(read, entry)
    return entry
  }
}
