import { randomUUID } from 'node:crypto'

/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** What the provider knows at a point of the session: `ana.id`, `engineering.id`, … */
export type Values = Map<string, Json>

/** Values that every step has: a fresh UUID for each request. */
export const BUILT_IN: readonly string[] = ['random']

const PLACEHOLDER = /\{\{([^{}]+)\}\}/g

/** A step needs a value that no earlier step has learned. */
export class MissingValue extends Error {
  override readonly name = 'MissingValue'
  readonly missing: string

  constructor(missing: string) {
    super(`{{${missing}}} was not learned`)
    this.missing = missing
  }
}

interface Beginning {
  readonly values: Readonly<Record<string, string>>
  readonly people: readonly { readonly key: string; readonly userName: string; readonly displayName: string }[]
}

/** The values with which a session begins: its own, and the people of the workspace. */
export function initialValues(session: Beginning, ids: Readonly<Record<string, { readonly id: string }>>): Values {
  const values: Values = new Map(Object.entries(session.values))
  for (const { key, userName, displayName } of session.people) {
    const id = ids[key]?.id
    if (id === undefined) throw new Error(`The scratch workspace has no id for "${key}".`)
    values.set(`${key}.id`, id).set(`${key}.userName`, userName).set(`${key}.displayName`, displayName)
  }
  return values
}

/** Renews the values that are fresh for each request. */
export function refresh(values: Values): void {
  values.set('random', randomUUID())
}

/** The template with its placeholders replaced; a text that is one placeholder becomes the value with its type. */
export function fill(template: Json, values: Values): Json {
  if (typeof template === 'string') return fillText(template, values)
  if (Array.isArray(template)) return template.map((item) => fill(item, values))
  if (template === null || typeof template !== 'object') return template
  return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, fill(value, values)]))
}

/** As {@link fill}, for what must be a text, such as a path or a header. */
export function fillString(template: string, values: Values): string {
  return template.replace(PLACEHOLDER, (_, name: string) => textOf(known(name, values)))
}

/** The names of all placeholders in a template. */
export function placeholders(template: unknown): string[] {
  return [...(JSON.stringify(template) ?? '').matchAll(PLACEHOLDER)].map((match) => match[1] ?? '')
}

function fillText(template: string, values: Values): Json {
  const names = placeholders(template)
  const [name] = names
  return names.length === 1 && name !== undefined && template === `{{${name}}}`
    ? known(name, values)
    : fillString(template, values)
}

function known(name: string, values: Values): Json {
  const value = values.get(name)
  if (value === undefined) throw new MissingValue(name)
  return value
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
