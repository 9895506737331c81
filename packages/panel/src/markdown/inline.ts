export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis'; readonly inner: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly inner: readonly Inline[] }

const PART = /`([^`]+)`|\*\*(.+?)\*\*|(?<!\w)[*_](\S(?:.*?\S)?)[*_](?!\w)|\[([^\]]+)\]\(([^)\s]+)\)/

/** What stands in a line. A link is one only to the web or to this service: `javascript:` and the like stay text. */
export function parseInline(text: string): Inline[] {
  const parts: Inline[] = []
  let rest = text
  for (let found = PART.exec(rest); found; found = PART.exec(rest)) {
    if (found.index > 0) parts.push({ kind: 'text', text: rest.slice(0, found.index) })
    parts.push(partOf(found))
    rest = rest.slice(found.index + found[0].length)
  }
  if (rest !== '') parts.push({ kind: 'text', text: rest })
  return parts
}

function partOf([whole, code, strong, emphasis, label, href]: RegExpExecArray): Inline {
  if (code !== undefined) return { kind: 'code', text: code }
  if (strong !== undefined) return { kind: 'strong', inner: parseInline(strong) }
  if (emphasis !== undefined) return { kind: 'emphasis', inner: parseInline(emphasis) }
  if (label === undefined || href === undefined || !isSafe(href)) return { kind: 'text', text: label ?? whole ?? '' }
  return { kind: 'link', href, inner: parseInline(label) }
}

function isSafe(href: string): boolean {
  return /^https?:\/\//i.test(href) || /^\/(?![/\\])/.test(href) || href.startsWith('#')
}
