import { styleText } from 'node:util'
import type { HistoryEntry, HistoryPerson } from '@optimaite/scim'
import { counted, printable, secondOf } from '../cli/format.ts'

/** What each kind of change says; the people that it is about follow. */
const SAYS: Readonly<Record<HistoryEntry['kind'], string>> = {
  group_created: 'created',
  group_renamed: 'renamed',
  group_external_id_changed: 'external id changed',
  group_deleted: 'deleted',
  members_added: 'added',
  members_removed: 'removed',
  members_resolved: 'an account came to stand behind',
  person_suspended: 'suspended',
  person_resumed: 'active again',
  person_claimed: 'claimed by an account',
  person_removed: 'account removed',
  group_released: 'released by an admin',
  suspension_policy_changed: 'the effect of suspension changed',
  unresolved_dismissed: 'put aside as a problem',
}

/** A change as a person reads it: when, of which group, what, by whom, in which request. */
export function changeText(entry: HistoryEntry): string {
  const { at, group, kind, actor, request, operation } = entry
  const what = [SAYS[kind], detailsText(entry), peopleText(entry)].filter((text) => text !== '').join(' ')
  const place = group === null ? '' : `"${group.displayName}": `
  const step = operation === null ? '' : `operation ${operation} of `
  const reference = request === null ? '' : styleText('dim', `  ${step}${request}`)
  return `${secondOf(at)} ${printable(`${place}${what}, by ${actorText(actor)}`)}${reference}\n`
}

function actorText({ kind, label }: HistoryEntry['actor']): string {
  return kind === 'token' ? `the token "${label}"` : label
}

function detailsText({ details }: HistoryEntry): string {
  const from = details?.from
  const to = details?.to
  if (from === undefined && to === undefined) return ''
  return `from ${quoted(from)} to ${quoted(to)}`
}

function quoted(text: string | null | undefined): string {
  return text === null || text === undefined ? 'none' : `"${text}"`
}

function peopleText({ people, peopleCount }: HistoryEntry): string {
  if (peopleCount === 0) return ''
  const rest = peopleCount - people.length
  return people.map(nameOf).join(', ') + (rest > 0 ? ` and ${counted(rest, 'other')}` : '')
}

function nameOf({ id, displayName }: HistoryPerson): string {
  return displayName ?? id
}
