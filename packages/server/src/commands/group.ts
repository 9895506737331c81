import type { Group, Member } from '@optimaite/scim'
import type { Command } from 'commander'
import { define, group as holder, type Options } from '../cli/define.ts'
import { Fault } from '../cli/fault.ts'
import { counted, minuteOf, printable } from '../cli/format.ts'
import { type Invocation, placeHint } from '../cli/invocation.ts'
import { withLibrary } from '../cli/library.ts'
import { PROGRAM } from '../cli/name.ts'
import { print, printJson, say } from '../cli/output.ts'
import { properties, table } from '../cli/table.ts'
import { restoreGroup } from './groupRestore.ts'

/** Members shown to a person who did not ask for all of them. */
const SHOWN = 100

/** Adds `group list|show|release|restore`. */
export function addGroup(program: Command): void {
  const group = holder(program, 'group', 'look at the groups of a workspace, release them, and bring members back')
  define(group, {
    usage: 'list <workspace>',
    description: 'list the groups of a workspace, in the order of their names',
    anywhere: true,
    action: list,
  })
  define(group, {
    usage: 'show <workspace> <group>',
    description: 'show a group, named by name or id, and its members',
    options: [['--all', `every member, rather than the first ${SHOWN}; --json always has all`]],
    anywhere: true,
    action: show,
  })
  define(group, {
    usage: 'release <workspace> <group>',
    description: 'let the host and admins write to a group that a provider manages, until the provider writes again',
    anywhere: true,
    action: release,
  })
  define(group, {
    usage: 'restore <workspace> <group>',
    description: 'bring back the members that a group had at a moment, as one change; first shows what that would do',
    required: [['--at <when>', 'the moment: 2026-01-31T12:00Z, or so long ago as 12h, 7d']],
    options: [['--yes', 'do it without asking']],
    anywhere: true,
    action: restoreGroup,
  })
}

async function list(invocation: Invocation, [slug = '']: readonly string[]): Promise<void> {
  const groups = await withLibrary(invocation, ({ groups }) => groups.list(slug))
  if (invocation.json) return printJson(groups)
  if (groups.length === 0) {
    const hint = placeHint(invocation)
    return say(`No group yet; the provider makes them. See what it has asked for: ${PROGRAM} activity ${slug}${hint}`)
  }
  print(
    table(
      ['ID', 'MEMBERS', 'CHANGED', 'NAME'],
      groups.map(({ id, memberCount, updatedAt, displayName }) => [
        id,
        memberCount.toLocaleString('en'),
        minuteOf(updatedAt),
        displayName,
      ]),
    ),
  )
}

async function show(invocation: Invocation, [slug = '', reference = '']: readonly string[], { all }: Options) {
  const everyone = invocation.json || all === true
  const { group, members } = await withLibrary(invocation, async ({ groups }) => {
    const group = await groups.find(slug, reference)
    if (!group) throw unknown(slug, reference, invocation)
    return { group, members: await groups.members(slug, group.id, everyone ? Number.POSITIVE_INFINITY : SHOWN) }
  })
  if (invocation.json) return printJson({ ...group, members })
  print(groupText(group))
  if (members.length > 0) print(`\n${membersText(members)}`)
  const rest = group.memberCount - members.length
  if (rest > 0) say(`… and ${counted(rest, 'more member')}: add --all to see everyone.`)
}

async function release(invocation: Invocation, [slug = '', reference = '']: readonly string[]): Promise<void> {
  const { before, after } = await withLibrary(invocation, async ({ groups }) => {
    const before = await groups.find(slug, reference)
    if (!before) throw unknown(slug, reference, invocation)
    return { before, after: await groups.release(slug, before.id) }
  })
  if (invocation.json) return printJson({ ...after, released: before.managed })
  if (!before.managed) return print(`"${printable(after.displayName)}" (${after.id}) is not managed by a provider.\n`)
  print(`Released "${printable(after.displayName)}" (${after.id}): the host application and admins may write to it.\n`)
  say('The next write of a provider takes it back: unassign the group there first, if it is to stay released.')
}

function groupText(group: Group): string {
  return properties([
    ['Name', group.displayName],
    ['Id', group.id],
    ['External id', group.externalId ?? '–'],
    ['Members', group.memberCount.toLocaleString('en')],
    ['Managed by', group.managed ? 'the provider' : 'Optimaite'],
    ['Version', String(group.version)],
    ['Created', minuteOf(group.createdAt)],
    ['Changed', minuteOf(group.updatedAt)],
  ])
}

function membersText(members: readonly Member[]): string {
  return table(
    ['ID', 'STATE', 'NAME'],
    members.map(({ id, state, displayName }) => [id, state, displayName ?? '–']),
  )
}

function unknown(slug: string, reference: string, invocation: Invocation): Fault {
  const next = `"${PROGRAM} group list ${slug}${placeHint(invocation)}" shows the groups there are.`
  return new Fault(`There is no group "${reference}" in "${slug}".`, next)
}
