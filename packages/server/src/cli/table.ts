import { printable } from './format.ts'

/** Rows in columns as wide as their widest cell; the last column keeps its natural end. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [headings, ...rows.map((row) => row.map(printable))]
  const widths = headings.map((_, column) => widest(lines.map((line) => line[column] ?? '')))
  return lines.map((line) => `${alignLine(line, widths)}\n`).join('')
}

/** Names and values under each other. */
export function properties(entries: readonly (readonly [string, string])[]): string {
  const width = widest(entries.map(([name]) => name))
  return entries.map(([name, value]) => `${pad(name, width)}  ${printable(value)}\n`).join('')
}

function alignLine(line: readonly string[], widths: readonly number[]): string {
  return line
    .map((cell, column) => pad(cell, widths[column] ?? 0))
    .join('  ')
    .trimEnd()
}

// A loop: a list may be longer than what a call takes as arguments.
function widest(texts: readonly string[]): number {
  return texts.reduce((width, text) => Math.max(width, widthOf(text)), 0)
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)))
}

// Marks stand on the character before them; East Asian characters and emoji take two columns.
const NOTHING = /[\p{M}\p{Cf}]/u
const DOUBLE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}！-｠]/u

function widthOf(text: string): number {
  let width = 0
  for (const character of text) width += NOTHING.test(character) ? 0 : DOUBLE.test(character) ? 2 : 1
  return width
}
