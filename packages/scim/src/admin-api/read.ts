import { z } from '@hono/zod-openapi'
import { isObject } from '../base/json.ts'
import { breathe } from '../store/store.ts'
import { REASONS, reasonOf } from './reasons.ts'
import { AdminRefused, type Misplaced } from './refusals.ts'
import type { Words } from './schemas/common.ts'

/** Reads what was sent by a schema; refuses it with every fault, each with its path. */
export function read<Schema extends z.ZodType>(schema: Schema, value: unknown, within: string): z.output<Schema> {
  const result = tryToRead(schema, value, within)
  if (result.problems.length > 0) throw faulty(result.problems)
  return result.data as z.output<Schema>
}

/** Rows of a body, of which there may be many. */
export interface Rows {
  readonly field: string
  readonly item: z.ZodType
  readonly most: number
}

/** Rows between two turns of the loop. */
const PIECE = 1_000
/** Faults that are looked for in rows. */
const FAULTS = 100

/** The same for a body with many rows: they are read in pieces, and once enough is wrong, no more. */
export async function readWithRows(schema: z.ZodObject, { field, item, most }: Rows, value: unknown): Promise<object> {
  const outer = schema.extend({ [field]: z.array(z.unknown()).max(most) })
  const { data, problems } = tryToRead(outer, value, 'the body')
  const sent = (data?.[field] ?? rowsOf(value, field)) as readonly unknown[]
  const rows: unknown[] = []
  for (let start = 0; start < Math.min(sent.length, most) && problems.length < FAULTS; start += PIECE) {
    const piece = tryToRead(z.array(item), sent.slice(start, start + PIECE), field, [field], start)
    problems.push(...piece.problems)
    for (const row of piece.data ?? []) rows.push(row)
    await breathe()
  }
  if (problems.length > 0) throw faulty(problems.slice(0, FAULTS))
  return { ...data, [field]: rows }
}

function tryToRead<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  within: string,
  ...place: readonly [path: readonly string[], start: number] | []
): { data: z.output<Schema> | undefined; problems: Misplaced[] } {
  // What was given is part of what is wrong with it.
  const result = schema.safeParse(value, { reportInput: true })
  if (result.success) return { data: result.data, problems: [] }
  const [path = [], start = 0] = place
  const problems = result.error.issues.flatMap((issue) => {
    const [first, ...rest] = issue.path
    const moved = path.length > 0 && typeof first === 'number' ? [...path, first + start, ...rest] : issue.path
    return partsOf({ ...issue, path: moved }, within)
  })
  return { data: undefined, problems }
}

/** What can be looked at of a body that has faults besides. */
function rowsOf(value: unknown, field: string): readonly unknown[] {
  const rows = isObject(value) ? value[field] : undefined
  return Array.isArray(rows) ? rows : []
}

function faulty(problems: readonly Misplaced[]): AdminRefused {
  return new AdminRefused('invalid_request', { count: problems.length }, { problems })
}

/** A query as an object; what is given twice is refused, since one of the two would be passed over. */
export function queryOf(search: URLSearchParams): Record<string, string> {
  const query: Record<string, string> = Object.create(null)
  for (const [name, value] of search) {
    if (name in query) throw fault(shown(name), REASONS.twice)
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
  if (value.includes('\0') || !value.isWellFormed()) throw fault(shown(name), REASONS.broken)
  if (value.length > 2_000) throw fault(shown(name), REASONS.long)
  return value
}

function fault(path: string, reason: Words): AdminRefused {
  return faulty([{ path, reason }])
}

function partsOf(issue: z.core.$ZodIssue, within: string): Misplaced[] {
  const path = pathOf(issue.path)
  if (issue.code !== 'unrecognized_keys') return [{ path: path === '' ? within : path, reason: reasonOf(issue) }]
  return issue.keys.map((key) => ({ path: pathOf([...issue.path, key]), reason: REASONS.unknown }))
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
