import type { Hold } from '@optimaite/scim'
import type { Command } from 'commander'
import { define, group, type Options } from '../cli/define.ts'
import { counted, minuteOf } from '../cli/format.ts'
import type { Invocation } from '../cli/invocation.ts'
import { withLibrary } from '../cli/library.ts'
import { print, printJson, say } from '../cli/output.ts'
import { table } from '../cli/table.ts'

const STATES: Readonly<Record<Hold['state'], string>> = {
  open: 'held',
  let_through: 'let through',
  expired: 'expired',
  turned_away: 'turned away',
  applied: 'applied',
  gone: 'group gone',
}

/** Adds `hold list|let-through|turn-away`. */
export function addHold(program: Command): void {
  const hold = group(program, 'hold', 'look at removals that the guard holds, and decide of them')
  define(hold, {
    usage: 'list <workspace>',
    description: 'list the removals that wait to be decided of, the newest first',
    options: [['--all', 'those that are decided, too']],
    anywhere: true,
    action: list,
  })
  define(hold, {
    usage: 'let-through <workspace> <hold>',
    description: 'admit the losses that a hold shows, for 24 hours; the provider has to send them again',
    anywhere: true,
    action: letThrough,
  })
  define(hold, {
    usage: 'turn-away <workspace> <hold>',
    description: 'refuse what a hold holds, and what equals it',
    anywhere: true,
    action: turnAway,
  })
}

async function list(invocation: Invocation, [slug = '']: readonly string[], { all }: Options): Promise<void> {
  const holds = await withLibrary(invocation, (library) => library.holds.list(slug, { all: all === true }))
  if (invocation.json) return printJson(holds)
  if (holds.length === 0) return say(`The guard ${all === true ? 'has held nothing' : 'holds nothing'} in "${slug}".`)
  print(table(['ID', 'STATE', 'LOSSES', 'LAST', 'TOKEN', 'GROUP'], holds.map(rowOf)))
}

function rowOf({ id, state, losses, lastAt, token, group }: Hold): string[] {
  return [id, STATES[state], losses.toLocaleString('en'), minuteOf(lastAt), token, group.displayName]
}

async function letThrough(invocation: Invocation, [slug = '', id = '']: readonly string[]): Promise<void> {
  const { hold, press } = await withLibrary(invocation, ({ holds }) => holds.letThrough(slug, id))
  if (invocation.json) return printJson(hold)
  if (hold.admits === null) return say(`There is nothing to let through: ${STATES[hold.state]}.`)
  const losses = counted(hold.admits.losses, 'member')
  print(`"${hold.group.displayName}" may lose ${losses} until ${minuteOf(hold.admits.until)}.\n`)
  say(press.en)
}

async function turnAway(invocation: Invocation, [slug = '', id = '']: readonly string[]): Promise<void> {
  const hold = await withLibrary(invocation, ({ holds }) => holds.turnAway(slug, id))
  if (invocation.json) return printJson(hold)
  if (hold.state !== 'turned_away') return say(`There is nothing to turn away: ${STATES[hold.state]}.`)
  print(`"${hold.group.displayName}" keeps its members: the removal, and what equals it, is refused.\n`)
}
