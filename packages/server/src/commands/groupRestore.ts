import type { Restored } from '@optimaite/scim'
import { agree } from '../cli/confirm.ts'
import type { Options } from '../cli/define.ts'
import { readPast } from '../cli/duration.ts'
import { counted, printable, secondOf } from '../cli/format.ts'
import { type Invocation, placeHint } from '../cli/invocation.ts'
import { type Restoration, withLibrary } from '../cli/library.ts'
import { PROGRAM } from '../cli/name.ts'
import { print, printJson, say } from '../cli/output.ts'
import { quoted } from '../cli/quoted.ts'
import { table } from '../cli/table.ts'

/** `group restore`: the members of a moment, as one change; first what that would do. */
export async function restoreGroup(
  invocation: Invocation,
  [slug = '', name = '']: readonly string[],
  { at, yes }: Options,
): Promise<void> {
  const moment = readPast('--at', String(at))
  const again = `${PROGRAM} group restore ${slug} ${quoted(name)} --at ${quoted(String(at))} --yes${placeHint(invocation)}`
  await withLibrary(invocation, async ({ history }) => {
    const preview = await history.previewRestore(slug, name, moment)
    if (!invocation.json) print(previewText(preview))
    if (isNothing(preview)) return show(invocation, preview, null)
    if (yes !== true && invocation.json) printJson({ ...preview, restored: null })
    await agree('Restoring members', again, yes === true)
    show(invocation, preview, await history.restore(slug, preview))
  })
}

function show({ json }: Invocation, preview: Restoration, restored: Restored | null): void {
  if (json) printJson({ ...preview, restored })
  else if (restored === null) say('There is nothing to do.')
  else {
    const sum = `${restored.added.toLocaleString('en')} added, ${restored.removed.toLocaleString('en')} removed`
    print(`Restored "${printable(preview.group.displayName)}" as one change: ${sum}.\n`)
    say('The provider is not told, and its next push wins: put right what it assigns, too.')
  }
}

function previewText({ group, at, added, removed, missing }: Restoration): string {
  const kinds = [
    ['add', added],
    ['remove', removed],
    ['not there any more', missing],
  ] as const
  const rows = kinds.flatMap(([kind, { count, people }]) => [
    ...people.map(({ id, displayName }) => [kind, id, displayName ?? '–']),
    ...(count > people.length ? [[kind, '…', `and ${counted(count - people.length, 'other')}`]] : []),
  ])
  const head = rows.length === 0 ? '' : `${table(['WHAT', 'ID', 'NAME'], rows)}\n`
  const gone = missing.count === 0 ? '' : `, and ${counted(missing.count, 'member')} of then not there any more`
  const sum = `${added.count.toLocaleString('en')} to add, ${removed.count.toLocaleString('en')} to remove`
  return `${head}"${printable(group.displayName)}" (${group.id}) as at ${secondOf(at)}: ${sum}${gone}\n`
}

function isNothing({ added, removed }: Restoration): boolean {
  return added.count + removed.count === 0
}
