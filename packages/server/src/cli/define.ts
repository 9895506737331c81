import { type Command, CommanderError } from 'commander'
import { type Config, type Flags, readConfig } from '../config.ts'
import { OPTIONS, type OptionName } from '../options.ts'
import { explain } from './explain.ts'
import { misused } from './fault.ts'
import type { Invocation } from './invocation.ts'
import { PROGRAM } from './name.ts'
import { REMOTE, remoteOf } from './remote/call.ts'

/** Settings of every command: which store it works on. */
const STORE: readonly OptionName[] = ['database', 'tablePrefix', 'tableSchema']

/** Values of a command's own options, as commander read them. */
export type Options = Readonly<Record<string, unknown>>

/** What a command is, and what it does. */
export interface Definition<O extends Options = Options> {
  /** As in `issue <workspace>`. */
  readonly usage: string
  readonly description: string
  /** Flags and description of each option of its own. */
  readonly options?: readonly (readonly [flags: string, description: string])[]
  /** Those of its options without which it cannot work. */
  readonly required?: readonly (readonly [flags: string, description: string])[]
  /** Whether it works on a service elsewhere as well; the others are about this machine and its store. */
  readonly anywhere?: boolean
  /** Settings that it takes besides those of the store. */
  readonly settings?: readonly OptionName[]
  readonly action: (invocation: Invocation, args: readonly string[], options: O) => Promise<void>
}

/** Adds a command that takes the options which every one has, and whose every error is a problem and a next step. */
export function define<O extends Options>(parent: Command, definition: Definition<O>): Command {
  const command = parent.command(definition.usage).description(definition.description)
  for (const [flags, description] of definition.required ?? []) command.requiredOption(flags, description)
  for (const [flags, description] of definition.options ?? []) command.option(flags, description)
  if (definition.anywhere) for (const [flags, description] of REMOTE) command.option(flags, description)
  else command.addHelpText('after', '\nIt works on this machine and its store, not on a service elsewhere.')
  for (const name of new Set<OptionName>([...(definition.settings ?? []), ...STORE])) addSetting(command, name)
  command.option('--config <file>', 'config file (default: optimaite-scim.config.json, where there is one)')
  command.option('--json', 'print the result as JSON')
  refuseKindly(command, definition.usage.split(' ')[0] ?? '')
  return command.action(() => perform(definition, command.processedArgs.flat() as string[], command.opts()))
}

/** Adds a command that only holds others. */
export function group(parent: Command, name: string, description: string): Command {
  const command = parent.command(name).description(description).helpCommand(false)
  refuseKindly(command, name)
  return command
}

/** Errors in how a command was typed end as all others do. Asking for help is none. */
export function refuseKindly(command: Command, name: string): void {
  const path = command.parent?.parent ? `${command.parent.name()} ${name}` : name
  const call = path === '' ? PROGRAM : `${PROGRAM} ${path}`
  command.configureOutput({ outputError: () => {} }).exitOverride((error: CommanderError) => {
    if (error.exitCode === 0) throw error
    const problem = error.code === 'commander.help' ? 'A command is missing.' : problemOf(error)
    throw misused(problem, `"${call} --help" says how it is used.`)
  })
}

async function perform<O extends Options>(definition: Definition<O>, args: readonly string[], options: O) {
  let config: Config | undefined
  try {
    config = readConfig(options as Flags)
    const remote = definition.anywhere ? remoteOf(options) : undefined
    await definition.action({ config, json: options.json === true, remote }, args, options)
  } catch (error) {
    throw error instanceof CommanderError ? error : explain(error, config)
  }
}

function addSetting(command: Command, name: OptionName): void {
  const { flags, env, description, fallback } = OPTIONS[name]
  const shown = fallback === undefined || Array.isArray(fallback) ? '' : ` (default: ${fallback})`
  command.option(flags, `${description}${shown}; also ${env}`)
}

function problemOf({ message }: CommanderError): string {
  const text = message.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' ')
  const whole = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?)]$/.test(whole) ? whole : `${whole}.`
}
