import { ScimError } from '../../base/errors.ts'
import { codeOf, type Reason, type StoreUnusable, unusable } from '../unusable.ts'

const REASONS: readonly Reason[] = [
  [
    /^SQLITE_(NOTADB|CORRUPT)/,
    'it is no SQLite database, or a damaged one',
    'Restore it from a backup, or name another file.',
  ],
  [
    /^(SQLITE_READONLY|SQLITE_PERM|EACCES|EPERM|EROFS)/,
    'it cannot be written',
    'Give this user the right to write the file and its folder.',
  ],
  [
    /^(SQLITE_CANTOPEN|ENOTDIR|EISDIR|EEXIST|ENOENT|ENAMETOOLONG)/,
    'it, or its folder, is not what it should be',
    'Name a file in a folder that can be written.',
  ],
  [/^(SQLITE_FULL|ENOSPC|EDQUOT)/, 'its disk is full', 'Make room.'],
  [/^SQLITE_(BUSY|LOCKED)/, 'another program holds it', 'Try again when that has ended.'],
  [/^(SQLITE_IOERR|EIO)/, 'its disk does not read or write', 'Check the disk.'],
]

/** What a request is told of a fault of the store; the fault itself is for the log. */
export function unavailable(cause: unknown): ScimError {
  return new ScimError(isBusy(cause) ? 'overloaded' : 'store_unavailable', {}, { 'Retry-After': '5' }, cause)
}

export function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error))
}

/** Faults of the machine rather than of the statement; constraint violations are the work's own affair. */
export function isStoreFault(error: unknown): boolean {
  return /^SQLITE_(FULL|IOERR|CORRUPT|NOTADB|READONLY|CANTOPEN|PERM|NOMEM|BUSY|LOCKED|PROTOCOL)/.test(codeOf(error))
}

/** A fault of the system or of SQLite, rather than of this program. */
export function isOutside(error: unknown): boolean {
  return isStoreFault(error) || /^E[A-Z]+$/.test(codeOf(error))
}

/** Why a file cannot be opened. */
export function unusableFile(file: string, cause: unknown): StoreUnusable {
  return unusable(file, cause, REASONS)
}
