import { type HostPerson, RowsRefused, type Upserted } from '@optimaite/scim'
import { explain } from '../cli/explain.ts'
import { Fault } from '../cli/fault.ts'
import { counted } from '../cli/format.ts'
import type { Invocation } from '../cli/invocation.ts'
import { existingWorkspace, type Library, PartlyStored, withLibrary } from '../cli/library.ts'
import { print, printJson, say } from '../cli/output.ts'
import { showProgress } from '../cli/progress.ts'
import { readPeople } from '../people/file.ts'

/** What a file holds, where none of it is wrong. */
export interface PeopleFile {
  readonly people: readonly HostPerson[]
  /** Where each of them stands in it. */
  readonly places: readonly string[]
}

/** `user import`: all people of a file, or none of them. */
export async function importUsers(invocation: Invocation, [slug = '', file = '']: readonly string[]): Promise<void> {
  const started = performance.now()
  const stored = await withLibrary(invocation, async (library) => {
    // Asked first: nobody corrects a file for a workspace that is not there.
    await existingWorkspace(library, slug)
    return store(library, slug, await peopleIn(file))
  })
  const { created, updated, unchanged } = stored
  if (invocation.json) return printJson({ created, updated, unchanged })
  const seconds = ((performance.now() - started) / 1_000).toFixed(1)
  const told = `${counted(created, 'person', 'people')} added, ${updated} changed, ${unchanged} as before`
  print(`${told}, in ${seconds} s.\n`)
}

/** Reads a file of people; ends the command where any of them cannot be one. */
export async function peopleIn(file: string): Promise<PeopleFile> {
  const { people, places, problems, ignored } = await readPeople(file)
  if (problems.length > 0) throw refused(problems, problems.length)
  if (people.length === 0) throw new Fault('The file names nobody.', 'Write one person a line, below email,name.')
  if (ignored.length > 0) say(`Passed over: ${ignored.join(', ')}. Only email, name and id are imported.`)
  return { people, places }
}

/** What was thrown, with the rows of the file that it is about. */
export function rowsRefused(error: unknown, places: readonly string[]): unknown {
  if (error instanceof RowsRefused) return refused(rowsOf(error, places), error.count)
  if (!(error instanceof PartlyStored)) return error
  const { stored, cause } = error
  return cause instanceof RowsRefused ? refused(rowsOf(cause, places), cause.count, stored) : broken(error, places)
}

function rowsOf({ problems }: RowsRefused, places: readonly string[]): string[] {
  return problems.map(({ index, reason }) => `${places[index]}: ${reason}`)
}

/** What ended one call of several, which knows nothing of those before it. */
function broken({ stored, tried, cause }: PartlyStored, { length }: readonly string[]): Fault {
  const { message, next, details } = explain(cause, undefined)
  const were = `${stored.toLocaleString('en')} of the ${counted(length, 'person', 'people')} were stored`
  return new Fault(
    `${were}; the call for the next ${tried.toLocaleString('en')} failed:`,
    `${next} Then import the file again: whoever is stored already stays so.`,
    1,
    [message, ...details],
  )
}

async function store({ people }: Pick<Library, 'people'>, slug: string, file: PeopleFile): Promise<Upserted> {
  const progress = showProgress('Storing', file.people.length)
  try {
    return await people.upsert(slug, file.people, (stored) => progress.at(stored))
  } catch (error) {
    throw rowsRefused(error, file.places)
  } finally {
    progress.done()
  }
}

/** `count`: of all, where only some are named. */
function refused(problems: readonly string[], count: number, stored = 0): Fault {
  const one = count === 1
  const others = stored === 0 ? 'so nobody was' : `after ${counted(stored, 'other')} were stored`
  const named = count > problems.length ? `; the first ${problems.length}` : ''
  const problem = `${counted(count, 'person', 'people')} of the file cannot be stored, ${others}${named}:`
  return new Fault(problem, `Correct ${one ? 'it' : 'them'} and import the file again.`, 1, problems)
}
