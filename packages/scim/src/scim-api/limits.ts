import type { Clock } from '../base/clock.ts'
import { ScimError } from '../base/errors.ts'
import type { WireRequest } from './wire.ts'

export const BODY_BYTES = 32 * 1024 * 1024
export const HELD_BYTES = 64 * 1024 * 1024
/** A body's share at first where its length is not declared; it grows with what arrives. */
const ASSUMED_BYTES = 64 * 1024
export const WAIT_MILLISECONDS = 10_000

export interface BodyLimits {
  readonly heldBytes?: number
  readonly waitMilliseconds?: number
}

interface Waiting {
  readonly bytes: number
  admit(): void
}

/** The bodies that a process holds at once: beyond the limit others wait, and those that wait too long get 503. */
export class BodyBudget {
  readonly #limit: number
  readonly #wait: number
  #held = 0
  readonly #waiting: Waiting[] = []

  constructor({ heldBytes = HELD_BYTES, waitMilliseconds = WAIT_MILLISECONDS }: BodyLimits = {}) {
    this.#limit = heldBytes
    this.#wait = waitMilliseconds
  }

  get heldBytes(): number {
    return this.#held
  }

  /** Bodies that wait for their share. */
  get waiting(): number {
    return this.#waiting.length
  }

  /** Reads a body within the budget and keeps its share until `use` is done. */
  async withBody<T>(
    request: Pick<WireRequest, 'header' | 'readBody'>,
    use: (body: Uint8Array) => Promise<T>,
  ): Promise<T> {
    const declared = Number(request.header('content-length'))
    if (declared > BODY_BYTES) throw new ScimError('body_too_large', { limit: BODY_BYTES })
    let share = Number.isSafeInteger(declared) && declared >= 0 ? declared : ASSUMED_BYTES
    await this.#admit(share)
    const grown = (bytes: number): void => {
      if (bytes <= share) return
      this.#held += bytes - share
      share = bytes
      // Bodies that wait with half of themselves in memory would wait for each other.
      if (this.#held > this.#limit) throw overloaded()
    }
    try {
      return await use(await request.readBody(BODY_BYTES, grown))
    } finally {
      this.#held -= share
      this.#admitWaiting()
    }
  }

  async #admit(bytes: number): Promise<void> {
    if (this.#waiting.length === 0 && this.#held + bytes <= this.#limit) {
      this.#held += bytes
      return
    }
    await new Promise<void>((resolve, reject) => {
      const entry = {
        bytes,
        admit: () => {
          clearTimeout(timer)
          resolve()
        },
      }
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(entry), 1)
        reject(overloaded())
        // A large one may have been in the way of smaller ones behind it.
        this.#admitWaiting()
      }, this.#wait)
      this.#waiting.push(entry)
    })
  }

  /** In the order of arrival, so that a large body is not passed by for ever. */
  #admitWaiting(): void {
    for (let next = this.#waiting[0]; next && this.#held + next.bytes <= this.#limit; next = this.#waiting[0]) {
      this.#waiting.shift()
      this.#held += next.bytes
      next.admit()
    }
  }
}

function overloaded(): ScimError {
  return new ScimError('overloaded', {}, { 'Retry-After': '5' })
}

export interface RateLimit {
  /** Requests a second for each token, or API key; 0 turns the limit off. */
  readonly perSecond: number
  readonly burst: number
}

/** Entra needs 25 requests a second, and its 429s end in quarantine: so generous. */
export const DEFAULT_RATE_LIMIT: RateLimit = { perSecond: 200, burst: 2_000 }

interface Bucket {
  left: number
  at: number
}

/** A bucket of requests for each token, or for each API key, in this process. */
export class RateLimiter {
  readonly #limit: RateLimit
  readonly #clock: Clock
  readonly #buckets = new Map<number | string, Bucket>()

  constructor(limit: RateLimit, clock: Clock) {
    this.#limit = limit
    this.#clock = clock
  }

  /** Refuses with 429 and an integer `Retry-After`. */
  take(token: number): void {
    const seconds = this.waitFor(token)
    if (seconds > 0) throw new ScimError('too_many_requests', { seconds }, { 'Retry-After': String(seconds) })
  }

  /** Takes a request's share where there is one: then 0; else the whole seconds until there will be. */
  waitFor(whose: number | string): number {
    const { perSecond, burst } = this.#limit
    if (perSecond === 0) return 0
    const now = this.#clock()
    const bucket = this.#buckets.get(whose) ?? { left: burst, at: now }
    bucket.left = Math.min(burst, bucket.left + (Math.max(0, now - bucket.at) * perSecond) / 1_000)
    bucket.at = now
    this.#buckets.set(whose, bucket)
    if (bucket.left < 1) return Math.max(1, Math.ceil((1 - bucket.left) / perSecond))
    bucket.left -= 1
    return 0
  }
}
