import type { Command } from 'commander'
import { define, group, type Options } from '../cli/define.ts'
import { Fault, misused } from '../cli/fault.ts'
import { minuteOf } from '../cli/format.ts'
import { type Invocation, placeHint } from '../cli/invocation.ts'
import { type Library, withLibrary } from '../cli/library.ts'
import { PROGRAM } from '../cli/name.ts'
import { print, printJson, say } from '../cli/output.ts'
import { table } from '../cli/table.ts'
import { choice, isEmail, words } from '../cli/values.ts'

const WORKSPACE = ['--workspace <slug...>', 'of a workspace admin: which workspaces'] as const

/** Adds `admin invite|list|remove`. */
export function addAdmin(program: Command): void {
  const admin = group(program, 'admin', 'invite, list and remove those who sign in to the panel')
  define(admin, {
    usage: 'invite <email>',
    description: 'invite somebody; the link by which they accept is printed this once, alone on stdout',
    required: [['--role <role>', 'operator (all workspaces) or workspace-admin']],
    options: [WORKSPACE, ['--name <name>', 'what they are called, until they say it themselves']],
    anywhere: true,
    settings: ['publicUrl'],
    action: invite,
  })
  define(admin, {
    usage: 'list',
    description: 'list who signs in, and who is invited to',
    anywhere: true,
    action: list,
  })
  define(admin, {
    usage: 'remove <email>',
    description: 'remove an account, or an invitation; sessions end at once',
    options: [['--workspace <slug>', 'take this workspace from them, and nothing else']],
    anywhere: true,
    action: remove,
  })
}

async function invite(invocation: Invocation, [email = '']: readonly string[], options: Options): Promise<void> {
  if (!isEmail(email)) throw misused(`"${email}" is no e-mail address.`, 'Write one such as ana@example.com.')
  const role = choice('--role', options.role, ['operator', 'workspace-admin'])
  const slugs = (options.workspace ?? []) as readonly string[]
  if (role === 'workspace-admin' && slugs.length === 0)
    throw misused('A workspace admin is the admin of some workspace.', 'Say which: --workspace SLUG.')
  if (role === 'operator' && slugs.length > 0)
    throw misused('An operator has all workspaces.', 'Leave out --workspace, or say --role workspace-admin.')
  const name = options.name === undefined ? undefined : words('--name', options.name, 'Ana Lima')
  const invited = ({ admins }: Pick<Library, 'admins'>) =>
    admins.invite(role === 'operator' ? null : slugs, { email, name })
  const { admin, url } = await withLibrary(invocation, invited, { create: true })
  if (invocation.json) return printJson({ ...admin, url })
  const expiresAt = minuteOf(admin.createdAt + 7 * 24 * 3_600_000)
  say(
    `Send this link to ${admin.email}. It makes their account, or adds to the one they have, once, until ${expiresAt}; it is shown only now.`,
  )
  print(`${url}\n`)
}

async function list(invocation: Invocation): Promise<void> {
  const admins = await withLibrary(invocation, ({ admins }) => admins.list(null), { create: true })
  if (invocation.json) return printJson(admins)
  if (admins.length === 0) {
    const hint = placeHint(invocation)
    return say(`Nobody yet. Invite the first with: ${PROGRAM} admin invite EMAIL --role operator${hint}`)
  }
  const rows = admins.map(({ email, role, workspaces, state, twoFactor, lastSignInAt }) => [
    email,
    role.replace('_', '-'),
    role === 'operator' ? 'all' : workspaces.join(', '),
    state,
    twoFactor ? 'on' : 'off',
    minuteOf(lastSignInAt),
  ])
  print(table(['E-MAIL', 'ROLE', 'WORKSPACES', 'STATE', 'TWO-FACTOR', 'LAST SIGN-IN'], rows))
}

async function remove(invocation: Invocation, [email = '']: readonly string[], options: Options): Promise<void> {
  const slug = options.workspace === undefined ? null : String(options.workspace)
  const removed = async ({ admins }: Pick<Library, 'admins'>): Promise<void> => {
    const found = (await admins.list(slug)).filter((admin) => admin.email === email.trim().toLowerCase())
    if (found.length === 0) throw nobody(email, slug, invocation)
    for (const { id } of found) await admins.remove(slug, id)
  }
  await withLibrary(invocation, removed, { create: true })
  if (invocation.json) return printJson({ email, ...(slug !== null && { workspace: slug }), removed: true })
  print(slug === null ? `Removed ${email}.\n` : `${email} is no admin of "${slug}" any more.\n`)
}

function nobody(email: string, slug: string | null, invocation: Invocation): Fault {
  const where = slug === null ? '' : ` in "${slug}"`
  const list = `"${PROGRAM} admin list${placeHint(invocation)}" shows those there are.`
  return new Fault(`There is no admin ${email}${where}.`, list)
}
