import type { z } from '@hono/zod-openapi'
import { AdminRefused } from './refusals.ts'
import type { ProblemPart } from './schemas/problem.ts'

/** Reads what was sent by a schema; refuses it with every fault, each with its path. */
export function read<Schema extends z.ZodType>(schema: Schema, value: unknown, within: string): z.output<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const problems = result.error.issues.flatMap((issue) => partsOf(issue, within))
  throw new AdminRefused('invalid_request', { count: problems.length }, { problems })
}

/** A query as an object; what is given twice is refused, since one of the two would be passed over. */
export function queryOf(search: URLSearchParams): Record<string, string> {
  const query: Record<string, string> = Object.create(null)
  for (const [name, value] of search) {
    if (name in query) throw fault(shown(name), 'is given twice')
    query[name] = checked(name, value)
  }
  return { ...query }
}

/** Parameters of a path; what no store could hold names nothing that is there. */
export function paramsOf(params: Readonly<Record<string, string>>): Record<string, string> {
  for (const [name, value] of Object.entries(params)) checked(name, value)
  return { ...params }
}

function checked(name: string, value: string): string {
  if (value.includes('\0') || !value.isWellFormed()) throw fault(shown(name), 'contains NUL or half of a character')
  if (value.length > 2_000) throw fault(shown(name), 'is too long')
  return value
}

function fault(path: string, reason: string): AdminRefused {
  return new AdminRefused('invalid_request', { count: 1 }, { problems: [{ path, reason }] })
}

function partsOf(issue: z.core.$ZodIssue, within: string): ProblemPart[] {
  const path = pathOf(issue.path)
  if (issue.code !== 'unrecognized_keys') return [{ path: path === '' ? within : path, reason: issue.message }]
  return issue.keys.map((key) => ({ path: pathOf([...issue.path, key]), reason: 'is not known here' }))
}

/** `people[3].userName` */
function pathOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) =>
      typeof part === 'number'
        ? `${text}[${part}]`
        : text === ''
          ? shown(String(part))
          : `${text}.${shown(String(part))}`,
    '',
  )
}

function shown(name: string): string {
  return name.toWellFormed().slice(0, 100)
}
