import { PROVIDERS, type Token } from '@optimaite/scim'
import type { Command } from 'commander'
import { define, group, type Options } from '../cli/define.ts'
import { readDuration } from '../cli/duration.ts'
import { explain } from '../cli/explain.ts'
import { Fault } from '../cli/fault.ts'
import { minuteOf } from '../cli/format.ts'
import { type Invocation, placeHint } from '../cli/invocation.ts'
import { existingWorkspace, type Library, withLibrary } from '../cli/library.ts'
import { PROGRAM } from '../cli/name.ts'
import { print, printJson, say } from '../cli/output.ts'
import { referenceIn } from '../cli/pasted.ts'
import { table } from '../cli/table.ts'
import { choice, words } from '../cli/values.ts'

const EXPIRY = ['--expires-in <duration>', 'how long it lives: 365d, 12h, 2w, 1y (default: 365d)'] as const

/** Adds `token issue|list|rotate|revoke`. */
export function addToken(program: Command): void {
  const token = group(program, 'token', 'issue, rotate and revoke the SCIM tokens of a workspace')
  define(token, {
    usage: 'issue <workspace>',
    description: 'issue a token; it is printed this once, alone on stdout',
    required: [['--label <label>', 'what it is known by, such as "Entra production"']],
    options: [['--provider <provider>', `who uses it: ${PROVIDERS.join(', ')} (default: other)`], EXPIRY],
    anywhere: true,
    settings: ['publicUrl'],
    action: issue,
  })
  define(token, {
    usage: 'list <workspace>',
    description: 'list the tokens of a workspace',
    anywhere: true,
    action: list,
  })
  define(token, {
    usage: 'rotate <workspace> <token>',
    description: 'issue a successor of a token, named by label or id; the old one lives on for a while',
    options: [['--overlap <duration>', 'how long both live; 0 ends the old one at once (default: 7d)'], EXPIRY],
    anywhere: true,
    settings: ['publicUrl'],
    action: rotate,
  })
  define(token, {
    usage: 'revoke <workspace> <token>',
    description: 'end a token, named by label or id, at once',
    anywhere: true,
    action: revoke,
  })
}

async function issue(invocation: Invocation, [slug = '']: readonly string[], options: Options): Promise<void> {
  const provider = choice('--provider', options.provider, PROVIDERS)
  const fresh = {
    label: words('--label', options.label, 'Entra production'),
    ...(provider !== undefined && { provider }),
    ...lifetimeOf(options),
  }
  const isOn = await withLibrary(invocation, async (library) => {
    // Before the token: its text must not be lost with what cannot be answered.
    const { workspace, baseUrl } = await existingWorkspace(library, slug)
    const issued = await library.tokens.issue(slug, fresh)
    const { label, expiresAt } = issued.token
    say(`Token "${label}" of "${slug}", live until ${minuteOf(expiresAt)}. It is shown only now.`)
    hand(invocation, issued, baseUrl)
    return workspace.scim
  })
  if (isOn) return
  const hint = placeHint(invocation)
  say(`SCIM is off for "${slug}", so it is refused until: ${PROGRAM} workspace set ${slug} --scim on${hint}`)
}

async function list(invocation: Invocation, [slug = '']: readonly string[]): Promise<void> {
  const tokens = await withLibrary(invocation, (scim) => scim.tokens.list(slug))
  if (invocation.json) return printJson(tokens)
  if (tokens.length === 0) {
    const hint = placeHint(invocation)
    return say(`No token yet. Issue one with: ${PROGRAM} token issue ${slug} --label NAME${hint}`)
  }
  const rows = tokens.map(({ id, state, expiresAt, lastUsedAt, label }) => [
    id,
    state,
    minuteOf(expiresAt),
    lastUsedAt === null ? 'never' : minuteOf(lastUsedAt),
    label,
  ])
  print(table(['ID', 'STATE', 'EXPIRES', 'LAST USED', 'LABEL'], rows))
}

