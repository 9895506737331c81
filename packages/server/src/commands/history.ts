import { type HistoryEntry, HistoryRefused, type Scim } from '@optimaite/scim'
import type { Command } from 'commander'
import { define, type Options } from '../cli/define.ts'
import { Fault } from '../cli/fault.ts'
import { counted } from '../cli/format.ts'
import { databaseHint, type Invocation, withScim } from '../cli/invocation.ts'
import { PROGRAM } from '../cli/name.ts'
import { print, printJson, say } from '../cli/output.ts'
import { whole } from '../cli/values.ts'
import { changeText } from '../history/changeText.ts'

const SHOWN = 50
const PAGE = 1_000

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
    action: history,
  })
}

async function history(invocation: Invocation, [slug = '', name = '']: readonly string[], options: Options) {
  const limit = whole('--limit', options.limit, 1, 100_000) ?? SHOWN
  const found = await withScim(invocation, async (scim) => {
    const group = options.person === true ? undefined : await readAll('group', limit, groupPages(scim, slug, name))
    return group ?? (await readAll('person', limit, personPages(scim, slug, name)))
  })
  const hint = databaseHint(invocation.config)
  if (!found) {
    const lists = `"${PROGRAM} group list ${slug}${hint}" and "${PROGRAM} user list ${slug}${hint}"`
    throw new Fault(`There is and was no group or person "${name}" in "${slug}".`, `${lists} show those there are.`)
  }
  if (invocation.json) return printJson(found)
  if (found.entries.length === 0) return say(`Nothing has happened to ${found.displayName ?? found.id} yet.`)
  print(found.entries.map(changeText).join(''))
  if (found.more) say(`Older ones: add --limit, which is ${counted(limit, 'entry', 'entries')} now.`)
}

interface Page {
  readonly subject: { readonly id: string; readonly displayName: string | null }
  readonly entries: readonly HistoryEntry[]
  readonly next: number | undefined
}

type Pages = (query: { readonly after: number | undefined; readonly limit: number }) => Promise<Page>

function groupPages(scim: Scim, slug: string, name: string): Pages {
  return async (query) => {
    const { group, entries, next } = await scim.history.ofGroup(slug, name, query)
    return { subject: group, entries, next }
  }
}

function personPages(scim: Scim, slug: string, name: string): Pages {
  return async (query) => {
    const { person, entries, next } = await scim.history.ofPerson(slug, name, query)
    return { subject: person, entries, next }
  }
}

/** The newest entries, the oldest of them first; nothing where the name stands for nobody of this kind. */
async function readAll(kind: Found['kind'], limit: number, pages: Pages): Promise<Found | undefined> {
  const entries: HistoryEntry[] = []
  try {
    let after: number | undefined
    for (;;) {
      const page = await pages({ after, limit: Math.min(PAGE, limit - entries.length) })
      for (const entry of page.entries) entries.push(entry)
      after = page.next
      if (after !== undefined && entries.length < limit) continue
      const { id, displayName } = page.subject
      return { kind, id, displayName, entries: entries.reverse(), more: after !== undefined }
    }
  } catch (error) {
    if (error instanceof HistoryRefused) return undefined
    throw error
  }
}
