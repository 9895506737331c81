import { refuse } from './errors.ts'

export type Json = null | boolean | number | string | Json[] | JsonObject
export interface JsonObject {
  [key: string]: Json
}

/** JSON nested deeper than this is refused. */
export const MAX_DEPTH = 16

/**
 * Values in one body at the most: a group of 100,000 members as a provider echoes it has 600,000. Without a bound, 32 MiB of
 * `[],[],[]` would take half a gigabyte of memory.
 */
export const MAX_VALUES = 3_000_000

/** Keys of one object at the most; every attribute of a user with its extension is fewer than 100. */
export const MAX_KEYS = 1_000

const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype'])

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads a request body. Refuses, with 400: invalid UTF-8, anything but one JSON value, nesting beyond {@link MAX_DEPTH},
 * more than {@link MAX_VALUES} values or {@link MAX_KEYS} keys in an object, NUL and lone surrogates in any text, and keys
 * that reach prototypes.
 */
export function readJson(bytes: Uint8Array): Json {
  let text: string
  try {
    text = utf8.decode(bytes)
  } catch {
    throw refuse('invalid_syntax', 'it is not UTF-8.')
  }
  if (text.trim() === '') throw refuse('invalid_syntax', 'it is empty.')
  checkStructure(bytes)
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

/**
 * Bounds the work before any of it is done: JSON.parse takes a microsecond for each level and memory for each value. Of a
 * value counts the separator before it, or the bracket of the object or array that it begins.
 */
function checkStructure(bytes: Uint8Array): void {
  let isText = false
  let depth = 0
  let values = 0
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]
    if (isText) {
      if (byte === BACKSLASH) i++
      else if (byte === QUOTATION_MARK) isText = false
    } else if (byte === QUOTATION_MARK) isText = true
    else if (byte === OPEN_BRACKET || byte === OPEN_BRACE) {
      depth++
      values++
      if (depth > MAX_DEPTH) throw tooDeep()
    } else if (byte === CLOSE_BRACKET || byte === CLOSE_BRACE) depth--
    else if (byte === COMMA) values++
    if (values > MAX_VALUES) throw refuse('invalid_syntax', `it has more than ${MAX_VALUES} values in it.`)
  }
}

const QUOTATION_MARK = 0x22
const COMMA = 0x2c
const OPEN_BRACKET = 0x5b
const BACKSLASH = 0x5c
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d

function tooDeep() {
  return refuse('invalid_syntax', `it is nested deeper than ${MAX_DEPTH} levels.`)
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Refuses what {@link readJson} refuses, for a value that a framework has parsed already. */
export function checkValue(root: Json): void {
  let level: Json[] = [root]
  for (let depth = 0; level.length > 0; depth++) {
    const next: Json[] = []
    for (const value of level) {
      if (typeof value === 'string') checkText(value)
      else if (value !== null && typeof value === 'object') {
        if (depth === MAX_DEPTH) throw tooDeep()
        pushInner(value, next)
      }
    }
    level = next
  }
}

function pushInner(value: Json[] | JsonObject, into: Json[]): void {
  if (Array.isArray(value)) {
    for (const item of value) into.push(item)
    return
  }
  const keys = Object.keys(value)
  if (keys.length > MAX_KEYS) throw refuse('invalid_syntax', `an object in it has more than ${MAX_KEYS} keys.`)
  for (const key of keys) {
    checkKey(key)
    into.push(value[key] as Json)
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
