import { type Distribution, DistributionRefused, distributeStore } from '@optimaite/scim'
import { Fault, misused } from '../cli/fault.ts'
import { counted } from '../cli/format.ts'
import { databaseHint, type Invocation } from '../cli/invocation.ts'
import { PROGRAM } from '../cli/name.ts'
import { print, printJson } from '../cli/output.ts'
import { databaseOptions } from '../database.ts'

/** `migrate --distribute`: makes the tables distributed ones, those that are not yet. */
export async function distribute({ config, json }: Invocation, engine: string): Promise<void> {
  if (engine !== 'citus')
    throw misused(`"${engine}" is no engine that tables are distributed by.`, 'Write --distribute citus.')
  try {
    const { tables, distribution } = await distributeStore(databaseOptions(config))
    if (json) return printJson({ tables, distribution })
    const done =
      tables.length === 0 ? 'Nothing was to do.' : `${counted(tables.length, 'table')}: ${tables.join(', ')}.`
    print(`${done}\n${layoutText(distribution)}\n`)
  } catch (error) {
    if (error instanceof DistributionRefused) {
      const [problem = error.message, next = ''] = error.message.split(/(?<=\.) (?=[A-Z])/)
      throw new Fault(problem, next)
    }
    // What the engine says of a table; the tables before it are distributed.
    if (error instanceof Error && 'severity' in error)
      throw new Fault(
        `Not every table could be distributed: ${error.message}.`,
        `Mend that, and go on with: ${PROGRAM} migrate --distribute citus${databaseHint(config)}`,
      )
    throw error
  }
}

/** How a store on PostgreSQL is laid out. */
export function layoutText({ layout, missing }: Distribution): string {
  switch (layout) {
    case 'plain':
      return 'Its tables are plain PostgreSQL.'
    case 'distributed':
      return 'Its tables are distributed by workspace.'
    case 'partial':
      return `Its tables are distributed by workspace, but for ${missing.join(', ')}: ${PROGRAM} migrate --distribute citus does the rest.`
  }
}
