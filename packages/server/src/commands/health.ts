import type { Health } from '@optimaite/scim'
import type { Command } from 'commander'
import { define } from '../cli/define.ts'
import { minuteOf } from '../cli/format.ts'
import { type Invocation, placeHint } from '../cli/invocation.ts'
import { type Integration, withLibrary } from '../cli/library.ts'
import { PROGRAM } from '../cli/name.ts'
import { print, printJson, say } from '../cli/output.ts'
import { properties, table } from '../cli/table.ts'

/** Adds `health`. */
export function addHealth(program: Command): void {
  define(program, {
    usage: 'health [workspace]',
    description: 'say whether provisioning works, and why not; of one workspace, or of all',
    anywhere: true,
    action: health,
  })
}

async function health(invocation: Invocation, [slug]: readonly string[]): Promise<void> {
  if (slug === undefined) return healthOfAll(invocation)
  const found = await withLibrary(invocation, ({ health }) => health.ofWorkspace(slug))
  if (invocation.json) return printJson(asJson({ workspace: slug, health: found }))
  print(healthText(found))
  const hint = placeHint(invocation)
  if (found.reason.activity !== null) say(`What failed, with its fix: ${PROGRAM} activity ${slug} --failed${hint}`)
  if (found.problems > 0) say(`What is open, with its fix: ${PROGRAM} problems ${slug}${hint}`)
}

async function healthOfAll(invocation: Invocation): Promise<void> {
  const all = await withLibrary(invocation, ({ health }) => health.list())
  if (invocation.json) return printJson(all.map(asJson))
  if (all.length === 0) return say('No workspace yet.')
  print(table(['WORKSPACE', 'STATE', 'LAST CONTACT', 'LAST 24 H', 'REASON'], all.map(rowOf)))
}

function rowOf({ workspace, health: { state, lastContact, last24h, reason } }: Integration): string[] {
  return [workspace, state, contactText(lastContact), outcomesText(last24h), reason.en]
}

function healthText({ state, reason, since, lastContact, last24h, people, groups, problems }: Health): string {
  return properties([
    ['State', state],
    ['Reason', reason.en],
    ['Since', minuteOf(since)],
    ['Last contact', contactText(lastContact)],
    ['Last 24 hours', outcomesText(last24h)],
    ...(reason.activity === null ? [] : ([['Shown by', reason.activity]] as const)),
    ['People', people.toLocaleString('en')],
    ['Groups', groups.toLocaleString('en')],
    ['Open problems', problems.toLocaleString('en')],
  ])
}

function contactText(at: number | null): string {
  return at === null ? 'never' : minuteOf(at)
}

function outcomesText({ ok, failed }: Health['last24h']): string {
  return `${ok.toLocaleString('en')} ok, ${failed.toLocaleString('en')} failed`
}

/** A moment is under a name by which it is not known as one. */
function asJson({ workspace, health }: Integration): object {
  const { lastContact } = health
  return { workspace, ...health, lastContact: lastContact === null ? null : new Date(lastContact).toISOString() }
}
