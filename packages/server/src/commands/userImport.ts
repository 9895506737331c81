import { type HostPerson, RowsRefused, type Scim, type Upserted } from '@optimaite/scim'
import { Fault } from '../cli/fault.ts'
import { counted } from '../cli/format.ts'
import { type Invocation, withScim } from '../cli/invocation.ts'
import { print, printJson, say } from '../cli/output.ts'
import { showProgress } from '../cli/progress.ts'
import { readPeople } from '../people/file.ts'

/** `user import`: all people of a file, or none of them. */
export async function importUsers(invocation: Invocation, [slug = '', file = '']: readonly string[]): Promise<void> {
  const started = performance.now()
  const stored = await withScim(invocation, async (scim) => {
    // Asked first: nobody corrects a file for a workspace that is not there.
    await scim.people.list(slug, { limit: 1 })
    const { people, places, problems, ignored } = await readPeople(file)
    if (problems.length > 0) throw refused(problems)
    if (people.length === 0) throw new Fault('The file names nobody.', 'Write one person a line, below email,name.')
    if (ignored.length > 0) say(`Passed over: ${ignored.join(', ')}. Only email, name and id are imported.`)
    return store(scim, slug, people, places)
  })
  const { created, updated, unchanged } = stored
  if (invocation.json) return printJson({ created, updated, unchanged })
  const seconds = ((performance.now() - started) / 1_000).toFixed(1)
  const told = `${counted(created, 'person', 'people')} added, ${updated} changed, ${unchanged} as before`
  print(`${told}, in ${seconds} s.\n`)
}

async function store(
  scim: Scim,
  slug: string,
  people: readonly HostPerson[],
  places: readonly string[],
): Promise<Upserted> {
  const progress = showProgress('Storing', people.length)
  try {
    return await scim.people.upsert(slug, people, { atomic: true, onProgress: (stored) => progress.at(stored) })
  } catch (error) {
    if (!(error instanceof RowsRefused)) throw error
    throw refused(error.problems.map(({ index, reason }) => `${places[index]}: ${reason}`))
  } finally {
    progress.done()
  }
}

function refused(problems: readonly string[]): Fault {
  const one = problems.length === 1
  const problem = `${counted(problems.length, 'person', 'people')} of the file cannot be stored, so nobody was:`
  return new Fault(problem, `Correct ${one ? 'it' : 'them'} and import the file again.`, 1, problems)
}
