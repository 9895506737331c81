/** A part of a line, and where in it it begins: which one it is among those beside it. */
export type Inline = Form & { readonly at: number }

type Form =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis'; readonly inner: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly inner: readonly Inline[] }

const PART = /`([^`]+)`|\*\*(.+?)\*\*|(?<!\w)[*_](\S(?:.*?\S)?)[*_](?!\w)|\[([^\]]+)\]\(([^)\s]+)\)/

/** What stands in a line. A link is one only to the web or to this service: `javascript:` and the like stay text. */
export function parseInline(text: string): Inline[] {
  const parts: Inline[] = []
  let rest = text
  let at = 0
  for (let found = PART.exec(rest); found; found = PART.exec(rest)) {
    if (found.index > 0) parts.push({ kind: 'text', text: rest.slice(0, found.index), at })
    parts.push({ ...partOf(found), at: at + found.index })
    const taken = found.index + found[0].length
    rest = rest.slice(taken)
    at += taken
  }
  if (rest !== '') parts.push({ kind: 'text', text: rest, at })
  return parts
}

/** A text in which backticks alone mean something: names in it may hold whatever marks they like. */
export function parseCode(text: string): Inline[] {
  const parts: Inline[] = []
  let at = 0
  for (const [index, part] of text.split('`').entries()) {
    if (part !== '') parts.push({ kind: index % 2 === 1 ? 'code' : 'text', text: part, at })
    at += part.length + 1
  }
  return parts
}

function partOf([whole, code, strong, emphasis, label, href]: RegExpExecArray): Form {
  if (code !== undefined) return { kind: 'code', text: code }
  if (strong !== undefined) return { kind: 'strong', inner: parseInline(strong) }
  if (emphasis !== undefined) return { kind: 'emphasis', inner: parseInline(emphasis) }
  if (label === undefined || href === undefined || !isSafe(href)) return { kind: 'text', text: label ?? whole ?? '' }
  return { kind: 'link', href, inner: parseInline(label) }
}

function isSafe(href: string): boolean {
  return /^https?:\/\//i.test(href) || /^\/(?![/\\])/.test(href) || href.startsWith('#')
}
