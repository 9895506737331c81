import { refuse, type ScimError } from '../../base/errors.ts'
import { quote } from '../schemas/names.ts'

export type Token =
  | { readonly kind: '(' | ')' | '[' | ']'; readonly position: number }
  /** A name, an operator, or a value without quotation marks. */
  | { readonly kind: 'word'; readonly position: number; readonly text: string }
  | { readonly kind: 'string'; readonly position: number; readonly text: string }
  | { readonly kind: 'end'; readonly position: number }

const BRACKETS = '()[]'
const BLANKS = ' \t\r\n'
const WORD_ENDS = new Set(`${BLANKS}${BRACKETS}"`)

/**
 * Cuts a filter (RFC 7644 §3.4.2.2, figure 1) into tokens, one at a time as the parser asks for them, so that a filter
 * refused early has cost no more than was read.
 */
export class Lexer {
  readonly #text: string
  #position: number
  #ahead: Token | undefined
  #tokens = 0

  constructor(text: string, position = 0) {
    this.#text = text
    this.#position = position
  }

  /** How many tokens were read: the measure of the work done. */
  get tokens(): number {
    return this.#tokens
  }

  peek(): Token {
    this.#ahead ??= this.#read()
    return this.#ahead
  }

  next(): Token {
    const token = this.peek()
    this.#ahead = undefined
    return token
  }

  #read(): Token {
    this.#tokens++
    while (BLANKS.includes(this.#text[this.#position] ?? '\0')) this.#position++
    const position = this.#position
    const char = this.#text[position]
    if (char === undefined) return { kind: 'end', position }
    if (BRACKETS.includes(char)) {
      this.#position++
      return { kind: char as '(', position }
    }
    if (char === '"' || char === "'") return { kind: 'string', position, text: this.#readString(char) }
    return { kind: 'word', position, text: this.#readWord() }
  }

  #readWord(): string {
    const start = this.#position
    while (this.#position < this.#text.length && !WORD_ENDS.has(this.#text[this.#position] as string)) this.#position++
    return checkText(this.#text.slice(start, this.#position), start)
  }

  #readString(quotationMark: string): string {
    const start = this.#position
    let end = start + 1
    while (end < this.#text.length && this.#text[end] !== quotationMark) end += this.#text[end] === '\\' ? 2 : 1
    if (end >= this.#text.length) throw malformed(`the text at ${place(start)} has no closing ${quotationMark}.`)
    this.#position = end + 1
    return checkText(readEscapes(this.#text.slice(start + 1, end), start), start)
  }
}

/** A refusal of the filter as a whole, for the reason given. */
export function malformed(reason: string): ScimError {
  return refuse('invalid_filter', reason)
}

/** Where in a filter something is, as people count. */
export function place(position: number): string {
  return `character ${position + 1}`
}

const ESCAPE = /\\(?:u([0-9A-Fa-f]{4})|([\s\S]))/g
const ESCAPED: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])

// The escapes of JSON, and \' for texts in single quotation marks.
function readEscapes(text: string, start: number): string {
  return text.replace(ESCAPE, (written, hex: string | undefined, char: string | undefined) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16))
    const meaning = ESCAPED.get(char ?? '')
    if (meaning !== undefined) return meaning
    throw malformed(
      `the text at ${place(start)} contains ${quote(written)}, which is no escape of JSON; write a backslash as \\\\.`,
    )
  })
}

function checkText(text: string, start: number): string {
  if (text.includes('\0')) throw malformed(`the text at ${place(start)} contains the character NUL.`)
  if (!text.isWellFormed())
    throw malformed(`the text at ${place(start)} contains half of a character (a lone surrogate).`)
  return text
}
