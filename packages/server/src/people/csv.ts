import { CsvError, type Info, parse } from 'csv-parse/sync'
import { Fault } from '../cli/fault.ts'
import { nearest } from '../cli/nearest.ts'
import type { Row } from './rows.ts'

const COLUMNS = ['email', 'name', 'id'] as const
const EXAMPLE = 'Begin it with the line: email,name   or with: email,name,id'

/** The rows of a CSV file whose header names the columns, in any order and case; further columns are passed over. */
export function readCsv(bytes: Buffer): { rows: Row[]; ignored: string[] } {
  const [header, ...records] = parsed(bytes)
  if (!header) throw new Fault('The file is empty.', EXAMPLE)
  const names = header.record.map((name) => name.trim().toLowerCase())
  const at = (column: (typeof COLUMNS)[number]): number => names.indexOf(column)
  for (const column of ['email', 'name'] as const) if (at(column) < 0) throw missing(column, header.record)
  const rows = records.map(({ record, line }) => ({
    place: `line ${line}`,
    email: record[at('email')],
    name: record[at('name')],
    id: record[at('id')],
  }))
  const ignored = header.record.filter((name) => !(COLUMNS as readonly string[]).includes(name.trim().toLowerCase()))
  return { rows, ignored }
}

interface Line {
  readonly record: readonly string[]
  /** The first line of the file that it stands in, counted from 1. */
  readonly line: number
}

function parsed(bytes: Buffer): Line[] {
  try {
    const records = parse(bytes, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as { record: string[]; info: Info }[]
    return numbered(records)
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = 'lines' in error ? ` in line ${error.lines}` : ''
    const next = 'A text with a comma, a quote or a line break stands in quotes, with each quote in it doubled.'
    throw new Fault(`The file is no CSV${line}: ${error.message}. Nobody was stored.`, next)
  }
}

/** The parser counts the lines up to a record's end, and a line break of two characters within quotes as two. */
function numbered(records: readonly { readonly record: string[]; readonly info: Info }[]): Line[] {
  let surplus = 0
  return records.map(({ record, info }) => {
    surplus += countOf(/\r\n/g, record)
    return { record, line: info.lines - surplus - countOf(/\r\n|\r|\n/g, record) }
  })
}

function countOf(pattern: RegExp, record: readonly string[]): number {
  return record.reduce((sum, field) => sum + (field.match(pattern)?.length ?? 0), 0)
}

function missing(column: string, header: readonly string[]): Fault {
  const near = nearest(column, header)
  const guess = near === undefined ? '' : ` Is it the one called "${near.trim()}"?`
  return new Fault(`The file's first line names no column "${column}".${guess}`, EXAMPLE)
}
