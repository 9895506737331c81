import type { Person, Scim } from '@optimaite/scim'
import type { Command } from 'commander'
import { define, group, type Options } from '../cli/define.ts'
import { Fault, misused } from '../cli/fault.ts'
import { printable } from '../cli/format.ts'
import { databaseHint, type Invocation, withScim } from '../cli/invocation.ts'
import { PROGRAM } from '../cli/name.ts'
import { print, printJson, say } from '../cli/output.ts'
import { allPages, PAGE } from '../cli/pages.ts'
import { properties, table } from '../cli/table.ts'
import { isEmail, words } from '../cli/values.ts'
import { personOf } from '../people/person.ts'

/** Adds `user add|import|list|show|remove`. */
export function addUser(program: Command): void {
  const user = group(program, 'user', 'add, list and remove the people of a workspace')
  define(user, {
    usage: 'add <workspace>',
    description: 'add a person, or change their name',
    required: [
      ['--email <email>', 'the address that providers find the person by'],
      ['--name <name>', 'what people call them'],
    ],
    options: [['--id <id>', 'your own id, usr_ and 1 to 40 letters or digits (default: a new one)']],
    action: add,
  })
  define(user, {
    usage: 'import <workspace> <file>',
    description: 'add many people, all or nothing: CSV with a header line email,name[,id], or JSON; - reads stdin',
    action: async (invocation, args) => (await import('./userImport.ts')).importUsers(invocation, args),
  })
  define(user, {
    usage: 'list <workspace>',
    description: 'list the people of a workspace',
    options: [['--search <text>', 'only those whose user name contains it']],
    action: list,
  })
  define(user, {
    usage: 'show <workspace> <user>',
    description: 'show a person, named by e-mail address or id, with groups and what the provider wrote',
    action: show,
  })
  define(user, {
    usage: 'remove <workspace> <user...>',
    description: 'remove people, named by e-mail address or id; groups keep the ids until the provider takes them out',
    action: remove,
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
  const stored = await withScim(invocation, (scim) => scim.people.upsert(slug, [personOf({ email, name, id })]))
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
  const people = await withScim(invocation, (scim) =>
    allPages((after) => scim.people.list(slug, { ...query, ...after, limit: PAGE })),
  )
  if (invocation.json) return printJson(people)
  if (people.length === 0) return say(emptyText(slug, search, invocation))
  print(peopleTable(people))
}

/** Most workspaces have nobody but accounts, and 80 columns are few: so states only where they differ. */
function peopleTable(people: readonly Person[]): string {
  const alike = people.every((person) => stateOf(person) === 'account')
  const states = (state: string): string[] => (alike ? [] : [state])
  return table(
    ['ID', ...states('STATE'), 'NAME', 'USER NAME'],
    people.map((person) => [person.id, ...states(stateOf(person)), person.displayName, person.userName]),
  )
}

async function show(invocation: Invocation, [slug = '', reference = '']: readonly string[]): Promise<void> {
  const person = await withScim(invocation, (scim) => existing(scim, slug, reference, invocation))
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
  const people = await withScim(invocation, async (scim) => {
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

async function existing(scim: Scim, slug: string, reference: string, { config }: Invocation) {
  const person = await scim.people.find(slug, reference)
  if (person) return person
  const search = `${PROGRAM} user list ${slug} --search TEXT${databaseHint(config)}`
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

function stateOf({ state, suspended }: Person): string {
  return suspended ? `${state}, suspended` : state
}

function emptyText(slug: string, search: unknown, { config }: Invocation): string {
  if (search !== undefined) return `Nobody in "${slug}" has a user name that contains "${search}".`
  const hint = databaseHint(config)
  return `Nobody is in "${slug}" yet. Add people with: ${PROGRAM} user import ${slug} people.csv${hint}`
}
