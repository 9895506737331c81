import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

export const COMPOSE = readFileSync(new URL('../../../../deploy/compose.yaml', import.meta.url), 'utf8')

interface Service {
  readonly image: string
  readonly environment: Readonly<Record<string, string>>
  readonly ports?: readonly string[]
  readonly volumes?: readonly string[]
  readonly stop_grace_period: string
  readonly [key: string]: unknown
}

export interface Compose {
  readonly services: { readonly scim: Service; readonly database: Service }
  readonly networks: { readonly scim: { readonly ipam: { readonly config: readonly { readonly gateway: string }[] } } }
  readonly volumes: Readonly<Record<string, unknown>>
}

/** `${NAME}`, `${NAME:-default}` and `${NAME:?message}`, as Compose fills them in. */
export function filled(variables: Readonly<Record<string, string>>): Compose {
  const text = COMPOSE.replace(/^ *#.*$/gm, '').replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name, kind, rest) => {
    const value = variables[name]
    if (value !== undefined && value !== '') return value
    if (kind === '?') throw new Error(`${name}: ${rest}`)
    return kind === '-' ? rest : ''
  })
  return parse(text)
}
