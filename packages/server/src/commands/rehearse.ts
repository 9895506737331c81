import { SCIM_PATH, type Scim } from '@optimaite/scim'
import type { Command } from 'commander'
import { define, type Options } from '../cli/define.ts'
import { Fault, misused } from '../cli/fault.ts'
import { counted } from '../cli/format.ts'
import { databaseHint, type Invocation, requireDatabase, withScim } from '../cli/invocation.ts'
import { PROGRAM } from '../cli/name.ts'
import { nearest } from '../cli/nearest.ts'
import { print, printJson } from '../cli/output.ts'
import { databaseLocation } from '../database.ts'
import { urlReason } from '../options.ts'
import { type RehearsalResult, rehearse } from '../rehearse/rehearse.ts'
import type { ScratchWorkspaces } from '../rehearse/scratch.ts'
import { scratchWorkspaces } from '../rehearse/scratchWorkspaces.ts'
import { sessionNames } from '../rehearse/sessions.ts'

const DEFAULT_URL = 'http://127.0.0.1:4000'

/** Adds `rehearse`. */
export function addRehearse(program: Command): void {
  define(program, {
    usage: 'rehearse <name...>',
    description: `play a provider's session against the running service: ${sessionNames().join(', ')}, or all`,
    options: [['--url <url>', `where the service runs (default: ${DEFAULT_URL})`]],
    action: perform,
  })
}

async function perform(invocation: Invocation, names: readonly string[], options: Options): Promise<void> {
  for (const name of names) checkName(name)
  const baseUrl = baseOf(String(options.url ?? DEFAULT_URL))
  await requireService(baseUrl, undefined, invocation)
  await requireDatabase(invocation.config)
  const result = await withScim(invocation, async (scim) => {
    const scratch = scratchWorkspaces(scim)
    await requireSameStore(scim, scratch, baseUrl, invocation)
    return rehearse({ names, baseUrl, scratch, write: invocation.json ? () => {} : print })
  })
  if (invocation.json) printJson(result)
  if (!result.ok) throw failure(result)
}

function checkName(name: string): void {
  const known = [...sessionNames(), 'all']
  if (known.includes(name)) return
  const near = nearest(name, known)
  const next = near === undefined ? `Choose from: ${known.join(', ')}.` : `Did you mean "${near}"?`
  throw misused(`There is no session "${name}".`, next)
}

/** The SCIM base URL behind what was entered, which may be no more than the service's address. */
function baseOf(url: string): string {
  const reason = urlReason(url)
  if (reason !== undefined)
    throw misused(`--url ${url} is not possible: ${reason}.`, `Write --url ${DEFAULT_URL}, for instance.`)
  const base = new URL(url)
  if (base.pathname === '/') base.pathname = SCIM_PATH
  return base.href.replace(/\/+$/, '')
}

/** Answers the status of a request that works with and without a token. */
async function requireService(baseUrl: string, token: string | undefined, { config }: Invocation): Promise<number> {
  try {
    const headers = token === undefined ? undefined : { Authorization: `Bearer ${token}` }
    const response = await fetch(`${baseUrl}/ServiceProviderConfig`, { ...(headers && { headers }) })
    await response.body?.cancel()
    return response.status
  } catch {
    const serve = `${PROGRAM} serve${databaseHint(config)}`
    throw new Fault(
      `No service answers at ${baseUrl}.`,
      `Start it in another terminal with "${serve}", or say where it runs with --url.`,
    )
  }
}

/** A service on another store would refuse every single step: said once, in words. */
async function requireSameStore(scim: Scim, scratch: ScratchWorkspaces, baseUrl: string, invocation: Invocation) {
  const { slug, token } = await scratch.create({ unknownMembers: 'record', unknownUsers: 'refuse' }, [])
  try {
    const status = await requireService(baseUrl, token, invocation)
    if (status === 200) return
    const problem =
      status === 401
        ? `The service at ${baseUrl} works on another database than ${scim.store.location}.`
        : `What answers at ${baseUrl} is no SCIM service of ours: it said ${status}.`
    const next = `Give the service's database with --database, or its address with --url. Here it is ${databaseLocation(invocation.config)}.`
    throw new Fault(problem, next)
  } finally {
    await scratch.remove(slug)
  }
}

function failure({ interrupted, results }: RehearsalResult): Fault {
  if (interrupted) return new Fault('The rehearsal was interrupted.', 'Start it again to see it to its end.')
  const steps = results.flatMap((result) => result.steps.filter((step) => !step.ok))
  const problem = `${counted(steps.length, 'step')} did not hold.`
  return new Fault(problem, 'Each step marked ✗ above says what was expected and what came.')
}
