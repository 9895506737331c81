import { printable } from './format.ts'

/** Rows in columns as wide as their widest cell; the last column keeps its natural end. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [headings, ...rows.map((row) => row.map(printable))]
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => widthOf(line[column] ?? ''))))
  return lines.map((line) => `${alignLine(line, widths)}\n`).join('')
}

/** Names and values under each other. */
export function properties(entries: readonly (readonly [string, string])[]): string {
  const width = Math.max(...entries.map(([name]) => widthOf(name)))
  return entries.map(([name, value]) => `${pad(name, width)}  ${printable(value)}\n`).join('')
}

function alignLine(line: readonly string[], widths: readonly number[]): string {
  return line
    .map((cell, column) => pad(cell, widths[column] ?? 0))
    .join('  ')
    .trimEnd()
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)))
}

// Marks stand on the character before them; East Asian characters and emoji take two columns.
const NOTHING = /\p{M}/u
const DOUBLE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}！-｠]/u

function widthOf(text: string): number {
  let width = 0
  for (const character of text) width += NOTHING.test(character) ? 0 : DOUBLE.test(character) ? 2 : 1
  return width
}
