import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { refuseKindly } from './cli/define.ts'
import { explain } from './cli/explain.ts'
import type { Fault } from './cli/fault.ts'
import { printable } from './cli/format.ts'
import { addActivity } from './commands/activity.ts'
import { addAdmin } from './commands/admin.ts'
import { addAudit } from './commands/audit.ts'
import { addBackup } from './commands/backup.ts'
import { addCompletion } from './commands/completion.ts'
import { addCopy } from './commands/copy.ts'
import { addDoctor } from './commands/doctor.ts'
import { addExplain } from './commands/explain.ts'
import { addGroup } from './commands/group.ts'
import { addGuide } from './commands/guide.ts'
import { addHealth } from './commands/health.ts'
import { addHistory } from './commands/history.ts'
import { addHold } from './commands/hold.ts'
import { addKey } from './commands/key.ts'
import { addMigrate } from './commands/migrate.ts'
import { addProblems } from './commands/problems.ts'
import { addRehearse } from './commands/rehearse.ts'
import { addServe } from './commands/serve.ts'
import { addSetupLink } from './commands/setupLink.ts'
import { addToken } from './commands/token.ts'
import { addUser } from './commands/user.ts'
import { addWorkspace } from './commands/workspace.ts'

/** The whole command line; documentation can be made from it. */
export function createProgram(): Command {
  const program = new Command('optimaite-scim')
    .description('SCIM 2.0 group provisioning: identity providers manage the groups of workspaces.')
    .version(versionOf(), '--version', 'print the version')
    .helpCommand(false)
  refuseKindly(program, '')
  addServe(program)
  addWorkspace(program)
  addUser(program)
  addAdmin(program)
  addToken(program)
  addSetupLink(program)
  addGuide(program)
  addKey(program)
  addGroup(program)
  addActivity(program)
  addExplain(program)
  addHistory(program)
  addProblems(program)
  addHold(program)
  addHealth(program)
  addAudit(program)
  addRehearse(program)
  addMigrate(program)
  addBackup(program)
  addCopy(program)
  addDoctor(program)
  addCompletion(program)
  return program
}

/** Runs one command line; answers the exit code. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    await createProgram().parseAsync(args, { from: 'user' })
    return 0
  } catch (error) {
    if (error instanceof CommanderError) return 0
    const fault = explain(error, undefined)
    process.stderr.write(args.includes('--json') ? faultAsJson(fault) : faultAsText(fault))
    return fault.exitCode
  }
}

function versionOf(): string {
  const file = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  return (JSON.parse(file) as { version: string }).version
}

/** Lines shown before the rest is counted. */
const DETAILS = 50

function faultAsText({ message, details, next }: Fault): string {
  const shown = details.slice(0, DETAILS).map((detail) => `  ${detail}`)
  const rest = details.length > DETAILS ? [`  … and ${(details.length - DETAILS).toLocaleString('en')} more`] : []
  const lines = [message, ...shown, ...rest, next].flatMap((text) => text.split('\n'))
  return lines.map((line) => `${printable(line)}\n`).join('')
}

function faultAsJson({ message, details, next }: Fault): string {
  return `${JSON.stringify({ error: { message, ...(details.length > 0 && { details }), next } })}\n`
}
