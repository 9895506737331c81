import { webcrypto } from 'node:crypto'
import { decodeTime, encodeTime, monotonicFactory } from 'ulid'

export type IdPrefix = 'grp' | 'usr' | 'act' | 'chg' | 'aud' | 'hld'

const POOL = new Uint16Array(1024)
let left = 0

// One call for 1,024 numbers: ulid's own source makes one for each character, a tenth of the time of a small request.
function random(): number {
  if (left === 0) {
    webcrypto.getRandomValues(POOL)
    left = POOL.length
  }
  left -= 1
  return (POOL[left] as number) / 0x10000
}

const ulid = monotonicFactory(random)

/** A new id: the prefix and a ULID, ascending within a process. */
export function newId(prefix: IdPrefix, now: number): string {
  return `${prefix}_${ulid(now)}`
}

/** Not behind any id that was made at a time or later, and behind those of before. */
export function idAt(prefix: IdPrefix, time: number): string {
  return `${prefix}_${encodeTime(Math.min(Math.max(time, 0), LATEST), TIME_LENGTH)}`
}

/** When an id was made. */
export function timeOfId(id: string): number {
  return decodeTime(id.slice(id.indexOf('_') + 1))
}

/** What the first ten digits of a ULID can say. */
const LATEST = 2 ** 48 - 1
const TIME_LENGTH = 10

const PERSON_ID = /^usr_[0-9A-Za-z]{1,40}$/
const GROUP_ID = /^grp_[0-9A-HJKMNP-TV-Z]{26}$/

const HOLD_ID = /^hld_[0-9A-HJKMNP-TV-Z]{26}$/
const ACTIVITY_ID = /^act_[0-9A-HJKMNP-TV-Z]{26}$/

/** `usr_` and 1–40 letters or digits: a host's own id, or a ULID of ours. */
export function isPersonId(text: string): boolean {
  return PERSON_ID.test(text)
}

/** `grp_` and a ULID. */
export function isGroupId(text: string): boolean {
  return GROUP_ID.test(text)
}

/** `hld_` and a ULID. */
export function isHoldId(text: string): boolean {
  return HOLD_ID.test(text)
}

/** `act_` and a ULID. */
export function isActivityId(text: string): boolean {
  return ACTIVITY_ID.test(text)
}
