import type { Command } from 'commander'
import { backUp } from '../backup/backUp.ts'
import { define, type Options } from '../cli/define.ts'
import { misused } from '../cli/fault.ts'
import { counted } from '../cli/format.ts'
import { type Invocation, requireDatabase } from '../cli/invocation.ts'
import { print, printJson, say } from '../cli/output.ts'
import { type DatabaseSettings, databaseFile, databaseLocation, isPostgres } from '../database.ts'

/** Adds `backup`. */
export function addBackup(program: Command): void {
  define(program, {
    usage: 'backup <file>',
    description:
      'copy the embedded store itself to a file while the service goes on, and check the copy; of PostgreSQL make a dump',
    options: [['--force', 'replace the file if it is there']],
    action: backup,
  })
}

async function backup(invocation: Invocation, [target = '']: readonly string[], { force }: Options): Promise<void> {
  const { config, json } = invocation
  if (isPostgres(config)) throw notOurs(config)
  await requireDatabase(config)
  const made = await backUp(databaseFile(config), target, { force: force === true, prefix: config.tablePrefix })
  if (json) return printJson(made)
  const { rows } = made
  const held = [counted(rows.workspaces ?? 0, 'workspace'), counted(rows.groups ?? 0, 'group')]
  print(`${made.file}: ${counted(made.bytes, 'byte')}, ${held.join(', ')}; read back and whole.\n`)
  say(`To restore it: stop the service, put it in the place of ${made.database}, remove the files beside that end in`)
  say('-wal and -shm, and start the service.')
}

function notOurs(config: DatabaseSettings): Error {
  const schema = config.tableSchema === undefined ? '' : ` --schema=${config.tableSchema}`
  return misused(
    `Backups of ${databaseLocation(config)} are made by PostgreSQL itself.`,
    `Use pg_dump --format=custom${schema} --file=scim.dump "$DATABASE_URL", or base backups with an archive of the write-ahead log.`,
  )
}
