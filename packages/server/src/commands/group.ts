import type { Group, Member, Scim } from '@optimaite/scim'
import type { Command } from 'commander'
import { define, group as holder, type Options } from '../cli/define.ts'
import { Fault } from '../cli/fault.ts'
import { counted, minuteOf, printable } from '../cli/format.ts'
import { databaseHint, type Invocation, withScim } from '../cli/invocation.ts'
import { PROGRAM } from '../cli/name.ts'
import { print, printJson, say } from '../cli/output.ts'
import { allPages, PAGE } from '../cli/pages.ts'
import { properties, table } from '../cli/table.ts'
import { whoTypes } from '../cli/whoTypes.ts'

/** Members shown to a person who did not ask for all of them. */
const SHOWN = 100

/** Adds `group list|show|release`. */
export function addGroup(program: Command): void {
  const group = holder(program, 'group', 'look at the groups of a workspace, and release them')
  define(group, { usage: 'list <workspace>', description: 'list the groups of a workspace', action: list })
  define(group, {
    usage: 'show <workspace> <group>',
    description: 'show a group, named by name or id, and its members',
    options: [['--all', `every member, rather than the first ${SHOWN}; --json always has all`]],
    action: show,
  })
  define(group, {
    usage: 'release <workspace> <group>',
    description: 'let the host and admins write to a group that a provider manages, until the provider writes again',
    action: release,
  })
}

async function list(invocation: Invocation, [slug = '']: readonly string[]): Promise<void> {
  const groups = await withScim(invocation, (scim) =>
    allPages((after) => scim.groups.list(slug, { ...after, limit: PAGE })),
  )
  if (invocation.json) return printJson(groups)
  if (groups.length === 0) {
    const hint = databaseHint(invocation.config)
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
  const { group, members } = await withScim(invocation, async (scim) => {
    const group = await scim.groups.find(slug, reference)
    if (!group) throw unknown(slug, reference, invocation)
    return { group, members: await membersOf(scim, slug, group.id, everyone ? Number.POSITIVE_INFINITY : SHOWN) }
  })
  if (invocation.json) return printJson({ ...group, members })
  print(groupText(group))
  if (members.length > 0) print(`\n${membersText(members)}`)
  const rest = group.memberCount - members.length
  if (rest > 0) say(`… and ${counted(rest, 'more member')}: add --all to see everyone.`)
}

async function release(invocation: Invocation, [slug = '', reference = '']: readonly string[]): Promise<void> {
  const { before, after } = await withScim(invocation, async (scim) => {
    const before = await scim.groups.find(slug, reference)
    if (!before) throw unknown(slug, reference, invocation)
    return { before, after: await scim.groups.release(slug, before.id, { admin: whoTypes() }) }
  })
  if (invocation.json) return printJson({ ...after, released: before.managed })
  if (!before.managed) return print(`"${printable(after.displayName)}" (${after.id}) is not managed by a provider.\n`)
  print(`Released "${printable(after.displayName)}" (${after.id}): the host application and admins may write to it.\n`)
  say('The next write of a provider takes it back: unassign the group there first, if it is to stay released.')
}

async function membersOf(scim: Scim, slug: string, id: string, most: number): Promise<Member[]> {
  const found: Member[] = []
  let after: number | undefined
  do {
    const limit = Math.min(PAGE, most - found.length)
    const page = await scim.groups.membersWithStates(slug, id, { limit, ...(after !== undefined && { after }) })
    for (const member of page.members) found.push(member)
    after = page.next
  } while (after !== undefined && found.length < most)
  return found
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

function unknown(slug: string, reference: string, { config }: Invocation): Fault {
  const next = `"${PROGRAM} group list ${slug}${databaseHint(config)}" shows the groups there are.`
  return new Fault(`There is no group "${reference}" in "${slug}".`, next)
}
