/** A block, and the line that it begins in: which one it is among those beside it. */
export type Block = Form & { readonly at: number }

/** The blocks that guides are written in. Whatever else there is stays text: nothing of it ever becomes markup. */
type Form =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly start: number | undefined; readonly items: readonly Item[] }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'code'; readonly text: string }

export interface Item {
  readonly at: number
  readonly blocks: readonly Block[]
}

const HEADING = /^(#{1,6}) +(.*)$/
const ITEM = /^(?:(\d{1,4})[.)]|[-*]) +/
const FENCE = /^```/
const TABLE_LINE = /^\|?(?: *:?-+:? *\|)+(?: *:?-+:? *)?$/

export function parseBlocks(markdown: string): Block[] {
  return blocksOf(markdown.replaceAll('\r\n', '\n').split('\n'))
}

function blocksOf(lines: readonly string[]): Block[] {
  const blocks: Block[] = []
  let index = 0
  while (index < lines.length) {
    const line = lines[index] ?? ''
    if (line.trim() === '') {
      index += 1
      continue
    }
    const [block, next] = blockAt(lines, index)
    blocks.push({ ...block, at: index })
    index = Math.max(next, index + 1)
  }
  return blocks
}

function blockAt(lines: readonly string[], start: number): readonly [Form, number] {
  const line = lines[start] ?? ''
  const heading = HEADING.exec(line)
  if (heading) return [{ kind: 'heading', level: heading[1]?.length ?? 1, text: heading[2] ?? '' }, start + 1]
  if (FENCE.test(line)) return fenceAt(lines, start)
  if (ITEM.test(line)) return listAt(lines, start)
  if (line.includes('|') && TABLE_LINE.test(lines[start + 1]?.trim() ?? '')) return tableAt(lines, start)
  return paragraphAt(lines, start)
}

function fenceAt(lines: readonly string[], start: number): readonly [Form, number] {
  let end = start + 1
  while (end < lines.length && !FENCE.test(lines[end] ?? '')) end += 1
  return [{ kind: 'code', text: lines.slice(start + 1, end).join('\n') }, end + 1]
}

/** Items with what is indented below them, which are blocks again. */
function listAt(lines: readonly string[], start: number): readonly [Form, number] {
  const first = ITEM.exec(lines[start] ?? '')
  const ordered = first?.[1] !== undefined
  const items: Item[] = []
  let index = start
  while (index < lines.length) {
    const marker = ITEM.exec(lines[index] ?? '')
    if (!marker || (marker[1] !== undefined) !== ordered) break
    const at = index
    const width = marker[0].length
    const own = [(lines[index] ?? '').slice(width)]
    index += 1
    while (index < lines.length && belongs(lines, index)) {
      own.push((lines[index] ?? '').replace(new RegExp(`^ {1,${width}}`), ''))
      index += 1
    }
    items.push({ at, blocks: blocksOf(own) })
    while (lines[index]?.trim() === '' && ITEM.test(lines[index + 1] ?? '')) index += 1
  }
  return [{ kind: 'list', start: ordered ? Number(first?.[1]) : undefined, items }, index]
}

function belongs(lines: readonly string[], index: number): boolean {
  const line = lines[index] ?? ''
  if (line.trim() !== '') return line.startsWith('  ')
  const following = lines.slice(index).find((one) => one.trim() !== '')
  return following?.startsWith('  ') ?? false
}

function tableAt(lines: readonly string[], start: number): readonly [Form, number] {
  let end = start + 2
  while (end < lines.length && (lines[end] ?? '').includes('|')) end += 1
  const rows = lines.slice(start + 2, end).map(cellsOf)
  return [{ kind: 'table', head: cellsOf(lines[start] ?? ''), rows }, end]
}

function cellsOf(line: string): string[] {
  const inner = line.trim().replace(/^\|/, '').replace(/\|$/, '')
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'))
}

function paragraphAt(lines: readonly string[], start: number): readonly [Form, number] {
  let end = start + 1
  while (end < lines.length && continues(lines[end] ?? '')) end += 1
  return [{ kind: 'paragraph', text: lines.slice(start, end).join(' ').trim() }, end]
}

function continues(line: string): boolean {
  return line.trim() !== '' && !HEADING.test(line) && !FENCE.test(line) && !ITEM.test(line)
}
