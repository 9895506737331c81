import { type CopyProgress, CopyRefused, copyStore, type StorePlace, StoreUnusable } from '@optimaite/scim'
import type { Command } from 'commander'
import { define, type Options } from '../cli/define.ts'
import { Fault, misused } from '../cli/fault.ts'
import { counted } from '../cli/format.ts'
import type { Invocation } from '../cli/invocation.ts'
import { PROGRAM } from '../cli/name.ts'
import { print, printJson, say } from '../cli/output.ts'
import { type Progress, showProgress } from '../cli/progress.ts'
import { type DatabaseSettings, databaseOptions, isPostgres } from '../database.ts'
import { OPTIONS } from '../options.ts'

/** Adds `copy`. */
export function addCopy(program: Command): void {
  define(program, {
    usage: 'copy',
    description:
      'copy a store into an empty one, of either kind, with all ids, history, tokens and accounts; stop the service first: what is written meanwhile is not in the copy',
    required: [['--to <url>', 'the empty store: sqlite:FILE or postgres://USER:PASSWORD@HOST/DATABASE']],
    options: [
      ['--from <url>', 'the store to copy (default: the one of --database)'],
      ['--new-positions', 'from PostgreSQL to SQLite with several workspaces: let hosts read their feeds anew'],
    ],
    action: copy,
  })
}

interface Ends {
  readonly from: string
  readonly to: string
}

async function copy({ config, json }: Invocation, _: readonly string[], options: Options): Promise<void> {
  const ends: Ends = { from: String(options.from ?? config.database), to: String(options.to) }
  for (const [flag, end] of [
    ['--from', ends.from],
    ['--to', ends.to],
  ] as const)
    check(flag, end)
  const progress = twoBars()
  try {
    const { rows, checksums, keepsPositions } = await copyStore({
      from: placeOf(ends.from, config),
      to: placeOf(ends.to, config),
      newPositions: options.newPositions === true,
      beside: async () => {
        const { signInTables } = await import('../sign-in/copied.ts')
        return signInTables(settingsOf(ends.from, config), settingsOf(ends.to, config))
      },
      onProgress: progress.at,
    })
    progress.done()
    if (json) return printJson({ from: shown(ends.from), to: shown(ends.to), rows, checksums, keepsPositions })
    const held = [
      counted(rows.workspaces ?? 0, 'workspace'),
      counted(rows.people ?? 0, 'person', 'people'),
      counted(rows.groups ?? 0, 'group'),
      counted(rows.memberships ?? 0, 'membership'),
      counted(rows.changes ?? 0, 'change'),
      ...(rows.sign_in_users === undefined ? [] : [counted(rows.sign_in_users, 'account')]),
    ]
    print(`${shown(ends.to)}: ${held.join(', ')}; every table compared by count and checksum.\n`)
    if (!keepsPositions)
      say('Hosts are refused with feed_position_unknown once, and read their feeds from the beginning.')
    say('Start the service with it as DATABASE_URL. The old store is as it was: remove it once the new one serves.')
  } catch (error) {
    progress.done()
    throw explain(error, ends)
  }
}

/** Both ends name their tables as the settings say; a schema is only PostgreSQL's. */
function settingsOf(database: string, config: DatabaseSettings): DatabaseSettings {
  return { ...config, database, tableSchema: isPostgres({ database }) ? config.tableSchema : undefined }
}

function placeOf(database: string, config: DatabaseSettings): StorePlace {
  return databaseOptions(settingsOf(database, config))
}

function check(flag: string, database: string): void {
  const result = OPTIONS.database.schema.safeParse(database)
  if (result.success) return
  throw misused(
    `${flag} ${shown(database)} is not possible: ${result.error.issues[0]?.message}.`,
    `Write ${flag} sqlite:./data/scim.db or ${flag} postgres://USER:PASSWORD@HOST/DATABASE, for instance.`,
  )
}

/** One bar for each phase, when it begins. */
function twoBars(): { at(progress: CopyProgress): void; done(): void } {
  let bar: Progress | undefined
  let current: CopyProgress['phase'] | undefined
  return {
    at({ phase, done, total }) {
      if (phase !== current) {
        bar?.done()
        bar = showProgress(phase === 'copy' ? 'Copying rows' : 'Comparing rows', total)
        current = phase
      }
      bar?.at(done)
    },
    done() {
      bar?.done()
      bar = undefined
    },
  }
}

function explain(error: unknown, ends: Ends): unknown {
  if (error instanceof CopyRefused) return new Fault(error.message, nextStep(error.code, ends))
  if (error instanceof StoreUnusable) return new Fault(error.message, 'Nothing was copied.')
  if (error instanceof Error && 'code' in error)
    return new Fault(
      `The copy failed: ${error.message}.`,
      'The target is as empty as before: mend that, and copy again.',
    )
  return error
}

function nextStep(code: CopyRefused['code'], { from, to }: Ends): string {
  switch (code) {
    case 'source_missing':
      return 'Say with --from where the store is that is to be copied.'
    case 'source_outdated':
      return `Bring it up to date first: ${PROGRAM} migrate --database '${shown(from)}'`
    case 'target_outdated':
      return `Bring it up to date first: ${PROGRAM} migrate --database '${shown(to)}'`
    case 'target_used':
      return 'Name a database of its own, or another file, with --to.'
    case 'source_changing':
      return 'Stop the service, and copy again.'
    case 'positions_collide':
      return 'Copy with --new-positions if hosts may read their feeds anew: they are refused with feed_position_unknown once.'
    case 'copy_differs':
      return 'Nothing was kept of it. Look for triggers or rules on the tables of the target, and copy again.'
  }
}

/** Passwords stand in database addresses. */
function shown(database: string): string {
  return database.replace(/\/\/.*@/s, '//…@')
}
