import type { Dialect } from '../statement.ts'

export const sqliteDialect: Dialect = {
  name: 'sqlite',
  numbered: false,
  parameter: () => '?',
  // SQLite plans by the value of a bare parameter here, and so prepares the statement again for each: 25 µs against 10.
  bound: (parameter) => `(${parameter} + 0)`,
  each: (parameter, _type, alias) => `json_each(${parameter}) as ${alias}`,
  rows: (parameter, columns, alias) => {
    const list = columns.map(({ name }) => `value ->> '$.${name}' as ${name}`).join(', ')
    return `(select ${list} from json_each(${parameter})) as ${alias}`
  },
  find: (table, alias, condition) => `cross join ${table} ${alias} on (${condition})`,
  among: (column, parameter) => `${column} in (select value from json_each(${parameter}))`,
  same: (column, value) => `${column} = ${value}`,
  sorted: (column) => column,
  asJson: (text) => text,
  columns: (columns) => columns.map(({ column }) => column).join(', '),
  collect: (column, source) => `(select json_group_array(${column}) ${source})`,
  position: 'key',
  locksRows: false,
  lock: () => '',
  // About 3 ms, in which the event loop stands.
  piece: 1_000,
  contains: (text, part) => `instr(${text}, ${part}) > 0`,
  json: (document, keys) => `${document} ->> ${jsonPath(keys)}`,
  jsonElements: (document, keys, alias) => `json_each(${document}, ${jsonPath(keys)}) as ${alias}`,
}

// Quoted: a schema's URN contains dots, and `$ref` begins as a path does.
function jsonPath(keys: readonly string[]): string {
  return `'$${keys.map((key) => `."${key}"`).join('')}'`
}
