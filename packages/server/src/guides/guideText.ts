import { stripVTControlCharacters, styleText } from 'node:util'
import type { Guide } from '@optimaite/scim/admin'
import { printable } from '../cli/format.ts'
import { properties } from '../cli/table.ts'

/** A guide as the file that it was, for whoever renders Markdown. */
export function guideAsMarkdown({ title, values, sections }: Guide): string {
  const parts = [
    `# ${title}`,
    values.map(({ label, text }) => `- ${label}: \`${text}\``).join('\n'),
    ...sections.map((section) =>
      [section.title && `## ${section.title}`, section.markdown].filter(Boolean).join('\n\n'),
    ),
  ]
  return `${parts.map((part) => part.split('\n').map(printable).join('\n')).join('\n\n')}\n`
}

/** A guide as it is read on a terminal that is so many columns wide. */
export function guideAsText({ title, values, sections }: Guide, width: number): string {
  const parts = [
    styleText('bold', printable(title)),
    properties(values.map(({ label, text }) => [label, text])).trimEnd(),
    ...sections.map((section) =>
      [section.title && heading(section.title), prose(section.markdown, width)].filter(Boolean).join('\n\n'),
    ),
  ]
  return `${parts.join('\n\n')}\n`
}

function heading(title: string): string {
  return styleText('bold', printable(title))
}

function prose(markdown: string, width: number): string {
  return markdown
    .split('\n')
    .map((line) => wrapped(line, width))
    .join('\n')
}

/** What an item goes on with stands below its text, not below its number. */
function wrapped(line: string, width: number): string {
  const [, indent = '', marker = '', text = ''] = /^( *)((?:\d+\.|[-*]) +)?(.*)$/.exec(line) ?? []
  const before = indent + marker.replace(/^[-*]/, '•')
  const hanging = ' '.repeat(before.length)
  const lines: string[] = []
  let current = ''
  for (const word of styled(printable(text)).split(' ')) {
    const longer = current === '' ? word : `${current} ${word}`
    if (current !== '' && before.length + shownLength(longer) > width) {
      lines.push(current)
      current = word
    } else current = longer
  }
  return [...lines, current]
    .map((one, index) => (index === 0 ? before : hanging) + one)
    .join('\n')
    .trimEnd()
}

function shownLength(text: string): number {
  return stripVTControlCharacters(text).length
}

const MARKED = /`([^`]+)`|\*\*(.+?)\*\*|\*(\S(?:.*?\S)?)\*|\[([^\]]+)\]\(([^)\s]+)\)/g

/** Values, buttons and fields are told apart by how they look, where a terminal can show it. */
function styled(text: string): string {
  return text.replaceAll(MARKED, (_, code, strong, emphasis, label, href) => {
    if (code !== undefined) return styleText('cyan', code)
    if (strong !== undefined) return styleText('bold', strong)
    if (emphasis !== undefined) return styleText('italic', emphasis)
    return href.endsWith(`//${label}`) ? href : `${label} (${href})`
  })
}
