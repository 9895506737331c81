import type { Person } from '@optimaite/scim'
import type { Command } from 'commander'
import { confirm } from '../cli/confirm.ts'
import { define, group, type Options } from '../cli/define.ts'
import { Fault, misused } from '../cli/fault.ts'
import { counted, printable } from '../cli/format.ts'
import { type Invocation, placeHint } from '../cli/invocation.ts'
import { existingWorkspace, type Library, type ListedPerson, withLibrary } from '../cli/library.ts'
import { PROGRAM } from '../cli/name.ts'
import { print, printJson, say } from '../cli/output.ts'
import { quoted } from '../cli/quoted.ts'
import { properties, table } from '../cli/table.ts'
import { isEmail, words } from '../cli/values.ts'
import { personOf } from '../people/person.ts'

/** Adds `user add|import|reconcile|list|show|remove|erase`. */
export function addUser(program: Command): void {
  const user = group(program, 'user', 'add, list, remove and erase the people of a workspace')
  define(user, {
    usage: 'add <workspace>',
    description: 'add a person, or change their name',
    required: [
      ['--email <email>', 'the address that providers find the person by'],
      ['--name <name>', 'what people call them'],
    ],
    options: [['--id <id>', 'your own id, usr_ and 1 to 40 letters or digits (default: a new one)']],
    anywhere: true,
    action: add,
  })
  define(user, {
    usage: 'import <workspace> <file>',
    description:
      'add many people, all or nothing (with --url, each 10,000 of them): CSV with a header line email,name[,id], or JSON; - reads stdin',
    anywhere: true,
    action: async (invocation, args) => (await import('./userImport.ts')).importUsers(invocation, args),
  })
  define(user, {
    usage: 'reconcile <workspace> <file>',
    description: 'make the accounts those of a file: first only says what it would add, change and remove',
    options: [['--confirm <key>', 'do it, as the answer before with this key said']],
    anywhere: true,
    action: async (...given) => (await import('./userReconcile.ts')).reconcileUsers(...given),
  })
  define(user, {
    usage: 'list <workspace>',
    description: 'list the people of a workspace',
    options: [['--search <text>', 'only those whose user name contains it']],
    anywhere: true,
    action: list,
  })
  define(user, {
    usage: 'show <workspace> <user>',
    description: 'show a person, named by e-mail address or id, with groups and what the provider wrote',
    anywhere: true,
    action: show,
  })
  define(user, {
    usage: 'remove <workspace> <user...>',
    description: 'remove people, named by e-mail address or id; groups keep the ids until the provider takes them out',
    anywhere: true,
    action: remove,
  })
  define(user, {
    usage: 'erase <workspace> <user>',
    description: "replace a person's names everywhere, history too, and take the person out of all groups",
    options: [['--yes <user>', 'the same again, instead of being asked for it']],
    anywhere: true,
    action: erase,
  })
}

async function add(invocation: Invocation, [slug = '']: readonly string[], options: Options): Promise<void> {
  const email = String(options.email).trim()
  if (!isEmail(email)) {
    throw misused(
      `--email "${email}" is not possible: it is no e-mail address.`,
      'Write --email ana@example.com, for instance.',
    )
  }
  const name = words('--name', options.name, 'Ana Lima')
  const id = options.id === undefined ? undefined : idOf(String(options.id).trim())
  const stored = await withLibrary(invocation, ({ people }) => people.upsert(slug, [personOf({ email, name, id })]))
  const [given = ''] = stored.ids
  const outcome = stored.created > 0 ? 'created' : stored.updated > 0 ? 'updated' : 'unchanged'
  if (invocation.json) return printJson({ id: given, userName: email, displayName: name, outcome })
  const told = { created: 'Added', updated: 'Was there already, and now reads', unchanged: 'Is there already:' }[
    outcome
  ]
  print(`${told} ${name} <${email}>, ${given}\n`)
}

async function list(invocation: Invocation, [slug = '']: readonly string[], { search }: Options): Promise<void> {
  const query = search === undefined ? {} : { search: String(search) }
  const people = await withLibrary(invocation, ({ people }) => people.list(slug, query))
  if (invocation.json) return printJson(people)
  if (people.length === 0) return say(emptyText(slug, search, invocation))
  print(peopleTable(people))
}