async function rotate(invocation: Invocation, [slug = '', reference = '']: readonly string[], options: Options) {
  const overlap = readDuration('--overlap', String(options.overlap ?? '7d'), { zero: true, example: '7d' })
  const lifetime = lifetimeOf(options)
  await withLibrary(invocation, async (scim) => {
    const { baseUrl } = await existingWorkspace(scim, slug)
    const old = await liveToken(scim, slug, reference, invocation)
    const { label, provider } = old
    const issued = await scim.tokens.issue(slug, { label, provider, ...lifetime })
    say(
      `Token "${label}" of "${slug}" has a successor, live until ${minuteOf(issued.token.expiresAt)}. It is shown only now.`,
    )
    // Before the old one ends: whatever becomes of that, the text must not be lost.
    hand(invocation, issued, baseUrl)
    const end = Math.min(old.expiresAt, Date.now() + overlap)
    await endOld(scim, slug, old, overlap, invocation)
    const left =
      overlap === 0 ? 'is revoked.' : `goes on working until ${minuteOf(end)}: paste the new one before that.`
    say(`The old one (${old.id}) ${left}`)
  })
}

async function endOld(
  { tokens }: Library,
  slug: string,
  { id, expiresAt }: Token,
  overlap: number,
  invocation: Invocation,
): Promise<void> {
  try {
    if (overlap === 0) await tokens.revoke(slug, id)
    else await tokens.end(slug, id, Date.now() + overlap)
  } catch (error) {
    const { message, details } = explain(error, invocation.config)
    const problem = `The old one (${id}) could not be ended, and may live on until ${minuteOf(expiresAt)}:`
    const revoking = `${PROGRAM} token revoke ${slug} ${id}${placeHint(invocation)}`
    throw new Fault(problem, `End it once the new one is in place: ${revoking}`, 1, [message, ...details])
  }
}

async function revoke(invocation: Invocation, [slug = '', reference = '']: readonly string[]): Promise<void> {
  await withLibrary(invocation, async (scim) => {
    const { id, label } = await liveToken(scim, slug, reference, invocation)
    await scim.tokens.revoke(slug, id)
    if (invocation.json) return printJson({ id, label, revoked: true })
    print(`Revoked the token "${label}" (${id}) of "${slug}".\n`)
  })
}

/** The token alone on stdout, so that a script can take it from there. */
function hand({ json }: Invocation, { token, text }: { token: Token; text: string }, baseUrl: string): void {
  if (!json) {
    say(`Paste it into the provider, beside the base URL ${baseUrl}:`)
    print(`${text}\n`)
  } else printJson({ ...token, token: text, baseUrl })
}

/** The one live token that a label or an id means. */
async function liveToken(scim: Library, slug: string, given: string, invocation: Invocation): Promise<Token> {
  const reference = referenceIn(given)
  const list = `"${PROGRAM} token list ${slug}${placeHint(invocation)}" shows the tokens there are.`
  const named = (await scim.tokens.list(slug)).filter(({ id, label }) => id === reference || label === reference)
  const live = named.filter(({ state }) => state === 'live' || state === 'expiring')
  const [only] = live
  if (live.length > 1) throw ambiguous(reference, live)
  if (only) return only
  const [ended] = named
  if (!ended) throw new Fault(`There is no token "${reference}" in "${slug}".`, list)
  const what = ended.state === 'revoked' ? 'was revoked' : 'expired'
  throw new Fault(
    `The token "${ended.label}" (${ended.id}) ${what} on ${minuteOf(ended.revokedAt ?? ended.expiresAt)}.`,
    `A new one: ${PROGRAM} token issue ${slug} --label NAME${placeHint(invocation)}`,
  )
}

function ambiguous(label: string, tokens: readonly Token[]): Fault {
  const details = tokens.map(({ id, createdAt, lastUsedAt }) => {
    const used = lastUsedAt === null ? 'never used' : `last used ${minuteOf(lastUsedAt)}`
    return `${id}  issued ${minuteOf(createdAt)}, ${used}`
  })
  return new Fault(
    `${tokens.length} live tokens are called "${label}".`,
    'Name the one you mean by its id.',
    2,
    details,
  )
}

function lifetimeOf({ expiresIn }: Options): { lifetime?: number } {
  return expiresIn === undefined ? {} : { lifetime: readDuration('--expires-in', String(expiresIn)) }
}
