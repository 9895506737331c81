import { refuse, type ScimError } from '../base/errors.ts'
import type { AttributePath, Filter } from './filter/ast.ts'
import { Lexer } from './filter/lexer.ts'
import { isLongerThan, Parser } from './filter/parser.ts'
import type { ResourceType } from './schemas/attribute.ts'
import { findExtension, type NamedAttribute, quote, readName, readSubAttribute } from './schemas/names.ts'

/** The longest path, in bytes of UTF-8. */
export const MAX_PATH_BYTES = 4096

/** What a PATCH path addresses; `filter` chooses among the values of a multi-valued attribute. */
export interface PatchPath {
  readonly path: AttributePath
  readonly filter?: Filter
}

/**
 * Reads the `path` of a PATCH operation (RFC 7644 §3.5.2, figure 7) against the attributes that a resource type has:
 * `displayName`, `name.familyName`, `members[value eq "x"]`, `emails[type eq "work"].value`, each in any case and with or
 * without a schema's URN. The bare URN of an extension addresses the extension as a whole: its `attribute` is empty.
 */
export function parsePath(text: string, type: ResourceType): PatchPath {
  if (isLongerThan(text, MAX_PATH_BYTES))
    throw refuse('invalid_path', `The path is longer than ${MAX_PATH_BYTES} bytes.`)
  const extension = findExtension(type, text.trim())
  if (extension !== undefined) return { path: { schema: extension.id, attribute: '' } }
  const bracket = text.indexOf('[')
  const named = readName(type, (bracket === -1 ? text : text.slice(0, bracket)).trim())
  if (typeof named === 'string') throw unreadable(text, named)
  return bracket === -1 ? { path: named.path } : parseValuePath(text, bracket, named)
}

function parseValuePath(text: string, bracket: number, { path, attribute }: NamedAttribute): PatchPath {
  if (attribute.type !== 'complex' || !attribute.multiValued)
    throw unreadable(text, `"${attribute.name}" is not a multi-valued attribute with sub-attributes.`)
  const parser = new Parser(new Lexer(text, bracket + 1))
  const filter = parser.brackets(attribute)
  const name = parser.subAttribute()
  if (!parser.atEnd()) throw unreadable(text, 'Only a sub-attribute can follow the "]".')
  if (name === undefined) return { path, filter }
  const sub = readSubAttribute(attribute, name)
  if (typeof sub === 'string') throw unreadable(text, sub)
  return { path: { ...path, sub: sub.name }, filter }
}

function unreadable(text: string, reason: string): ScimError {
  return refuse('invalid_path', `The path ${quote(text)} cannot be applied: ${reason}`)
}
