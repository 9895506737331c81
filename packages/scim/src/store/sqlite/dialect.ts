import type { Dialect } from '../statement.ts'

export const sqliteDialect: Dialect = {
  name: 'sqlite',
  numbered: false,
  parameter: () => '?',
  each: (parameter, _type, alias) => `json_each(${parameter}) as ${alias}`,
  rows: (parameter, columns, alias) => {
    const list = columns.map(({ name }) => `value ->> '$.${name}' as ${name}`).join(', ')
    return `(select ${list} from json_each(${parameter})) as ${alias}`
  },
  lock: '',
}
