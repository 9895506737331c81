import { styleText } from 'node:util'
import { activityText, type Scim } from '@optimaite/scim'
import { printable, secondOf } from '../cli/format.ts'
import type { ListedEntry } from '../cli/library.ts'

/** What people call the group or person behind an id; the id itself where nobody knows. */
export type NameOf = (kind: 'group' | 'person', id: string) => Promise<string>

/** Looks names up in a workspace, each id once. */
export function namesIn(scim: Pick<Scim, 'groups' | 'people'> | undefined, slug: string): NameOf {
  if (scim === undefined) return async (_, id) => id
  const known = new Map<string, Promise<string>>()
  const look = async (kind: 'group' | 'person', id: string): Promise<string> => {
    if (kind === 'group') return quotedOr(id, (await scim.groups.find(slug, id))?.displayName)
    return (await scim.people.find(slug, id))?.userName ?? id
  }
  return (kind, id) => {
    const name = known.get(id) ?? look(kind, id)
    known.set(id, name)
    return name
  }
}

/** An entry as a person reads it: a line, and for a failure why it failed and what to do. */
export async function sentenceOf(entry: ListedEntry, name: NameOf): Promise<string> {
  const failed = entry.status >= 400
  const colour = entry.status >= 500 ? 'red' : failed ? 'yellow' : 'green'
  const outcome = styleText(colour, String(entry.status))
  const times = entry.count > 1 ? ` (${entry.count.toLocaleString('en')} times, last ${secondOf(entry.lastAt)})` : ''
  const what = printable(`${entry.sentence?.en ?? activityText(entry, await targetOf(entry, name), 'en')}${times}`)
  const lines = [`${secondOf(entry.at)} ${outcome} ${entry.method.padEnd(6)} ${entry.route}  ${what}`]
  if (entry.detail !== null) lines.push(`  ${printable(entry.detail)}`)
  if (entry.fix !== null) lines.push(`  ${styleText('bold', 'Fix:')} ${entry.fix}`)
  if (entry.ignored.length > 0) lines.push(`  Passed over: ${printable(entry.ignored.join(', '))}`)
  if (failed) lines.push(styleText('dim', `  Reference: ${entry.id}`))
  return `${lines.join('\n')}\n`
}

async function targetOf({ groupId, personId }: ListedEntry, name: NameOf): Promise<string | undefined> {
  if (groupId !== null) return name('group', groupId)
  return personId === null ? undefined : name('person', personId)
}

function quotedOr(id: string, displayName: string | undefined): string {
  return displayName === undefined ? id : `"${displayName}"`
}
