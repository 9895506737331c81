import type { PersonDetail } from '../../api/types.ts'

export interface Line {
  readonly name: string
  readonly account: string | undefined
  readonly record: string | undefined
  readonly view: string | undefined
}

type Flat = ReadonlyMap<string, string>

/** Account, record and view beside each other, an attribute a line. */
export function linesOf({ account, record, view }: Pick<PersonDetail, 'account' | 'record' | 'view'>): Line[] {
  const [given, written, shown] = [flatten(account ?? {}), flatten(record), flatten(view)]
  const names = [...new Set([...shown.keys(), ...given.keys(), ...written.keys()])]
  return names.map((name) => ({ name, account: given.get(name), record: written.get(name), view: shown.get(name) }))
}

function flatten(value: object): Flat {
  const found = new Map<string, string>()
  collect(value, '', found)
  return found
}

function collect(value: unknown, name: string, found: Map<string, string>): void {
  if (value === null || value === undefined) return
  if (Array.isArray(value)) {
    for (const [index, one] of value.entries()) collect(one, `${name}[${index}]`, found)
    return
  }
  if (typeof value !== 'object') {
    found.set(name, String(value))
    return
  }
  for (const [key, one] of Object.entries(value)) collect(one, name === '' ? key : `${name}.${key}`, found)
}
