import { secondOf } from '../cli/format.ts'
import { type Finding, fine, wrong } from './finding.ts'

/** The oldest Node that the program runs on. */
const NEEDED = [22, 18] as const

const MEBIBYTE = 1024 * 1024
/** Room that has to be left on the disk, besides that for a copy of the database. */
const ROOM = 256 * MEBIBYTE

/** No clock that is right is before this program. */
const EARLIEST = Date.UTC(2026, 0, 1)
/** How far clocks may be apart. */
export const TOLERANCE = 60_000
export const CLOCK_FIX = 'Set the clock of this machine, best by NTP: tokens end and history is dated by it.'

export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [needed, neededMinor] = NEEDED
  const isOld = major < needed || (major === needed && minor < neededMinor)
  if (!isOld) return fine('node', `Node ${version}.`)
  return wrong('node', `Node ${version} is too old.`, `Install Node ${NEEDED.join('.')} or newer.`)
}

/** Room for the store to grow and for its log: as much again as it has, and some. */
export function checkDisk(free: number, databaseBytes: number, folder: string): Finding {
  const left = `${Math.floor(free / MEBIBYTE).toLocaleString('en')} MiB are free on the disk of ${folder}`
  const needed = databaseBytes + ROOM
  if (free >= needed) return fine('disk', `${left}.`)
  const wanted = Math.ceil(needed / MEBIBYTE).toLocaleString('en')
  return wrong(
    'disk',
    `Only ${left}.`,
    `Make room: ${wanted} MiB should be free, for the database to grow and be copied.`,
  )
}

/** `newest` is when the store was last written to, `elsewhere` what another machine takes the time to be. */
export function checkClock(now: number, newest: number | null, elsewhere: number | null): Finding {
  const fix = CLOCK_FIX
  const here = `The clock says ${secondOf(now)}`
  if (now < EARLIEST) return wrong('clock', `${here}, which is long past.`, fix)
  if (newest !== null && newest > now + TOLERANCE)
    return wrong('clock', `${here}, and the newest entry in the store is from ${secondOf(newest)}.`, fix)
  if (elsewhere !== null && Math.abs(elsewhere - now) > TOLERANCE)
    return wrong('clock', `${here}, and what answers at the public URL says ${secondOf(elsewhere)}.`, fix)
  return fine('clock', `${here}.`)
}
