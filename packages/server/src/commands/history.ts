import { type HistoryEntry, HistoryRefused } from '@optimaite/scim'
import type { Command } from 'commander'
import { define, type Options } from '../cli/define.ts'
import { Fault } from '../cli/fault.ts'
import { counted } from '../cli/format.ts'
import { type Invocation, placeHint } from '../cli/invocation.ts'
import { type Past, withLibrary } from '../cli/library.ts'
import { PROGRAM } from '../cli/name.ts'
import { print, printJson, say } from '../cli/output.ts'
import { whole } from '../cli/values.ts'
import { changeText } from '../history/changeText.ts'

const SHOWN = 50

/** What was found by the name that was given. */
interface Found {
  readonly kind: 'group' | 'person'
  readonly id: string
  readonly displayName: string | null
  readonly entries: readonly HistoryEntry[]
  /** Whether there are older entries. */
  readonly more: boolean
}

/** Adds `history`. */
export function addHistory(program: Command): void {
  define(program, {
    usage: 'history <workspace> <group-or-person>',
    description: 'show what happened to a group or a person, there or gone, the newest last',
    options: [
      ['--person', 'it is a person, where a group has the same name'],
      ['--limit <number>', `how many of the newest entries (default: ${SHOWN})`],
    ],
    anywhere: true,
    action: history,
  })
}

async function history(invocation: Invocation, [slug = '', name = '']: readonly string[], options: Options) {
  const limit = whole('--limit', options.limit, 1, 100_000) ?? SHOWN
  const found = await withLibrary(invocation, async ({ history }) => {
    const group = options.person === true ? undefined : await readAll('group', history.ofGroup(slug, name, limit))
    return group ?? (await readAll('person', history.ofPerson(slug, name, limit)))
  })
  const hint = placeHint(invocation)
  if (!found) {
    const lists = `"${PROGRAM} group list ${slug}${hint}" and "${PROGRAM} user list ${slug}${hint}"`
    throw new Fault(`There is and was no group or person "${name}" in "${slug}".`, `${lists} show those there are.`)
  }
  if (invocation.json) return printJson(found)
  if (found.entries.length === 0) return say(`Nothing has happened to ${found.displayName ?? found.id} yet.`)
  print(found.entries.map(changeText).join(''))
  if (found.more) say(`Older ones: add --limit, which is ${counted(limit, 'entry', 'entries')} now.`)
}

/** The newest entries, the oldest of them first; nothing where the name stands for nobody of this kind. */
async function readAll(kind: Found['kind'], asked: Promise<Past>): Promise<Found | undefined> {
  try {
    const { subject, entries, more } = await asked
    const { id, displayName } = subject
    return { kind, id, displayName, entries: entries.toReversed(), more }
  } catch (error) {
    if (error instanceof HistoryRefused) return undefined
    throw error
  }
}
