/** SQL as far as the check of workspaces needs it: words, and groups in parentheses. */
export type Node = string | Node[]

const TOKEN = /'(?:[^']|'')*'|"[^"]*"|\$\d+|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*|\d+|::|[<>=!|+*/#-]+|\S/g

/** A statement's words in lower case; what stands in parentheses is a list of its own. */
export function readSql(sql: string): Node[] {
  const open: Node[][] = [[]]
  for (const [token] of sql.matchAll(TOKEN)) {
    if (token === '(' || token === '[') open.push([])
    else if (token === ')' || token === ']') {
      const group = open.pop() as Node[]
      open.at(-1)?.push(group)
    } else open.at(-1)?.push(/^['"]/.test(token) ? token : token.toLowerCase())
  }
  if (open.length !== 1) throw new Error(`the parentheses do not match in ${sql}`)
  return open[0] as Node[]
}

export function isWord(node: Node | undefined): node is string {
  return typeof node === 'string'
}

/** The parts between the separators, such as commas, of one level. */
export function split(nodes: readonly Node[], separator: string): Node[][] {
  const parts: Node[][] = [[]]
  for (const node of nodes) {
    if (node === separator) parts.push([])
    else parts.at(-1)?.push(node)
  }
  return parts
}

const ENDS = new Set([
  ...['where', 'group', 'order', 'limit', 'offset', 'for', 'returning', 'having', 'union', 'set', 'from', 'using'],
  ...['join', 'cross', 'left', 'inner', 'on', 'select', 'values', 'window'],
])

/** What follows each of the words of one level, up to the next part of the statement. */
export function clauses(nodes: readonly Node[], name: string): Node[][] {
  const found: Node[][] = []
  nodes.forEach((node, index) => {
    if (node !== name || nodes[index + 1] === 'conflict') return
    const rest = nodes.slice(index + 1)
    const end = rest.findIndex((next) => isWord(next) && ENDS.has(next))
    found.push(end < 0 ? rest : rest.slice(0, end))
  })
  return found
}

/** Conditions of which each has to hold; what stands beside an `or` is none. */
export function conjuncts(condition: readonly Node[]): Node[][] {
  if (condition.includes('or')) return []
  return split(condition, 'and').flatMap((part) => {
    const [only] = part
    return part.length === 1 && Array.isArray(only) && only[0] !== 'select' ? conjuncts(only) : [part]
  })
}

export function isEnd(node: Node | undefined): boolean {
  return isWord(node) && ENDS.has(node)
}
