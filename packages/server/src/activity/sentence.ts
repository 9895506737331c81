import { styleText } from 'node:util'
import type { ActivityEntry, Scim } from '@optimaite/scim'
import { counted, printable, secondOf } from '../cli/format.ts'

/** What people call the group or person behind an id; the id itself where nobody knows. */
export type NameOf = (kind: 'group' | 'person', id: string) => Promise<string>

/** Looks names up in a workspace, each id once. */
export function namesIn(scim: Scim, slug: string): NameOf {
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
export async function sentenceOf(entry: ActivityEntry, name: NameOf): Promise<string> {
  const failed = entry.status >= 400
  const colour = entry.status >= 500 ? 'red' : failed ? 'yellow' : 'green'
  const outcome = styleText(colour, String(entry.status))
  const who = entry.token ?? 'a token that is gone'
  const times = entry.count > 1 ? ` (${entry.count.toLocaleString('en')} times, last ${secondOf(entry.lastAt)})` : ''
  const what = printable(`${who}: ${await whatOf(entry, name)}${times}`)
  const lines = [`${secondOf(entry.at)} ${outcome} ${entry.method.padEnd(6)} ${entry.route}  ${what}`]
  if (entry.detail !== null) lines.push(`  ${printable(entry.detail)}`)
  if (entry.fix !== null) lines.push(`  ${styleText('bold', 'Fix:')} ${entry.fix}`)
  if (entry.ignored.length > 0) lines.push(`  Passed over: ${printable(entry.ignored.join(', '))}`)
  if (failed) lines.push(styleText('dim', `  Reference: ${entry.id}`))
  return `${lines.join('\n')}\n`
}

async function whatOf(entry: ActivityEntry, name: NameOf): Promise<string> {
  const target = await targetOf(entry, name)
  if (entry.status >= 400) return target === undefined ? 'refused' : `refused, on ${target}`
  if (entry.lookup) return lookupText(entry.lookup)
  const done = entry.effect ? effectTexts(entry.effect) : []
  if (done.length > 0) return target === undefined ? done.join(', ') : `${target}: ${done.join(', ')}`
  if (entry.effect) return `${target === undefined ? '' : `${target}: `}nothing to change`
  return target === undefined ? 'read' : `read ${target}`
}

async function targetOf({ groupId, personId }: ActivityEntry, name: NameOf): Promise<string | undefined> {
  if (groupId !== null) return name('group', groupId)
  return personId === null ? undefined : name('person', personId)
}

function lookupText({ filter, found }: NonNullable<ActivityEntry['lookup']>): string {
  return `looked up ${filter ?? 'all'}, found ${found.toLocaleString('en')}`
}

function effectTexts(effect: NonNullable<ActivityEntry['effect']>): string[] {
  const texts: string[] = []
  if (effect.created) texts.push('created')
  if (effect.renamed) texts.push(`renamed from "${effect.renamed[0]}" to "${effect.renamed[1]}"`)
  if (effect.externalId) texts.push(`externalId ${effect.externalId[1] ?? 'cleared'}`)
  if (effect.added) texts.push(`${counted(effect.added, 'member')} added`)
  if (effect.removed) texts.push(`${counted(effect.removed, 'member')} removed`)
  if (effect.suspended !== undefined) texts.push(effect.suspended ? 'suspended' : 'active again')
  if (effect.attributes?.length) texts.push(`wrote ${effect.attributes.join(', ')}`)
  if (effect.deleted) texts.push('deleted')
  return texts
}

function quotedOr(id: string, displayName: string | undefined): string {
  return displayName === undefined ? id : `"${displayName}"`
}
