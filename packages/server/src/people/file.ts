import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { Fault } from '../cli/fault.ts'
import { readCsv } from './csv.ts'
import { readJsonRows } from './json.ts'
import { peopleOf, type ReadPeople } from './rows.ts'

/** The people in a file, CSV or JSON; `-` is standard input. */
export async function readPeople(file: string): Promise<ReadPeople & { ignored: readonly string[] }> {
  const bytes = file === '-' ? await buffer(process.stdin) : await contentsOf(file)
  const text = decoded(bytes)
  const first = text.trimStart().charAt(0)
  if (first === '[' || first === '{') return { ...peopleOf(readJsonRows(text)), ignored: [] }
  const { rows, ignored } = readCsv(bytes)
  return { ...peopleOf(rows), ignored }
}

async function contentsOf(file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const problem = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`
    throw new Fault(
      `The file ${file} cannot be imported: ${problem}.`,
      'Name a CSV or JSON file, or - for standard input.',
    )
  }
}

/** Without the byte order mark that spreadsheets write. */
function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Fault('The file is not in UTF-8, so names would be damaged.', 'Save it as "CSV UTF-8" and import that.')
  }
}
