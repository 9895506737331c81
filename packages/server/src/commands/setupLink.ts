import { PROVIDERS, type SetupLink } from '@optimaite/scim'
import type { Command } from 'commander'
import { define, group, type Options } from '../cli/define.ts'
import { Fault, misused } from '../cli/fault.ts'
import { minuteOf } from '../cli/format.ts'
import { type Invocation, placeHint } from '../cli/invocation.ts'
import { withLibrary } from '../cli/library.ts'
import { PROGRAM } from '../cli/name.ts'
import { print, printJson, say } from '../cli/output.ts'
import { referenceIn } from '../cli/pasted.ts'
import { table } from '../cli/table.ts'
import { choice, words } from '../cli/values.ts'

/** Adds `setup-link create|list|revoke`. */
export function addSetupLink(program: Command): void {
  const link = group(program, 'setup-link', 'make and revoke links by which somebody outside sets a provider up')
  define(link, {
    usage: 'create <workspace>',
    description: 'make a link, good for seven days and one browser; it is printed this once, alone on stdout',
    required: [['--provider <provider>', `whose guide it shows: ${PROVIDERS.join(', ')}`]],
    options: [['--note <text>', 'for admins: who it is for, or why']],
    anywhere: true,
    settings: ['publicUrl'],
    action: create,
  })
  define(link, {
    usage: 'list <workspace>',
    description: 'list the setup links of a workspace',
    anywhere: true,
    action: list,
  })
  define(link, {
    usage: 'revoke <workspace> <link>',
    description: 'end a setup link, named by its id',
    options: [['--token', 'end the token that it issued, too']],
    anywhere: true,
    action: revoke,
  })
}

async function create(invocation: Invocation, [slug = '']: readonly string[], options: Options): Promise<void> {
  const provider = choice('--provider', options.provider, PROVIDERS)
  if (provider === undefined) throw misused('A provider is missing.', 'Write --provider entra, for instance.')
  const note = options.note === undefined ? {} : { note: words('--note', options.note, 'for Ana') }
  await withLibrary(invocation, async ({ setupLinks }) =>
    hand(invocation, slug, await setupLinks.create(slug, { provider, ...note })),
  )
}

/** The address is shown at once: nothing that fails afterwards may lose it. */
function hand({ json }: Invocation, slug: string, { link, url }: { link: SetupLink; url: string }): void {
  if (json) {
    printJson({ ...link, url })
    return
  }
  const until = `until ${minuteOf(link.expiresAt)}`
  say(`Send this link to who sets "${slug}" up. It opens once, ${until}; it is shown only now.`)
  print(`${url}\n`)
}

async function list(invocation: Invocation, [slug = '']: readonly string[]): Promise<void> {
  const links = await withLibrary(invocation, ({ setupLinks }) => setupLinks.list(slug))
  if (invocation.json) return printJson(links)
  if (links.length === 0) {
    const hint = placeHint(invocation)
    return say(`No setup link yet. Make one with: ${PROGRAM} setup-link create ${slug} --provider NAME${hint}`)
  }
  print(table(['ID', 'PROVIDER', 'STATE', 'EXPIRES', 'TOKEN', 'NOTE'], links.map(rowOf)))
}

function rowOf({ id, provider, state, expiresAt, issued, note }: SetupLink): string[] {
  return [id, provider, state, minuteOf(expiresAt), issued?.token ?? 'none', note ?? '–']
}

async function revoke(invocation: Invocation, [slug = '', given = '']: readonly string[], options: Options) {
  const id = referenceIn(given)
  const token = options.token === true
  const link = await withLibrary(invocation, ({ setupLinks }) => setupLinks.revoke(slug, id, { token }))
  if (!link) {
    const lists = `"${PROGRAM} setup-link list ${slug}${placeHint(invocation)}" shows those there are.`
    throw new Fault(`There is no setup link "${id}" in "${slug}".`, lists)
  }
  if (invocation.json) return printJson(link)
  print(
    `Revoked the setup link ${id} of "${slug}"${token && link.issued ? `, and its token ${link.issued.token}` : ''}.\n`,
  )
  if (!token && link.issued) say(`The token that it issued, ${link.issued.token}, lives on.`)
}
