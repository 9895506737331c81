import { readFileSync } from 'node:fs'

/** What a module exports under a name: its docstring, and its declaration without a body. */
export interface Declaration {
  readonly name: string
  readonly doc: string
  readonly text: string
}

/** Everything that an index file re-exports by name, in its order. Sources are as biome formats them, which is relied on. */
export function declarationsOf(index: URL): Declaration[] {
  const source = readFileSync(index, 'utf8')
  return [...source.matchAll(/^export (?:type )?\{([^}]*)\} from '([^']+)'/gm)].flatMap(([, names = '', from = '']) => {
    const module = readFileSync(new URL(from, index), 'utf8')
    return namesIn(names).map((name) => declare(name, module, from))
  })
}

function namesIn(list: string): string[] {
  return list
    .split(',')
    .map((name) => name.trim().replace(/^type /, ''))
    .filter((name) => name !== '')
}

function declare(name: string, source: string, from: string): Declaration {
  const head = new RegExp(`^export (?:async |abstract )*(?:function|const|class|interface|type) ${name}\\b`, 'm').exec(
    source,
  )
  if (!head) throw new Error(`${from} has no declaration of ${name}`)
  const [before, after] = [source.slice(0, head.index), source.slice(head.index)]
  return { name, doc: unlinked(docBefore(before)), text: unlinked(bare(after.replace(/^export /, ''))) }
}

/** Links to other declarations, as code. */
function unlinked(text: string): string {
  return text.replace(/\{@link ([^}]+)\}/g, '`$1`')
}

/** The docstring that ends right before a declaration. */
function docBefore(before: string): string {
  const start = before.trimEnd().endsWith('*/') ? before.lastIndexOf('/**') : -1
  if (start === -1 || /\n\s*\n/.test(before.slice(before.lastIndexOf('*/')))) return ''
  return before
    .slice(start)
    .replace(/^\/\*\*|\*\/\s*$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trim())
    .join('\n')
    .trim()
    .replace(/(?<!\n)\n(?!\n)/g, ' ')
}

/** A declaration as an API's reader needs it: interfaces and types whole, functions and classes without bodies. */
function bare(text: string): string {
  if (text.startsWith('interface')) return upTo(text, /^\}$/m)
  if (text.startsWith('class')) return bareClass(upTo(text, /^\}$/m))
  if (text.startsWith('type')) return text.split(/\n(?=\S)/)[0]?.trimEnd() ?? ''
  if (text.startsWith('const')) return bareConstant(text)
  return (/^[\s\S]*?(?= \{$)/m.exec(text)?.[0] ?? '').replace(/^async /, '')
}

function upTo(text: string, end: RegExp): string {
  const match = end.exec(text)
  return match ? text.slice(0, match.index + match[0].length) : text
}

/** A constant that fits on its line is shown with its value. */
function bareConstant(text: string): string {
  const [line = ''] = text.split('\n')
  return /[{[(]$/.test(line) ? `${line.replace(/ = .*$/, '')}` : line
}

/** What is public of a class: fields and getters with their docstrings. */
function bareClass(text: string): string {
  const [head = '', ...rest] = text.split('\n')
  const kept: string[] = []
  let doc: string[] = []
  for (const line of rest) {
    if (/^ {2}(\/\*\*| \*)/.test(line)) doc.push(line)
    else {
      const member = publicMember(line)
      if (member !== undefined) kept.push(...doc, member)
      doc = []
    }
  }
  return [head, ...kept, '}'].join('\n')
}

function publicMember(line: string): string | undefined {
  if (/^ {2}(override )?readonly [a-z]/.test(line)) return line.replace('override ', '')
  return /^ {2}get \w+\(\): .+ \{$/.test(line)
    ? line.replace(/^ {2}get (\w+)\(\): (.+) \{$/, '  readonly $1: $2')
    : undefined
}
