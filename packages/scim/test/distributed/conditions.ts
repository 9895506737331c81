import { TABLES } from '../../src/store/tables.ts'
import { clauses, conjuncts, isEnd, isWord, type Node, readSql, split } from './sql.ts'

/** By which column each table of a distributed store is; one that every node has is by none. */
const COLUMNS = new Map(
  TABLES.map(({ name, distribution }) => [`scim_${name}`, distribution === 'copies' ? undefined : distribution]),
)

/** A table, or a sub-select in the place of one, by the name that the statement gives it. */
interface Reference {
  readonly table: string
  readonly alias: string
  bound: boolean
}

type Scope = readonly Reference[]

/**
 * References to tables for which a statement does not say the workspace: by a parameter, or by that of another reference
 * for which it does. Also values of inserted rows, and more than one parameter.
 */
export function unbound(sql: string): string[] {
  const check = new Check()
  check.query(readSql(sql), [])
  if (check.parameters.size > 1) check.complaints.push(`several workspaces: ${[...check.parameters].join(', ')}`)
  return check.complaints
}

class Check {
  readonly complaints: string[] = []
  readonly parameters = new Set<string>()

  query(nodes: readonly Node[], outer: Scope): void {
    for (const part of split(nodes, 'union')) this.#part(part, outer)
  }

  #part(nodes: readonly Node[], outer: Scope): void {
    const inserted = nodes[0] === 'insert'
    const start = nodes.indexOf('select')
    const source = inserted ? (start < 0 ? [] : nodes.slice(start)) : nodes
    const references = referencesOf(source)
    const scope = [...references, ...outer]
    this.#bind(source, references, scope)
    for (const { table, alias, bound } of references) {
      if (!bound) this.complaints.push(`${table} ${alias} without its workspace`)
    }
    if (inserted) this.#inserted(nodes, source, scope)
    this.#within(nodes, scope)
  }

  /** What one level says of the workspace of its references, each by another until nothing is new. */
  #bind(nodes: readonly Node[], references: Scope, scope: Scope): void {
    const conditions = [...clauses(nodes, 'where'), ...clauses(nodes, 'on')].flatMap(conjuncts)
    const equations = conditions.filter((parts) => parts.length === 3 && parts[1] === '=')
    for (const parts of conditions) this.#bindSeveral(parts, references)
    for (let changed = true; changed; ) {
      changed = false
      for (const [left, , right] of equations) {
        for (const [name, value] of [
          [left, right],
          [right, left],
        ]) {
          const reference = this.#named(name, references)
          if (!reference || reference.bound || !this.#isWorkspace(value, scope)) continue
          reference.bound = true
          changed = true
        }
      }
    }
  }

  /** Rows of several workspaces, named by one list: what is bound to such a row is of its workspace. */
  #bindSeveral([left, equals, ...list]: readonly Node[], references: Scope): void {
    const reference = this.#named(left, references)
    const parameter = /^any \$(\d+) :: bigint \[\]$|^\$(\d+) :: bigint \[\] \[1\]$/.exec(list.map(shown).join(' '))
    if (reference?.table !== 'scim_workspaces' || equals !== '=' || !parameter) return
    reference.bound = true
    this.parameters.add(`$${parameter[1] ?? parameter[2]}`)
  }

  /** The reference whose workspace a column is; without a name before it, that of the only one. */
  #named(node: Node | undefined, references: Scope): Reference | undefined {
    if (!isWord(node)) return undefined
    const [first = '', second] = node.split('.')
    const found =
      second === undefined
        ? references.length === 1
          ? references[0]
          : undefined
        : references.find(({ alias }) => alias === first)
    return found && columnOf(found) === (second ?? first) ? found : undefined
  }

  #isWorkspace(node: Node | undefined, scope: Scope): boolean {
    if (!isWord(node)) return false
    if (/^\$\d+$/.test(node)) {
      this.parameters.add(node)
      return true
    }
    return this.#named(node, scope)?.bound === true
  }

  #inserted(nodes: readonly Node[], source: readonly Node[], scope: Scope): void {
    const table = String(nodes[2])
    const column = COLUMNS.get(table)
    if (column === undefined) return
    const columns = nodes.find((node) => Array.isArray(node))
    const place = Array.isArray(columns) ? split(columns, ',').findIndex(([name]) => name === column) : -1
    const values = nodes[nodes.indexOf('values') + 1]
    const given = source.length > 0 ? selected(source) : Array.isArray(values) ? split(values, ',') : []
    const [value, ...more] = given[place] ?? []
    if (place < 0 || more.length > 0 || !this.#isWorkspace(value, scope))
      this.complaints.push(`${table} is given rows without their workspace`)
    if (source.length === 0 && JSON.stringify(values).includes('"select"'))
      this.complaints.push(`${table} is given values that are sub-selects`)
  }

  #within(nodes: readonly Node[], scope: Scope): void {
    for (const node of nodes) {
      if (!Array.isArray(node)) continue
      if (node[0] === 'select') this.query(node, scope)
      else this.#within(node, scope)
    }
  }
}

function columnOf({ table }: Reference): string {
  return COLUMNS.get(table) ?? 'workspace_id'
}

/** A list as it is written; the outermost parentheses are none. */
function shown(node: Node): string {
  if (!Array.isArray(node)) return node
  return node.length === 1 ? `[${node[0]}]` : node.map((part) => (Array.isArray(part) ? '[]' : part)).join(' ')
}

/** Expressions between `select` and `from`. */
function selected(source: readonly Node[]): Node[][] {
  const end = source.indexOf('from')
  return split(source.slice(1, end < 0 ? undefined : end), ',')
}

/** Tables of one level, and sub-selects in their place, which are looked at by themselves. */
function referencesOf(nodes: readonly Node[]): Reference[] {
  const found: Reference[] = []
  let listing = false
  nodes.forEach((node, index) => {
    const before = nodes[index - 1]
    const begins =
      (node === 'from' && before !== 'distinct') ||
      node === 'join' ||
      node === 'using' ||
      (node === 'update' && index === 0)
    if (begins) listing = true
    else if (isEnd(node)) listing = false
    if (!begins && !(listing && node === ',')) return
    const at = nodes[index + 1] === 'lateral' ? index + 2 : index + 1
    const table = nodes[at]
    const name = nodes[at + 1] === 'as' ? nodes[at + 2] : nodes[at + 1]
    const alias = isWord(name) && !isEnd(name) && /^\w+$/.test(name) ? name : String(table)
    if (Array.isArray(table)) found.push({ table: '(select)', alias, bound: true })
    else if (isWord(table) && COLUMNS.get(table) !== undefined) found.push({ table, alias, bound: false })
  })
  return found
}
