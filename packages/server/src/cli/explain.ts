import { HistoryRefused, RowsRefused, ScimError, StoreTooNew, StoreUnusable, WorkspaceRefused } from '@optimaite/scim'
import type { Config } from '../config.ts'
import { databaseFile, isPostgres } from '../database.ts'
import { SessionFault } from '../rehearse/session.ts'
import { Fault, misused } from './fault.ts'
import { PROGRAM } from './name.ts'

/** Whatever was thrown, as a problem and a next step. */
export function explain(error: unknown, config: Config | undefined): Fault {
  if (error instanceof Fault) return error
  if (error instanceof WorkspaceRefused) return explainWorkspace(error)
  if (error instanceof HistoryRefused) return new Fault(error.message, historyNext(error))
  if (error instanceof RowsRefused) return explainRows(error)
  if (error instanceof SessionFault) return misused(sentence(error.message), `"${PROGRAM} rehearse --help" lists them.`)
  const file = config && !isPostgres(config) ? databaseFile(config) : undefined
  const stored = file === undefined ? undefined : explainStore(error, file)
  if (stored) return stored
  if (error instanceof ScimError) return new Fault(error.detail, error.fix)
  if (error instanceof StoreTooNew) return explainNewer(error)
  if (error instanceof StoreUnusable) return explainUnusable(error)
  return unforeseen(error)
}

function explainWorkspace({ code, message }: WorkspaceRefused): Fault {
  switch (code) {
    case 'unknown':
      return new Fault(message, `"${PROGRAM} workspace list" shows those that there are.`)
    case 'taken':
      return new Fault(message, `Choose another slug, or change it with "${PROGRAM} workspace set".`)
    case 'slug':
      return misused(message, 'Choose a slug such as "acme".')
    case 'name':
      return misused(message, 'Give it a name that people know it by, such as --name "Acme Inc.".')
    case 'guard':
      return misused(message, 'Write --guard 20, for instance, or --guard off.')
  }
}

function historyNext({ code }: HistoryRefused): string {
  if (code === 'person_unknown') return `"${PROGRAM} user list WORKSPACE" shows the people there are.`
  if (code === 'preview_outdated') return 'Ask for the preview again.'
  return `"${PROGRAM} group list WORKSPACE" shows the groups there are.`
}

function explainRows({ problems }: RowsRefused): Fault {
  const details = problems.map(({ reason }) => sentence(reason))
  const [only] = details
  if (details.length === 1 && only !== undefined) return new Fault(only, 'Correct it and run the command again.')
  return new Fault('These people cannot be stored; nothing was.', 'Correct them and run the command again.', 1, details)
}

/** The message says which version is needed, and its last sentence what to do. */
function explainNewer({ message }: StoreTooNew): Fault {
  const [problem, next] = message.split(/(?<=\.) (?=Start )/)
  return new Fault(problem ?? message, next ?? 'Start the newer version.')
}

/** The message says why, and its last sentence what to do where that is known. */
function explainUnusable({ message }: StoreUnusable): Fault {
  const [problem = message, ...next] = message.split(/(?<=\.) (?=[A-Z])/)
  if (next.length > 0) return new Fault(problem, next.join(' '))
  return new Fault(sentence(message), 'Correct what it says, or name another database with --database URL.')
}

/** Faults of the file system and of SQLite, which arrive bare or as the cause of a refusal. */
function explainStore(error: unknown, file: string): Fault | undefined {
  const cause = error instanceof Error ? error.cause : undefined
  const codes = [codeOf(error), codeOf(cause)].filter((code) => code !== undefined)
  const known = STORE_FAULTS.find(([pattern]) => codes.some((code) => pattern.test(code)))
  return known && new Fault(known[1](file), known[2])
}

type StoreFault = readonly [pattern: RegExp, problem: (file: string) => string, next: string]

const WRITABLE =
  'Give this user the right to write the file and its folder, or name another with --database sqlite:FILE.'

const STORE_FAULTS: readonly StoreFault[] = [
  [
    /^SQLITE_(BUSY|LOCKED)/,
    (file) => `The database ${file} is busy with another program's work.`,
    'Try again shortly.',
  ],
  [
    /^SQLITE_(NOTADB|CORRUPT)/,
    (file) => `${file} is no database, or a damaged one.`,
    'Restore it from a backup, or name another file with --database sqlite:FILE.',
  ],
  [/^(SQLITE_FULL|ENOSPC|EDQUOT)/, (file) => `The disk that holds ${file} is full.`, 'Make room and try again.'],
  [/^(SQLITE_READONLY|EACCES|EPERM|EROFS|SQLITE_PERM)/, (file) => `The database ${file} cannot be written.`, WRITABLE],
  [
    /^(SQLITE_CANTOPEN|ENOTDIR|EISDIR|EEXIST|ENOENT|ENAMETOOLONG)/,
    (file) => `The database ${file} cannot be opened: it, or its folder, is not what it should be.`,
    'Name a file in a folder that can be written with --database sqlite:FILE.',
  ],
  [/^SQLITE_IOERR|^EIO$/, (file) => `Reading or writing ${file} failed.`, 'Check the disk, then try again.'],
]

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

function unforeseen(error: unknown): Fault {
  const message = error instanceof Error ? error.message : String(error)
  const stack = process.env.LOG_LEVEL === 'debug' && error instanceof Error ? [error.stack ?? ''] : []
  const next = 'That should not happen: run it again with LOG_LEVEL=debug, and report what it prints.'
  return new Fault(sentence(message), next, 1, stack)
}

function sentence(text: string): string {
  const whole = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?:]$/.test(whole) ? whole : `${whole}.`
}
