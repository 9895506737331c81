import type { Command, Option } from 'commander'
import { PROGRAM } from '../../packages/server/src/cli/name.ts'
import { createProgram } from '../../packages/server/src/program.ts'
import { code, type Page, page, prose, table } from './markdown.ts'

const INTRO = `Every command works beside a running server, on the same store. Results go to stdout, everything else to stderr. A command that
succeeds ends with 0, one that was used wrongly with 2, any other failure with 1; each failure says what to do next.`

/** Options that every command has, told once. */
const COMMON = ['--database', '--config', '--json', '--help']

/** `reference/command-line.md`: every command, from the program itself. */
export function commandLinePage(): Page {
  const leaves = commandsBelow(createProgram(), [])
  const overview = table(
    ['Command', 'What it does'],
    leaves.map(({ words, command }) => [`[${words.join(' ')}](#${words.join('-')})`, prose(command.description())]),
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

function section({ words, command }: Leaf): string {
  const args = command.registeredArguments.map((argument) => {
    const name = argument.name() + (argument.variadic ? '...' : '')
    return argument.required ? `<${name}>` : `[${name}]`
  })
  const own = command.options.filter(({ long }) => !COMMON.includes(long ?? ''))
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