/** Most workspaces have nobody but accounts, and 80 columns are few: so states only where they differ. */
function peopleTable(people: readonly ListedPerson[]): string {
  const alike = people.every((person) => stateOf(person) === 'account')
  const states = (state: string): string[] => (alike ? [] : [state])
  return table(
    ['ID', ...states('STATE'), 'NAME', 'USER NAME'],
    people.map((person) => [person.id, ...states(stateOf(person)), person.displayName, person.userName]),
  )
}

async function show(invocation: Invocation, [slug = '', reference = '']: readonly string[]): Promise<void> {
  const person = await withLibrary(invocation, (scim) => existing(scim, slug, reference, invocation))
  if (invocation.json) return printJson(person)
  const emails = person.emails.map(({ value, verified }) => (verified ? value : `${value} (not verified)`))
  print(
    properties([
      ['Id', person.id],
      ['Name', person.displayName],
      ['User name', person.userName],
      ['State', stateOf(person)],
      ['E-mail', emails.join(', ') || '–'],
      ['Groups', person.groups.map(({ displayName }) => displayName).join(', ') || 'none'],
      ["Provider's record", Object.keys(person.record).length === 0 ? 'none' : JSON.stringify(person.record)],
    ]),
  )
}

async function remove(invocation: Invocation, [slug = '', ...references]: readonly string[]): Promise<void> {
  const people = await withLibrary(invocation, async (scim) => {
    const found = new Map<string, Person>()
    for (const reference of references) {
      const person = await existing(scim, slug, reference, invocation)
      found.set(person.id, person)
    }
    await scim.people.remove(slug, [...found.keys()])
    return [...found.values()]
  })
  if (invocation.json) return printJson(people.map(({ id, userName }) => ({ id, userName, removed: true })))
  for (const { id, userName } of people) print(`Removed ${printable(userName)} (${id}).\n`)
}

/** Also somebody who is removed already: history may go on naming them. */
async function erase(invocation: Invocation, [slug = '', reference = '']: readonly string[], { yes }: Options) {
  const erased = await withLibrary(invocation, async (library) => {
    await existingWorkspace(library, slug)
    const irrevocable = {
      ...{ word: reference, kind: 'person', doing: 'Erasing a person' },
      warning: `This replaces the names of "${reference}" everywhere in "${slug}", and takes the person out of all groups.`,
      again: `${PROGRAM} user erase ${slug} ${quoted(reference)} --yes ${quoted(reference)}${placeHint(invocation)}`,
    }
    await confirm(irrevocable, yes)
    return library.people.erase(slug, reference)
  })
  if (invocation.json) return printJson(erased)
  const { id, groups, activity } = erased
  if (id === null)
    return print(
      `Erased what was left of "${printable(reference)}" in activity: ${counted(activity, 'entry', 'entries')}.\n`,
    )
  print(
    `Erased ${id}: out of ${counted(groups, 'group')}, and ${counted(activity, 'entry', 'entries')} of activity without names.\n`,
  )
}

async function existing({ people }: Pick<Library, 'people'>, slug: string, reference: string, invocation: Invocation) {
  const person = await people.find(slug, reference)
  if (person) return person
  const search = `${PROGRAM} user list ${slug} --search TEXT${placeHint(invocation)}`
  throw new Fault(
    `There is no user "${reference}" in "${slug}".`,
    `Name an e-mail address or an id; to look for one: ${search}`,
  )
}

function idOf(text: string): string {
  if (/^usr_[0-9A-Za-z]{1,40}$/.test(text)) return text
  const problem = `--id "${text}" is not possible: an id is "usr_" and 1 to 40 letters or digits.`
  throw misused(problem, 'Write --id usr_4711, for instance, or leave it out for a new one.')
}

function stateOf({ state, suspended }: ListedPerson): string {
  return suspended ? `${state}, suspended` : state
}

function emptyText(slug: string, search: unknown, invocation: Invocation): string {
  if (search !== undefined) return `Nobody in "${slug}" has a user name that contains "${search}".`
  const hint = placeHint(invocation)
  return `Nobody is in "${slug}" yet. Add people with: ${PROGRAM} user import ${slug} people.csv${hint}`
}
