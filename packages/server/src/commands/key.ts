import { type ApiKey, SCOPES, type Scope } from '@optimaite/scim'
import type { Command } from 'commander'
import { define, group, type Options } from '../cli/define.ts'
import { readMoment } from '../cli/duration.ts'
import { Fault, misused } from '../cli/fault.ts'
import { minuteOf } from '../cli/format.ts'
import { type Invocation, placeHint } from '../cli/invocation.ts'
import { withLibrary } from '../cli/library.ts'
import { PROGRAM } from '../cli/name.ts'
import { print, printJson, say } from '../cli/output.ts'
import { referenceIn } from '../cli/pasted.ts'
import { table } from '../cli/table.ts'
import { choice, words } from '../cli/values.ts'

const WORKSPACE = ['--workspace <slug>', 'those of this workspace (default: those that are for all of them)'] as const

/** Adds `key create|list|revoke`. */
export function addKey(program: Command): void {
  const key = group(program, 'key', 'issue, list and revoke the API keys by which applications call the admin API')
  define(key, {
    usage: 'create',
    description: 'issue an API key; it is printed this once, alone on stdout',
    required: [
      ['--name <name>', 'the application that it is for, as the audit trail names it'],
      ['--scopes <scopes...>', `what it may: ${SCOPES.join(', ')}`],
    ],
    options: [
      ['--workspace <slug>', 'for this workspace alone (default: for all of them, and the service)'],
      ['--expires <when>', 'after a time such as 90d, or on a date such as 2099-12-31 (default: once it is revoked)'],
    ],
    anywhere: true,
    action: create,
  })
  define(key, {
    usage: 'list',
    description: 'list API keys, without their texts',
    options: [WORKSPACE],
    anywhere: true,
    action: list,
  })
  define(key, {
    usage: 'revoke <key>',
    description: 'end an API key, named by name or id, at once',
    options: [WORKSPACE],
    anywhere: true,
    action: revoke,
  })
}

async function create(invocation: Invocation, _: readonly string[], options: Options): Promise<void> {
  const wanted = {
    name: words('--name', options.name, 'Billing'),
    scopes: scopesOf(options.scopes),
    workspace: slugOf(options),
    expiresAt: options.expires === undefined ? null : readMoment('--expires', String(options.expires)),
  }
  // The first key may be made before anything else is.
  await withLibrary(invocation, async ({ keys }) => hand(invocation, await keys.issue(wanted)), { create: true })
}

/** The text is shown at once: nothing that fails afterwards may lose it. */
function hand({ json }: Invocation, { key, text }: { readonly key: ApiKey; readonly text: string }): void {
  if (json) {
    printJson({ ...key, key: text })
    return
  }
  const until = key.expiresAt === null ? 'until it is revoked' : `until ${minuteOf(key.expiresAt)}`
  const reach = key.workspace === null ? 'all workspaces' : `"${key.workspace}"`
  say(`API key "${key.name}" (${key.id}) for ${reach}, live ${until}. It is shown only now.`)
  print(`${text}\n`)
}

async function list(invocation: Invocation, _: readonly string[], options: Options): Promise<void> {
  const slug = slugOf(options)
  const keys = await withLibrary(invocation, ({ keys }) => keys.list(slug))
  if (invocation.json) return printJson(keys)
  if (keys.length === 0) {
    const of = slug === null ? '' : ` --workspace ${slug}`
    return say(
      `No API key yet. Issue one with: ${PROGRAM} key create --name NAME --scopes SCOPES${of}${placeHint(invocation)}`,
    )
  }
  const rows = keys.map(({ id, state, expiresAt, lastUsedAt, createdBy, name }) => [
    id,
    state,
    expiresAt === null ? 'never' : minuteOf(expiresAt),
    lastUsedAt === null ? 'never' : minuteOf(lastUsedAt),
    createdBy,
    name,
  ])
  print(table(['ID', 'STATE', 'EXPIRES', 'LAST USED', 'CREATED BY', 'NAME'], rows))
}

async function revoke(invocation: Invocation, [reference = '']: readonly string[], options: Options): Promise<void> {
  const slug = slugOf(options)
  const { id, name } = await withLibrary(invocation, async ({ keys }) => {
    const key = liveKey(await keys.list(slug), reference, slug, invocation)
    await keys.revoke(slug, key.id)
    return key
  })
  if (invocation.json) return printJson({ id, name, revoked: true })
  print(`Revoked the API key "${name}" (${id}).\n`)
}

/** The one live key that a name or an id means. */
function liveKey(keys: readonly ApiKey[], given: string, slug: string | null, invocation: Invocation): ApiKey {
  const reference = referenceIn(given)
  const named = keys.filter(({ id, name }) => id === reference || name === reference)
  const live = named.filter(({ state }) => state === 'live' || state === 'expiring')
  const [only] = live
  if (only && live.length === 1) return only
  const of = slug === null ? '' : ` --workspace ${slug}`
  const lists = `"${PROGRAM} key list${of}${placeHint(invocation)}" shows the keys there are.`
  if (live.length > 1) {
    const details = live.map(({ id, createdAt, createdBy }) => `${id}  issued ${minuteOf(createdAt)} by ${createdBy}`)
    const problem = `${live.length} live API keys are called "${reference}".`
    throw new Fault(problem, 'Name the one you mean by its id.', 2, details)
  }
  const [ended] = named
  if (!ended) throw new Fault(`There is no API key "${reference}"${slug === null ? '' : ` of "${slug}"`}.`, lists)
  const what = ended.state === 'revoked' ? 'was revoked' : 'expired'
  const when = minuteOf(ended.revokedAt ?? ended.expiresAt)
  throw new Fault(`The API key "${ended.name}" (${ended.id}) ${what} on ${when}.`, lists)
}

/** With blanks or commas between. */
function scopesOf(given: unknown): Scope[] {
  const names = (given as readonly string[]).flatMap((text) => text.split(',')).map((text) => text.trim())
  const scopes = names.filter((text) => text !== '').map((text) => choice('--scopes', text, SCOPES) as Scope)
  if (scopes.length > 0) return [...new Set(scopes)]
  throw misused('A key without scopes could do nothing.', 'Write --scopes people:read groups:read, for instance.')
}

function slugOf({ workspace }: Options): string | null {
  return workspace === undefined ? null : String(workspace)
}
