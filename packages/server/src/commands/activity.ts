import { setTimeout as delay } from 'node:timers/promises'
import type { Command } from 'commander'
import { arrivals } from '../activity/arrivals.ts'
import { type NameOf, namesIn, sentenceOf } from '../activity/sentence.ts'
import { define, type Options } from '../cli/define.ts'
import type { Invocation } from '../cli/invocation.ts'
import { type Library, type ListedEntry, withLibrary } from '../cli/library.ts'
import { print, printJson, say } from '../cli/output.ts'
import { whole } from '../cli/values.ts'

const SHOWN = 50
/** Entries that following knows to have been there before it began. */
const KNOWN = 1_000
const POLL_MILLISECONDS = 1_000

/** Adds `activity`. */
export function addActivity(program: Command): void {
  define(program, {
    usage: 'activity <workspace>',
    description: 'show what providers asked for and what became of it, the newest last',
    options: [
      ['--failed', 'only what was refused, each with its fix'],
      ['--follow', 'go on showing what comes, until interrupted'],
      ['--limit <number>', `how many entries at first (default: ${SHOWN})`],
    ],
    anywhere: true,
    action: activity,
  })
}

async function activity(invocation: Invocation, [slug = '']: readonly string[], options: Options): Promise<void> {
  const failed = options.failed === true
  const limit = whole('--limit', options.limit, 1, 10_000) ?? SHOWN
  await withLibrary(invocation, async (scim) => {
    const name = namesIn(scim.names, slug)
    const most = options.follow === true ? Math.max(limit, KNOWN) : limit
    const entries = (await scim.activity.list(slug, { failed, limit: most })).reverse()
    const shown = entries.slice(-limit)
    if (options.follow !== true) return showOnce(shown, name, failed, invocation, slug)
    for (const entry of shown) await showOne(entry, name, invocation)
    await follow(scim, slug, failed, entries, (entry) => showOne(entry, name, invocation))
  })
}

async function showOnce(
  entries: readonly ListedEntry[],
  name: NameOf,
  failed: boolean,
  invocation: Invocation,
  slug: string,
): Promise<void> {
  if (invocation.json) return printJson(entries.map(asJson))
  if (entries.length === 0) return say(emptyText(slug, failed))
  for (const entry of entries) await showOne(entry, name, invocation)
}

async function showOne(entry: ListedEntry, name: NameOf, { json }: Invocation): Promise<void> {
  if (json) printJson(asJson(entry))
  else print(await sentenceOf(entry, name))
}

/** A script makes its own words of what an entry says. */
function asJson({ sentence: _, ...entry }: ListedEntry): ListedEntry {
  return entry
}

/** Looks for new entries each second, until the program is asked to stop. */
async function follow(
  scim: Library,
  slug: string,
  failed: boolean,
  before: readonly ListedEntry[],
  show: (entry: ListedEntry) => Promise<void>,
): Promise<void> {
  const stop = new AbortController()
  const end = (): void => stop.abort()
  process.once('SIGINT', end).once('SIGTERM', end)
  const next = arrivals((after) => scim.activity.after(slug, { after, failed }), before)
  while (!stop.signal.aborted) {
    for (const entry of await next()) await show(entry)
    await delay(POLL_MILLISECONDS, undefined, { signal: stop.signal }).catch(() => {})
  }
  process.off('SIGINT', end).off('SIGTERM', end)
}

function emptyText(slug: string, failed: boolean): string {
  return failed
    ? `Nothing has failed in "${slug}", as far back as activity is kept.`
    : `No provider has asked "${slug}" for anything yet. Enter base URL and token there, and press its connection test.`
}
