import type { Reconciliation } from '@optimaite/scim'
import type { Options } from '../cli/define.ts'
import { counted } from '../cli/format.ts'
import { type Invocation, placeHint } from '../cli/invocation.ts'
import { existingWorkspace, withLibrary } from '../cli/library.ts'
import { PROGRAM } from '../cli/name.ts'
import { print, printJson, say } from '../cli/output.ts'
import { quoted } from '../cli/quoted.ts'
import { table } from '../cli/table.ts'
import { peopleIn, rowsRefused } from './userImport.ts'

/** People of each kind that a preview names. */
const NAMED = 50

/** `user reconcile`: the accounts are those of a file; first what that would do, then, with its key, the change. */
export async function reconcileUsers(
  invocation: Invocation,
  [slug = '', file = '']: readonly string[],
  { confirm }: Options,
): Promise<void> {
  const key = confirm === undefined ? undefined : String(confirm)
  const reconciled = await withLibrary(invocation, async (library) => {
    await existingWorkspace(library, slug)
    const { people, places } = await peopleIn(file)
    return library.people.reconcile(slug, people, key).catch((error: unknown) => {
      throw rowsRefused(error, places)
    })
  })
  if (invocation.json) return printJson(reconciled)
  print(text(reconciled))
  if (reconciled.done) return
  if (isNothing(reconciled)) return say('There is nothing to do.')
  const again = `${PROGRAM} user reconcile ${slug} ${quoted(file)} --confirm ${reconciled.key}${placeHint(invocation)}`
  say(`Nothing was changed. To do it, with the same people: ${again}`)
}

function text({ add, change, remove, unchanged, done }: Reconciliation): string {
  const kinds = [
    [done ? 'added' : 'add', add],
    [done ? 'changed' : 'change', change],
    [done ? 'removed' : 'remove', remove],
  ] as const
  const rows = kinds.flatMap(([kind, people]) => [
    ...people.slice(0, NAMED).map(({ id, userName }) => [kind, id ?? 'a new id', userName]),
    ...(people.length > NAMED ? [[kind, '…', `and ${counted(people.length - NAMED, 'other')}`]] : []),
  ])
  const sums = kinds.map(([kind, people]) => `${kind} ${people.length.toLocaleString('en')}`)
  const head = rows.length === 0 ? '' : `${table(['WHAT', 'ID', 'USER NAME'], rows)}\n`
  return `${head}${sums.join(', ')}, ${unchanged.toLocaleString('en')} as before\n`
}

function isNothing({ add, change, remove }: Reconciliation): boolean {
  return add.length + change.length + remove.length === 0
}
