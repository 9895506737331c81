import type { AuditEntry } from '@optimaite/scim'
import type { Command } from 'commander'
import { define, type Options } from '../cli/define.ts'
import { counted, secondOf } from '../cli/format.ts'
import type { Invocation } from '../cli/invocation.ts'
import { withLibrary } from '../cli/library.ts'
import { print, printJson, say } from '../cli/output.ts'
import { table } from '../cli/table.ts'
import { whole } from '../cli/values.ts'

const SHOWN = 50

/** Adds `audit`. */
export function addAudit(program: Command): void {
  define(program, {
    usage: 'audit [workspace]',
    description: 'show what admins, applications and commands did to a workspace, or to the service, the newest first',
    options: [
      ['--limit <number>', `how many of the newest entries (default: ${SHOWN})`],
      ['--all', 'every entry'],
      ['--reads', 'what was read, too: an entry for the first of all reads alike in an hour'],
    ],
    anywhere: true,
    action: audit,
  })
}

async function audit(invocation: Invocation, [slug]: readonly string[], options: Options): Promise<void> {
  const limit = whole('--limit', options.limit, 1, 100_000) ?? SHOWN
  const most = options.all === true ? Number.POSITIVE_INFINITY : limit
  const reads = options.reads === true
  const { items, more } = await withLibrary(invocation, ({ audit }) => audit.list(slug ?? null, { most, reads }))
  if (invocation.json) printJson(items)
  else if (items.length === 0) say(`Nothing was done to ${slug === undefined ? 'the service' : `"${slug}"`} yet.`)
  else print(table(['AT', 'STATUS', 'ACTION', 'TARGET', 'ADDRESS', 'BY'], items.map(rowOf)))
  // Of a script, too: what is cut must not pass for all there is.
  if (more) say(`Older ones: add --all, or --limit, which is ${counted(limit, 'entry', 'entries')} now.`)
}

function rowOf({ at, status, action, target, address, actor }: AuditEntry): string[] {
  const { kind, name, id } = actor
  const who = kind === 'command_line' ? name : `${name === '' ? id : name} (${kind.replaceAll('_', ' ')})`
  return [secondOf(at), status === null ? 'unknown' : String(status), action, target ?? '–', address ?? '–', who]
}
