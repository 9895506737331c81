import type { Scim, Workspace } from '@optimaite/scim'
import type { Command } from 'commander'
import { define, group, type Options } from '../cli/define.ts'
import { Fault, misused } from '../cli/fault.ts'
import { minuteOf } from '../cli/format.ts'
import { databaseHint, type Invocation, withScim } from '../cli/invocation.ts'
import { PROGRAM } from '../cli/name.ts'
import { print, printJson, say } from '../cli/output.ts'
import { table } from '../cli/table.ts'
import { choice, isEmail, words } from '../cli/values.ts'
import { whoTypes } from '../cli/whoTypes.ts'
import { publicUrlOf } from '../config.ts'
import type { Admins } from '../sign-in/admins.ts'

const WORKSPACE = ['--workspace <slug...>', 'of a workspace admin: which workspaces'] as const

/** Adds `admin invite|list|remove`. */
export function addAdmin(program: Command): void {
  const admin = group(program, 'admin', 'invite, list and remove those who sign in to the panel')
  define(admin, {
    usage: 'invite <email>',
    description: 'invite somebody; the link that makes the account is printed this once, alone on stdout',
    required: [['--role <role>', 'operator (all workspaces) or workspace-admin']],
    options: [WORKSPACE, ['--name <name>', 'what they are called, until they say it themselves']],
    settings: ['publicUrl'],
    action: invite,
  })
  define(admin, { usage: 'list', description: 'list who signs in, and who is invited to', action: list })
  define(admin, {
    usage: 'remove <email>',
    description: 'remove an account, or an invitation; sessions end at once',
    options: [['--workspace <slug>', 'take this workspace from them, and nothing else']],
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
  const { admin, url } = await withAdmins(invocation, async (admins, scim) => {
    const workspaces = role === 'operator' ? null : await Promise.all(slugs.map((slug) => existing(scim, slug)))
    return admins.invite(workspaces, { email, name }, whoTypes())
  })
  if (invocation.json) return printJson({ ...admin, url })
  if (url === null) return say(`${admin.email} has an account, which is now for ${admin.workspaces.join(', ')} too.`)
  const expiresAt = minuteOf(admin.createdAt + 7 * 24 * 3_600_000)
  say(`Send this link to ${admin.email}. It makes their account, once, until ${expiresAt}; it is shown only now.`)
  print(`${url}\n`)
}

async function list(invocation: Invocation): Promise<void> {
  const admins = await withAdmins(invocation, (admins) => admins.list(null))
  if (invocation.json) return printJson(admins)
  if (admins.length === 0) {
    const hint = databaseHint(invocation.config)
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
  const slug = options.workspace === undefined ? undefined : String(options.workspace)
  await withAdmins(invocation, async (admins, scim) => {
    const workspace = slug === undefined ? null : await existing(scim, slug)
    const found = (await admins.list(workspace)).filter((admin) => admin.email === email.trim().toLowerCase())
    if (found.length === 0) throw nobody(email, slug, invocation)
    for (const { id } of found) await admins.remove(workspace, id)
  })
  if (invocation.json) return printJson({ email, ...(slug !== undefined && { workspace: slug }), removed: true })
  print(slug === undefined ? `Removed ${email}.\n` : `${email} is no admin of "${slug}" any more.\n`)
}

function nobody(email: string, slug: string | undefined, { config }: Invocation): Fault {
  const where = slug === undefined ? '' : ` in "${slug}"`
  const list = `"${PROGRAM} admin list${databaseHint(config)}" shows those there are.`
  return new Fault(`There is no admin ${email}${where}.`, list)
}

async function existing(scim: Scim, slug: string): Promise<Workspace> {
  const workspace = await scim.workspaces.find(slug)
  if (workspace) return workspace
  throw new Fault(`There is no workspace "${slug}".`, `"${PROGRAM} workspace list" shows those that there are.`)
}

/** Works on the accounts beside a running server. */
async function withAdmins<T>(invocation: Invocation, use: (admins: Admins, scim: Scim) => Promise<T>): Promise<T> {
  // Loaded here, so that other commands need not wait for it.
  const { openSignIn } = await import('../sign-in/signIn.ts')
  const { default: pino } = await import('pino')
  const { config } = invocation
  const open = async (scim: Scim): Promise<T> => {
    const signIn = await openSignIn(config, publicUrlOf(config), scim.workspaces, pino({ level: 'silent' }))
    try {
      return await use(signIn.admins, scim)
    } catch (error) {
      const isRefused = error instanceof Error && error.name === 'AdminsRefused'
      throw isRefused ? new Fault(error.message, `"${PROGRAM} admin list" shows who there is.`) : error
    } finally {
      await signIn.close()
    }
  }
  return withScim(invocation, open, { create: true })
}
