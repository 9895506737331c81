import type { WorkspaceChanges } from '@optimaite/scim'
import type { Command } from 'commander'
import { confirm } from '../cli/confirm.ts'
import { define, group, type Options } from '../cli/define.ts'
import { misused } from '../cli/fault.ts'
import { counted, minuteOf } from '../cli/format.ts'
import { type Invocation, placeHint } from '../cli/invocation.ts'
import { existingWorkspace, withLibrary } from '../cli/library.ts'
import { PROGRAM } from '../cli/name.ts'
import { print, printJson, say } from '../cli/output.ts'
import { properties, table } from '../cli/table.ts'
import { choice, whole, words } from '../cli/values.ts'

const SETTINGS: readonly (readonly [string, string])[] = [
  ['--scim <on|off>', 'whether providers may connect (off for a new workspace)'],
  ['--unknown-members <record|reject>', 'members whose id is not known: recorded until it is, or refused (record)'],
  ['--unknown-users <refuse|pending>', 'users without an account: refused, or pending until they have one (refuse)'],
  ['--suspended <apply|ignore>', 'whether an inactive user loses the effect of memberships (apply)'],
  ['--activity-days <days>', 'days for which activity is kept (90)'],
  ['--pending-days <days>', 'days after which pending users without groups are forgotten (180)'],
  ['--guard <n|off>', 'hold removals that take more than n members from a group within ten minutes (off)'],
]

/** Adds `workspace create|list|show|set|delete`. */
export function addWorkspace(program: Command): void {
  const workspace = group(program, 'workspace', 'create, change and delete workspaces')
  define(workspace, {
    usage: 'create <slug>',
    description: 'create a workspace',
    required: [['--name <name>', 'what people call it']],
    options: SETTINGS,
    anywhere: true,
    action: create,
  })
  define(workspace, { usage: 'list', description: 'list all workspaces', anywhere: true, action: list })
  define(workspace, {
    usage: 'show <slug>',
    description: 'show a workspace, its settings and tokens',
    anywhere: true,
    settings: ['publicUrl'],
    action: show,
  })
  define(workspace, {
    usage: 'set <slug>',
    description: 'change settings of a workspace',
    options: [['--name <name>', 'what people call it'], ...SETTINGS],
    anywhere: true,
    action: set,
  })
  define(workspace, {
    usage: 'delete <slug>',
    description: 'delete a workspace with everything in it',
    options: [['--yes <slug>', 'the slug once more, instead of being asked for it']],
    anywhere: true,
    action: remove,
  })
}

async function create(invocation: Invocation, [slug = '']: readonly string[], options: Options): Promise<void> {
  const settings = { ...settingsOf(options), name: words('--name', options.name, 'Acme Corp') }
  const made = await withLibrary(invocation, ({ workspaces }) => workspaces.create(slug, settings), {
    create: true,
  })
  if (invocation.json) return printJson(made)
  print(`Created the workspace "${made.slug}" (${made.name}); SCIM is ${made.scim ? 'on' : 'off'}.\n`)
  const hint = placeHint(invocation)
  if (made.scim) say(`Next, a token: ${PROGRAM} token issue ${made.slug} --label NAME${hint}`)
  else say(`Providers can connect once it is on: ${PROGRAM} workspace set ${made.slug} --scim on${hint}`)
}

async function list(invocation: Invocation): Promise<void> {
  const workspaces = await withLibrary(invocation, ({ workspaces }) => workspaces.list())
  if (invocation.json) return printJson(workspaces)
  if (workspaces.length === 0) {
    const hint = placeHint(invocation)
    return say(`No workspace yet. Create one with: ${PROGRAM} workspace create SLUG --name NAME --scim on${hint}`)
  }
  const rows = workspaces.map(({ slug, name, scim, createdAt }) => [
    slug,
    scim ? 'on' : 'off',
    minuteOf(createdAt),
    name,
  ])
  print(table(['SLUG', 'SCIM', 'CREATED', 'NAME'], rows))
}

