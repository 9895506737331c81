import { toJson } from './format.ts'

/** Results: what a script reads. */
export function print(text: string): void {
  process.stdout.write(text)
}

/** One JSON value, on a line of its own. */
export function printJson(value: unknown): void {
  process.stdout.write(`${toJson(value)}\n`)
}

/** Prose beside the result, which a script does not read. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`)
}
