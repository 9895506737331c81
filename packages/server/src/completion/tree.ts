import { PROVIDERS, SCOPES } from '@optimaite/scim'
import type { Command } from 'commander'
import { LOG_LEVELS } from '../options.ts'
import { sessionNames } from '../rehearse/sessions.ts'

/** What may come next after the words of a command: its own commands or arguments, and its options. */
export interface Node {
  /** The words that lead here, such as `token issue`; empty at the top. */
  readonly path: string
  readonly commands: readonly string[]
  readonly words: readonly string[]
  readonly options: readonly OptionWords[]
}

export interface OptionWords {
  readonly flag: string
  readonly takesValue: boolean
  /** The values that it may have; none where any text or a file is possible. */
  readonly values: readonly string[]
}

/** Shells that completion is written for. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof SHELLS)[number]

/** Values of options that are one of a few words. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  '--provider': PROVIDERS,
  '--scopes': SCOPES,
  '--log-level': LOG_LEVELS,
  '--scim': ['on', 'off'],
  '--unknown-members': ['record', 'reject'],
  '--unknown-users': ['refuse', 'pending'],
  '--suspended': ['apply', 'ignore'],
  '--language': ['en', 'de'],
}

/** Arguments that are one of a few words, by the path of their command. */
function argumentWords(path: string): readonly string[] {
  if (path === 'guide') return PROVIDERS
  if (path === 'rehearse') return [...sessionNames(), 'all']
  return path === 'completion' ? SHELLS : []
}

/** Every command of a program, the top first. */
export function treeOf(command: Command, path = ''): Node[] {
  const options = command.options.flatMap(({ long, required, optional }) =>
    long ? [{ flag: long, takesValue: required || optional, values: VALUES[long] ?? [] }] : [],
  )
  const inner = command.commands.map((child) => child.name())
  const node: Node = {
    path,
    commands: inner,
    words: [...inner, ...argumentWords(path)],
    options: [...options, { flag: '--help', takesValue: false, values: [] }],
  }
  const below = command.commands.flatMap((child) =>
    treeOf(child, path === '' ? child.name() : `${path} ${child.name()}`),
  )
  return [node, ...below]
}
