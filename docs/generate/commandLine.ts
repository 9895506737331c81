import { type Command, Option } from 'commander'
import { PROGRAM } from '../../packages/server/src/cli/name.ts'
import { REMOTE } from '../../packages/server/src/cli/remote/call.ts'
import { createProgram } from '../../packages/server/src/program.ts'
import { code, type Page, page, prose, table } from './markdown.ts'

const INTRO = `Every command works beside a running server, on the same store. Those marked below work on a service elsewhere as well: with \`--url\`
and an API key they ask its admin API, as far as the key's scopes reach. Results go to stdout, everything else to stderr. A command that
succeeds ends with 0, one that was used wrongly with 2, any other failure with 1; each failure says what to do next.`

/** Options that every command has, told once. */
const COMMON = ['--database', '--config', '--json', '--help']
/** Those of commands that work anywhere, by their long names. */
const ANYWHERE = REMOTE.map(([flags]) => new Option(flags).long ?? '')

/** `reference/command-line.md`: every command, from the program itself. */
export function commandLinePage(): Page {
  const leaves = commandsBelow(createProgram(), [])
  const overview = table(
    ['Command', 'What it does', '`--url`'],
    leaves.map(({ words, command }) => [
      `[${words.join(' ')}](#${words.join('-')})`,
      prose(command.description()),
      isAnywhere(command) ? '✓' : '',
    ]),
  )
  const [first] = leaves
  const common = (first?.command.options ?? []).filter(({ long }) => COMMON.includes(long ?? ''))
  return page(
    'reference/command-line.md',
    'Command line',
    INTRO,
    overview,
    '## Every command takes',
    optionsTable(common),
    '## On a service elsewhere',
    optionsTable(leaves.find(({ command }) => isAnywhere(command))?.command.options.filter(isRemote) ?? []),
    ...leaves.map(section),
  )
}

interface Leaf {
  readonly words: readonly string[]
  readonly command: Command
}

function commandsBelow(parent: Command, words: readonly string[]): Leaf[] {
  return parent.commands.flatMap((command) => {
    const path = [...words, command.name()]
    return command.commands.length > 0 ? commandsBelow(command, path) : [{ words: path, command }]
  })
}

function isAnywhere({ options }: Command): boolean {
  return ANYWHERE.every((flag) => options.some(({ long }) => long === flag))
}

function isRemote({ long }: Option): boolean {
  return ANYWHERE.includes(long ?? '')
}

function section({ words, command }: Leaf): string {
  const args = command.registeredArguments.map((argument) => {
    const name = argument.name() + (argument.variadic ? '...' : '')
    return argument.required ? `<${name}>` : `[${name}]`
  })
  const told = isAnywhere(command) ? [...COMMON, ...ANYWHERE] : COMMON
  const own = command.options.filter(({ long }) => !told.includes(long ?? ''))
  const description = prose(command.description())
  return [
    `## ${words.join(' ')} {#${words.join('-')}}`,
    `${description.charAt(0).toUpperCase()}${description.slice(1)}.`,
    `\`\`\`text\n${[PROGRAM, ...words, ...args].join(' ')}\n\`\`\``,
    ...(own.length > 0 ? [optionsTable(own)] : []),
  ].join('\n\n')
}

function optionsTable(options: readonly Option[]): string {
  return table(
    ['Option', 'Meaning'],
    options.map(({ flags, description, mandatory }) => [
      code(flags),
      prose(description) + (mandatory ? ' (needed)' : ''),
    ]),
  )
}
