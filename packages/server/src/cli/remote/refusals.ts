import { HistoryRefused, PROBLEMS, RowsRefused, WorkspaceRefused } from '@optimaite/scim'
import { Fault } from '../fault.ts'
import { counted } from '../format.ts'
import { PROGRAM } from '../name.ts'

/** What the admin API answers where it refuses. */
interface Refusal {
  readonly code?: string
  readonly detail: string
  readonly fix?: string
  readonly problems?: readonly { readonly path: string; readonly reason: string }[]
  /** Of all that `problems` would name. */
  readonly count?: number
}

const OF_WORKSPACES: Readonly<Record<string, WorkspaceRefused['code']>> = {
  workspace_unknown: 'unknown',
  workspace_taken: 'taken',
  workspace_slug: 'slug',
  workspace_name: 'name',
  workspace_guard: 'guard',
}

const OF_HISTORY: Readonly<Record<string, HistoryRefused['code']>> = {
  group_gone: 'group_unknown',
  group_deleted: 'group_deleted',
  person_unknown: 'person_unknown',
  preview_outdated: 'preview_outdated',
}

/** A refusal as the library itself throws it, so that commands need not know who refused. */
export function refusalOf(url: string, status: number, text: string): Error {
  const refusal = read(text)
  if (!refusal)
    return new Fault(`What answers at ${url} is no service of ours: it said ${status}.`, 'Check the address.')
  const { code = '', detail, problems = [], count } = refusal
  const ofWorkspace = OF_WORKSPACES[code]
  if (ofWorkspace) return new WorkspaceRefused(ofWorkspace, detail)
  const ofHistory = OF_HISTORY[code]
  if (ofHistory) return new HistoryRefused(ofHistory, detail)
  if (code === 'people_refused') return new RowsRefused(problems.map(toRow), count)
  return new Refused(code, refusal)
}

/** A refusal that has no form of its own in the library. */
class Refused extends Fault {
  readonly code: string

  constructor(code: string, { detail, fix, problems = [], count = problems.length }: Refusal) {
    const details = problems.map(({ path, reason }) => `${path}: ${reason}`)
    if (count > problems.length) details.push(`… and ${counted(count - problems.length, 'other')}`)
    super(detail, fixOf(code, fix), 1, details)
    this.code = code
  }
}

/** Nothing where one of these refusals said so; whatever else is thrown goes on. */
export async function unlessUnknown<T>(
  asked: Promise<T>,
  isUnknown: (error: unknown) => boolean,
): Promise<T | undefined> {
  return asked.catch((error: unknown) => {
    if (isUnknown(error)) return undefined
    throw error
  })
}

export function isRefusedAs(code: string): (error: unknown) => boolean {
  return (error) => error instanceof Refused && error.code === code
}

export function isUnknownInHistory(error: unknown): boolean {
  return error instanceof HistoryRefused && error.code.endsWith('_unknown')
}

/** It may have been a proxy, or another program, that answered. */
function read(text: string): Refusal | undefined {
  try {
    const refusal = JSON.parse(text) as Partial<Refusal>
    return typeof refusal.detail === 'string' ? (refusal as Refusal) : undefined
  } catch {
    return undefined
  }
}

function fixOf(code: string, fix: string | undefined): string {
  if (fix !== undefined) return fix
  if (Object.hasOwn(PROBLEMS, code)) return PROBLEMS[code as keyof typeof PROBLEMS].fix
  return `"${PROGRAM} --help" lists the commands.`
}

function toRow({ path, reason }: { readonly path: string; readonly reason: string }) {
  return { index: Number(/\[(\d+)\]/.exec(path)?.[1] ?? 0), reason }
}