async function show(invocation: Invocation, [slug = '']: readonly string[]): Promise<void> {
  const { workspace, tokens, baseUrl } = await withLibrary(invocation, async (library) => {
    const found = await existingWorkspace(library, slug)
    const tokens = (await library.tokens.list(slug)).filter(({ state }) => state === 'live' || state === 'expiring')
    return { ...found, tokens }
  })
  if (invocation.json) return printJson({ ...workspace, baseUrl, liveTokens: tokens.length })
  print(
    properties([
      ['Slug', workspace.slug],
      ['Name', workspace.name],
      ['SCIM', workspace.scim ? 'on' : 'off'],
      ['Base URL', baseUrl],
      ['Live tokens', tokens.length === 0 ? 'none' : tokens.map(({ label }) => label).join(', ')],
      ['Unknown members', workspace.unknownMembers],
      ['Unknown users', workspace.unknownUsers],
      ['Suspended users', workspace.suspended === 'apply' ? 'lose access' : 'keep access'],
      ['Activity kept', counted(workspace.activityDays, 'day')],
      ['Pending users kept', counted(workspace.pendingDays, 'day')],
      ['Guard', workspace.guard.on ? `${counted(workspace.guard.limit, 'member')} in ten minutes` : 'off'],
      ['Created', minuteOf(workspace.createdAt)],
    ]),
  )
}

async function set(invocation: Invocation, [slug = '']: readonly string[], options: Options): Promise<void> {
  const changes = {
    ...settingsOf(options),
    ...(options.name !== undefined && { name: words('--name', options.name, 'Acme Corp') }),
  }
  if (Object.keys(changes).length === 0) {
    throw misused('Nothing to change was given.', `"${PROGRAM} workspace set --help" lists the settings.`)
  }
  const changed = await withLibrary(invocation, ({ workspaces }) => workspaces.change(slug, changes))
  if (invocation.json) return printJson(changed)
  print(`Changed the workspace "${changed.slug}" (${changed.name}); SCIM is ${changed.scim ? 'on' : 'off'}.\n`)
}

async function remove(invocation: Invocation, [slug = '']: readonly string[], options: Options): Promise<void> {
  await withLibrary(invocation, async (library) => {
    // Asked before the confirmation: a slug that does not exist needs none.
    await existingWorkspace(library, slug)
    const irrevocable = {
      ...{ word: slug, kind: 'slug', doing: 'Deleting a workspace' },
      warning: `This deletes the people, groups, tokens and history of "${slug}".`,
      again: `${PROGRAM} workspace delete ${slug} --yes ${slug}${placeHint(invocation)}`,
    }
    await confirm(irrevocable, options.yes)
    await library.workspaces.remove(slug)
  })
  if (invocation.json) return printJson({ slug, deleted: true })
  print(`Deleted the workspace "${slug}" with everything in it.\n`)
}

function settingsOf(options: Options): WorkspaceChanges {
  const scim = choice('--scim', options.scim, ['on', 'off'])
  const settings = {
    scim: scim && scim === 'on',
    unknownMembers: choice('--unknown-members', options.unknownMembers, ['record', 'reject']),
    unknownUsers: choice('--unknown-users', options.unknownUsers, ['refuse', 'pending']),
    suspended: choice('--suspended', options.suspended, ['apply', 'ignore']),
    activityDays: whole('--activity-days', options.activityDays, 1, 36_500),
    pendingDays: whole('--pending-days', options.pendingDays, 1, 36_500),
    guard: guardOf(options.guard),
  }
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined))
}

/** Turned off, the guard keeps its limit for another time. */
function guardOf(value: unknown): WorkspaceChanges['guard'] {
  if (value === undefined) return undefined
  if (String(value).toLowerCase() === 'off') return { on: false }
  return { on: true, limit: whole('--guard', value, 1, 1_000_000) as number }
}
