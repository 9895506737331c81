import type { AttributePath } from '../filter/ast.ts'
import type { Attribute, ResourceType, Schema } from './attribute.ts'
import { COMMON_ATTRIBUTES } from './common.ts'

/** An attribute with the canonical path that addresses it. */
export interface NamedAttribute {
  readonly path: AttributePath
  readonly attribute: Attribute
}

/** The characteristics of what a canonical path addresses: the sub-attribute's where the path names one. */
export function findAttribute(type: ResourceType, path: AttributePath): Attribute | undefined {
  const attribute = pick(type, path.schema, ({ name }) => name === path.attribute)
  if (path.sub === undefined) return attribute
  return attribute?.subAttributes?.find(({ name }) => name === path.sub)
}

/** The canonical path for an attribute's name as a client writes it (RFC 7644 §3.10), or undefined if there is none. */
export function canonicalPath(type: ResourceType, text: string): AttributePath | undefined {
  const named = readName(type, text)
  return typeof named === 'string' ? undefined : named.path
}

/**
 * Reads an attribute's name as a client writes it (RFC 7644 §3.10): any case, with or without the URN of its schema,
 * with or without a sub-attribute. Answers the reason in words if there is no such attribute.
 */
export function readName(type: ResourceType, text: string): NamedAttribute | string {
  const { schema, rest } = splitUrn(type, text)
  const dot = rest.indexOf('.')
  const head = dot === -1 ? rest : rest.slice(0, dot)
  const attribute = pick(type, schema, called(head))
  if (attribute === undefined) return `${quote(text)} is not an attribute of ${type.name}.`
  const path = schema === undefined ? { attribute: attribute.name } : { schema, attribute: attribute.name }
  if (dot === -1) return { path, attribute }
  const sub = readSubAttribute(attribute, rest.slice(dot + 1))
  return typeof sub === 'string' ? sub : { path: { ...path, sub: sub.name }, attribute: sub }
}

/** Reads the name of a sub-attribute, in any case. Answers the reason in words if there is none. */
export function readSubAttribute(attribute: Attribute, text: string): Attribute | string {
  if (attribute.subAttributes === undefined) return `"${attribute.name}" is a simple attribute without sub-attributes.`
  return attribute.subAttributes.find(called(text)) ?? `${quote(text)} is not a sub-attribute of "${attribute.name}".`
}

/** The extension whose URN, in any case, is exactly this text. */
export function findExtension(type: ResourceType, text: string): Schema | undefined {
  return type.extensions.find(({ id }) => id.toLowerCase() === text.toLowerCase())
}

/**
 * What a client wrote, in quotation marks and fit for a message: cut to 100 characters, without control characters and
 * halves of characters, which not every store can keep.
 */
export function quote(text: string): string {
  const shown = text
    .slice(0, 100)
    .toWellFormed()
    .replace(/\p{Cc}/gu, '\u{FFFD}')
  return text.length <= 100 ? `"${shown}"` : `"${shown}…"`
}

function pick(type: ResourceType, schema: string | undefined, test: (attribute: Attribute) => boolean) {
  if (schema !== undefined) return type.extensions.find(({ id }) => id === schema)?.attributes.find(test)
  return type.schema.attributes.find(test) ?? COMMON_ATTRIBUTES.find(test)
}

function splitUrn(type: ResourceType, text: string): { readonly schema?: string; readonly rest: string } {
  if (startsWithUrn(text, type.schema)) return { rest: text.slice(type.schema.id.length + 1) }
  const extension = type.extensions.find((schema) => startsWithUrn(text, schema))
  return extension === undefined ? { rest: text } : { schema: extension.id, rest: text.slice(extension.id.length + 1) }
}

function startsWithUrn(text: string, schema: Schema): boolean {
  return text.slice(0, schema.id.length + 1).toLowerCase() === `${schema.id.toLowerCase()}:`
}

function called(text: string): (attribute: Attribute) => boolean {
  const name = text.toLowerCase()
  return (attribute) => attribute.name.toLowerCase() === name
}
