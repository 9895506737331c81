import type { Attribute, ResourceType } from '../schemas/attribute.ts'
import { type NamedAttribute, quote } from '../schemas/names.ts'
import type { CompareOperator, Filter } from './ast.ts'
import { Lexer, malformed, place, type Token } from './lexer.ts'
import { comparedAttribute, type Literal, resolveName, resolveValue, type Scope } from './resolve.ts'

/** The longest filter, in bytes of UTF-8. */
export const MAX_FILTER_BYTES = 4096
/** The deepest nesting of parentheses and brackets. */
export const MAX_FILTER_DEPTH = 32
/** The most comparisons (`pr` is one) in a filter. */
export const MAX_COMPARISONS = 256

/**
 * Reads a filter on resources (RFC 7644 §3.4.2.2). Names may be in any case and with their schema's URN; beyond the RFC,
 * values may stand in single quotation marks or in none, as some providers send them. Refuses what is malformed, names
 * an unknown attribute, compares what cannot be compared, or exceeds the limits.
 */
export function parseFilter(text: string, type: ResourceType): Filter {
  return parseWhole(text, { kind: 'resource', type })
}

/**
 * Reads a filter on the values of one complex attribute, what stands between the brackets of `emails[type eq "work"]`
 * (RFC 7644 §3.5.2): names are those of its sub-attributes.
 */
export function parseValueFilter(text: string, attribute: Attribute): Filter {
  return parseWhole(text, { kind: 'value', attribute })
}

function parseWhole(text: string, scope: Scope): Filter {
  if (isLongerThan(text, MAX_FILTER_BYTES)) throw malformed(`it is longer than ${MAX_FILTER_BYTES} bytes.`)
  const parser = new Parser(new Lexer(text))
  const filter = parser.filter(scope)
  parser.expectEnd()
  return filter
}

/** Whether a text is longer than so many bytes of UTF-8; a long text is not encoded to find out. */
export function isLongerThan(text: string, bytes: number): boolean {
  return text.length > bytes || new TextEncoder().encode(text).length > bytes
}

const OPERATORS: ReadonlySet<string> = new Set<CompareOperator>(['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'])

/** The grammar of RFC 7644 §3.4.2.2, figure 1, by recursive descent: `not` binds closest, then `and`, then `or`. */
export class Parser {
  readonly #lexer: Lexer
  #depth = 0
  #comparisons = 0

  constructor(lexer: Lexer) {
    this.#lexer = lexer
  }

  filter(scope: Scope): Filter {
    return this.#joined('or', () => this.#joined('and', () => this.#factor(scope)))
  }

  /** What stands in brackets behind the name of a complex attribute. */
  brackets(attribute: Attribute): Filter {
    return this.#nested(']', { kind: 'value', attribute })
  }

  atEnd(): boolean {
    return this.#lexer.peek().kind === 'end'
  }

  expectEnd(): void {
    const token = this.#lexer.peek()
    if (token.kind === 'end') return
    throw malformed(
      `"and", "or" or the end was expected, not ${show(token)}. A value with blanks needs quotation marks around it.`,
    )
  }

  #joined(kind: 'and' | 'or', operand: () => Filter): Filter {
    const operands = [operand()]
    while (isWord(this.#lexer.peek(), kind)) {
      this.#lexer.next()
      operands.push(operand())
    }
    return join(kind, operands)
  }

  #factor(scope: Scope): Filter {
    const token = this.#lexer.next()
    if (token.kind === '(') return this.#nested(')', scope)
    if (token.kind !== 'word') throw malformed(`the name of an attribute was expected, not ${show(token)}.`)
    if (token.text.toLowerCase() !== 'not') return this.#attributeExpression(scope, token.text)
    const open = this.#lexer.next()
    if (open.kind !== '(') throw malformed(`"(" was expected after "not", not ${show(open)}.`)
    return { kind: 'not', operand: this.#nested(')', scope) }
  }

  #nested(close: ')' | ']', scope: Scope): Filter {
    this.#depth++
    if (this.#depth > MAX_FILTER_DEPTH) throw malformed(`it is nested deeper than ${MAX_FILTER_DEPTH} levels.`)
    const filter = this.filter(scope)
    const token = this.#lexer.next()
    if (token.kind !== close) throw malformed(`"and", "or" or "${close}" was expected, not ${show(token)}.`)
    this.#depth--
    return filter
  }

  #attributeExpression(scope: Scope, name: string): Filter {
    const named = resolveName(scope, name)
    if (this.#lexer.peek().kind === '[') {
      this.#lexer.next()
      return this.#valuePath(scope, named)
    }
    return this.#comparison(named, name)
  }

  #valuePath(scope: Scope, { path, attribute }: NamedAttribute): Filter {
    if (scope.kind === 'value') throw malformed('a value path inside another one is not possible.')
    if (attribute.type !== 'complex')
      throw malformed(`"${attribute.name}" has no sub-attributes, so that no "[" can follow.`)
    const inner = this.brackets(attribute)
    const sub = this.subAttribute()
    if (sub === undefined) return { kind: 'valuePath', path, filter: inner }
    const named = resolveName({ kind: 'value', attribute }, sub)
    return { kind: 'valuePath', path, filter: join('and', [inner, this.#comparison(named, sub)]) }
  }

  /** The name in `.value` behind a closing bracket, if there is one. */
  subAttribute(): string | undefined {
    const token = this.#lexer.peek()
    if (token.kind !== 'word' || !token.text.startsWith('.')) return undefined
    this.#lexer.next()
    return token.text.slice(1)
  }

  #comparison(named: NamedAttribute, name: string): Filter {
    this.#comparisons++
    if (this.#comparisons > MAX_COMPARISONS) throw malformed(`it has more than ${MAX_COMPARISONS} comparisons.`)
    const token = this.#lexer.next()
    if (isWord(token, 'pr')) return { kind: 'present', path: named.path }
    const operator = readOperator(token, name)
    const { path, attribute } = comparedAttribute(named)
    return { kind: 'compare', path, operator, value: resolveValue(attribute, operator, this.#literal(operator)) }
  }

  #literal(operator: CompareOperator): Literal {
    const token = this.#lexer.next()
    if (token.kind === 'string') return { text: token.text, quoted: true }
    if (token.kind === 'word') return { text: token.text, quoted: false }
    throw malformed(`a value was expected after "${operator}", not ${show(token)}.`)
  }
}

function readOperator(token: Token, name: string): CompareOperator {
  const operator = token.kind === 'word' ? token.text.toLowerCase() : ''
  if (OPERATORS.has(operator)) return operator as CompareOperator
  throw malformed(
    `after ${quote(name)} one of eq, ne, co, sw, ew, gt, ge, lt, le or pr was expected, not ${show(token)}.`,
  )
}

// Flattened, so that "a and (b and c)" and "a and b and c" are one filter.
function join(kind: 'and' | 'or', operands: readonly Filter[]): Filter {
  if (operands.length === 1) return operands[0] as Filter
  return { kind, operands: operands.flatMap((operand) => (operand.kind === kind ? operand.operands : [operand])) }
}

function isWord(token: Token, word: string): boolean {
  return token.kind === 'word' && token.text.toLowerCase() === word
}

// Texts are not repeated: they hold personal data, and the place says enough.
function show(token: Token): string {
  if (token.kind === 'end') return 'the end of the filter'
  if (token.kind === 'string') return `the text at ${place(token.position)}`
  return `${quote(token.kind === 'word' ? token.text : token.kind)} at ${place(token.position)}`
}
