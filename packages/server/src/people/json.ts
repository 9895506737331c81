import { Fault } from '../cli/fault.ts'
import type { Row } from './rows.ts'

const EXAMPLE =
  'Write it as [{ "email": "ana@example.com", "name": "Ana Lima" }, …], each with an "id" where you have one.'

/** The rows of a JSON file, an array of objects. */
export function readJsonRows(text: string): Row[] {
  const value = parsed(text)
  if (!Array.isArray(value)) throw new Fault('The file holds no JSON array.', EXAMPLE)
  return value.map((item: unknown, index) => {
    const { email, name, id } = (typeof item === 'object' && item !== null ? item : {}) as Record<string, unknown>
    return { place: `item ${index + 1}`, email, name, id }
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Fault(`The file is no JSON: ${(error as Error).message}. Nobody was stored.`, EXAMPLE)
  }
}
