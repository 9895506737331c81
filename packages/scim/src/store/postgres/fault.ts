import { ScimError } from '../../base/errors.ts'
import { codeOf, type Reason, type StoreUnusable, unusable } from '../unusable.ts'

const REASONS: readonly Reason[] = [
  [
    /^ECONNREFUSED$|^ENOENT$|^57P03$/,
    'nobody answers there',
    'Start PostgreSQL, or correct host and port in DATABASE_URL.',
  ],
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'its host has no address', 'Correct the host in DATABASE_URL.'],
  [/^28/, 'it refuses the user or the password', 'Correct them in DATABASE_URL.'],
  [/^3D000$/, 'it has no such database', 'Create it, or name another in DATABASE_URL.'],
  [/^3F000$/, 'it has no such schema', 'Create it: create schema NAME authorization USER.'],
  [/^42501$/, 'the user may not create tables', 'Let it: grant create on the schema, and usage, to the user.'],
  [/^(25006|57P02)$/, 'it is read-only, as a standby is', 'Name the primary server in DATABASE_URL.'],
  [/^53100$/, 'its disk is full', 'Make room.'],
  [/^53300$/, 'it has no connection left', 'Raise max_connections, or lower the processes or their pools.'],
]

/** Why a database cannot be opened; `location` names it without its password. */
export function unusableDatabase(location: string, cause: unknown): StoreUnusable {
  return unusable(location, cause, REASONS)
}

/** What a request is told of a fault of the store; the fault itself is for the log. */
export function unavailable(cause: unknown): ScimError {
  return new ScimError(isBusy(cause) ? 'overloaded' : 'store_unavailable', {}, { 'Retry-After': '5' }, cause)
}

/** Another transaction was in the way: done again, this one may succeed. */
export function isCollision(error: unknown): boolean {
  const code = codeOf(error)
  if (/^40(001|P01)$/.test(code)) return true
  // An id is given once; two that give the same at a time are the host adding whom a provider names for the first time.
  return code === '23505' && error instanceof Error && /people_id(_\d+)?"/.test(error.message)
}

/** Too much at once: statement or lock time-outs, no connection left, collisions again and again. */
function isBusy(error: unknown): boolean {
  return /^(57014|55P03|53300|40001|40P01|23505)$/.test(codeOf(error)) || isWaitForConnection(error)
}

// The classes of Appendix A of PostgreSQL's manual; 25P02 follows another fault of the same transaction.
const FAULTS = /^(08...|53...|57P..|57014|55P03|58...|XX...|25006|25P03|40...|28...|3D000)$/
/** node-postgres has no codes for what befalls the connection itself. */
const CONNECTION =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|Query read timeout|Cannot use a pool after)/

/** Faults of the server or of the way there, rather than of the statement. */
export function isStoreFault(error: unknown): boolean {
  return FAULTS.test(codeOf(error)) || isConnectionFault(error) || isWaitForConnection(error)
}

/** A fault that the server, or the way there, told; not an error of the work itself. */
export function isDatabaseError(error: unknown): boolean {
  return /^[0-9A-Z]{5}$/.test(codeOf(error)) || isStoreFault(error)
}

/** The connection is of no use any more; what was sent on it may or may not have been done. */
export function isConnectionFault(error: unknown): boolean {
  const code = codeOf(error)
  if (/^(08...|57P0[1-5]|25P03|E[A-Z]{3,})$/.test(code)) return true
  return error instanceof Error && CONNECTION.test(error.message)
}

/**
 * The connection is not to be used again, though it may work: one that was opened while the server, or the database, was
 * read-only can stay so after all others may write.
 */
export function isSpent(error: unknown): boolean {
  return isConnectionFault(error) || codeOf(error) === '25006'
}

/** Something took too long, such as waiting for a lock, and would again. */
export function isTimeout(error: unknown): boolean {
  return /^(55P03|57014)$/.test(codeOf(error))
}

/** A statement of a transaction in which another had failed before. */
export function isConsequence(error: unknown): boolean {
  return codeOf(error) === '25P02'
}

/** The pool has had no connection to give for too long. */
export function isWaitForConnection(error: unknown): boolean {
  return error instanceof Error && /^timeout exceeded when trying to connect/.test(error.message)
}
