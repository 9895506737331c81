import { readMigrationStatus } from '@optimaite/scim'
import type { Command } from 'commander'
import { define, type Options } from '../cli/define.ts'
import { counted } from '../cli/format.ts'
import { databaseHint, type Invocation, requireDatabase, withScim } from '../cli/invocation.ts'
import { PROGRAM } from '../cli/name.ts'
import { print, printJson } from '../cli/output.ts'
import { databaseLocation, databaseOptions } from '../database.ts'
import { distribute, layoutText } from './distribute.ts'

/** Adds `migrate`. */
export function addMigrate(program: Command): void {
  define(program, {
    usage: 'migrate',
    description: 'bring the tables of the store itself up to date; serve does it by itself',
    options: [
      ['--status', 'only say how far they are, and how they are laid out'],
      [
        '--distribute <engine>',
        'distribute them by workspace, with all that is in them: citus; stop the service first',
      ],
    ],
    action: migrate,
  })
}

async function migrate(invocation: Invocation, _: readonly string[], options: Options): Promise<void> {
  if (options.distribute !== undefined) return distribute(invocation, String(options.distribute))
  const { config } = invocation
  const asks = options.status
  const location = databaseLocation(config)
  if (asks === true) await requireDatabase(config)
  // Opening the store brings it up to date.
  else await withScim(invocation, async () => {}, { create: true })
  const status = await readMigrationStatus(config.database, databaseOptions(config))
  const { version, newest, readableFrom, pending, distribution } = status
  if (invocation.json) return printJson({ database: location, version, newest, readableFrom, pending, distribution })
  if (distribution) print(`${layoutText(distribution)}\n`)
  if (pending.length === 0) return print(`${location} is up to date, at step ${version} of ${newest}.\n`)
  const migrateNow = `${PROGRAM} migrate${databaseHint(invocation.config)}`
  print(
    `${location} is at step ${version} of ${newest}; ${counted(pending.length, 'step')} to do: ${pending.join(', ')}.\n`,
  )
  print(`Do them with: ${migrateNow}\n`)
}
