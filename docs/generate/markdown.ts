/** A page of the reference, as it is written below docs/. */
export interface Page {
  /** Such as `reference/errors.md`. */
  readonly path: string
  readonly text: string
}

const NOTE = '<!-- Written by docs/generate.ts: change what it is made from, then run "npm run docs:generate". -->'

/** A page with its title, the note that it is generated, and its parts with empty lines between. */
export function page(path: string, title: string, ...parts: readonly string[]): Page {
  const head = `---\ntitle: ${JSON.stringify(title)}\n---`
  return { path, text: `${[head, NOTE, `# ${title}`, ...parts].join('\n\n')}\n` }
}

/** A table; cells are Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** A text as code, whatever it holds. */
export function code(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``
}

/** A plain text in which nothing is markup: angle brackets, braces and the characters of Markdown stand for themselves. */
export function plain(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('{', '&#123;')
    .replace(/[*_[\]]/g, '\\$&')
}

/** A docstring or description that uses backquotes for code: all else in it is plain. */
export function prose(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part, i) => (i % 2 === 1 ? part : plain(part)))
    .join('')
}

/** A number of bytes in the unit that fits. */
export function bytes(count: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB']
  const step = count === 0 ? 0 : Math.min(Math.floor(Math.log2(count) / 10), units.length - 1)
  return `${(count / 1024 ** step).toLocaleString('en')} ${units[step]}`
}
