import { createInterface } from 'node:readline/promises'
import { Fault, misused } from './fault.ts'
import { say } from './output.ts'

/** Something that cannot be undone. */
export interface Irrevocable {
  /** What has to be repeated, such as the slug of the workspace that is to be deleted. */
  readonly word: string
  /** Of the word: `slug`. */
  readonly kind: string
  /** As in `Deleting a workspace`. */
  readonly doing: string
  /** What it takes along, in a sentence. */
  readonly warning: string
  /** The command that says it without being asked. */
  readonly again: string
}

/** Ends the command unless the word was repeated: by `--yes`, or on the terminal. */
export async function confirm({ word, kind, doing, warning, again }: Irrevocable, yes: unknown): Promise<void> {
  const next = `Repeat the ${kind}: ${again}`
  if (yes !== undefined) {
    if (yes === word) return
    throw misused(`--yes "${yes}" is not what was named, "${word}".`, next)
  }
  if (!process.stdin.isTTY) throw misused(`${doing} has to be confirmed, and there is nobody to ask.`, next)
  say(`${warning} It cannot be undone.`)
  const typed = await ask(`Type the ${kind} to go on: `)
  if (typed !== word) throw new Fault(`"${typed}" is not "${word}": nothing was done.`, next)
}

/** Ends the command unless what was shown is agreed to: by `--yes`, or on the terminal. */
export async function agree(doing: string, again: string, yes: boolean): Promise<void> {
  if (yes) return
  const next = `Say that it is meant: ${again}`
  if (!process.stdin.isTTY) throw misused(`${doing} has to be confirmed, and there is nobody to ask.`, next)
  const typed = await ask('Do it? (yes/no) ')
  if (!/^y(es)?$/i.test(typed)) throw new Fault('Nothing was done.', next)
}

/** Asks on the terminal; answers what was typed. */
async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return (await lines.question(question)).trim()
  } finally {
    lines.close()
  }
}
