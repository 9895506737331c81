import { refuse } from './errors.ts'

export type Json = null | boolean | number | string | Json[] | JsonObject
export interface JsonObject {
  [key: string]: Json
}

/** JSON nested deeper than this is refused. */
export const MAX_DEPTH = 16

const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype'])

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads a request body. Refuses, with 400: invalid UTF-8, anything but one JSON value, nesting beyond {@link MAX_DEPTH},
 * NUL and lone surrogates in any text, and keys that reach prototypes.
 */
export function readJson(bytes: Uint8Array): Json {
  let text: string
  try {
    text = utf8.decode(bytes)
  } catch {
    throw refuse('invalid_syntax', 'it is not UTF-8.')
  }
  if (text.trim() === '') throw refuse('invalid_syntax', 'it is empty.')
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch {
    // The parser's own message quotes the body, which may hold personal data or a password.
    throw refuse('invalid_syntax', 'it is not valid JSON.')
  }
  checkValue(value)
  return value
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Refuses what {@link readJson} refuses, for a value that a framework has parsed already. */
export function checkValue(root: Json): void {
  let level: Json[] = [root]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) throw refuse('invalid_syntax', `it is nested deeper than ${MAX_DEPTH} levels.`)
    const next: Json[] = []
    for (const value of level) {
      if (typeof value === 'string') checkText(value)
      else if (Array.isArray(value)) for (const item of value) next.push(item)
      else if (value !== null && typeof value === 'object') {
        for (const key of Object.keys(value)) {
          checkKey(key)
          next.push(value[key] as Json)
        }
      }
    }
    level = next
  }
}

function checkText(text: string): void {
  if (text.includes('\0')) throw refuse('invalid_syntax', 'a text in it contains the character NUL.')
  if (!text.isWellFormed())
    throw refuse('invalid_syntax', 'a text in it contains half of a character (a lone surrogate).')
}

function checkKey(key: string): void {
  checkText(key)
  if (FORBIDDEN_KEYS.has(key)) throw refuse('invalid_syntax', `the key "${key}" is not accepted.`)
}
