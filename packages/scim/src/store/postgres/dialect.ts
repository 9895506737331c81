import type { Dialect, JsonType, Locking } from '../statement.ts'

/** Who holds a row does not wait for those who change some of its columns, nor they for it. */
const STRENGTH: Readonly<Record<Locking, string>> = {
  lock: 'no key update',
  hold: 'key share',
  turn: 'update',
}

export const postgresDialect: Dialect = {
  name: 'postgres',
  numbered: true,
  parameter: (position) => `$${position}`,
  bound: (parameter) => `${parameter}::bigint`,
  each: (parameter, type, alias) => `unnest(${parameter}::${type}[]) with ordinality as ${alias}(value, key)`,
  rows: (parameter, columns, alias) => {
    const list = columns.map(({ name, type }) => `${name} ${type}`).join(', ')
    return `json_to_recordset(${parameter}::json) as ${alias}(${list})`
  },
  // The offset keeps the planner from turning the join round, or hashing it: of a table without statistics, or with many
  // workspaces in it, it takes a look at all rows of a workspace for cheap, and 1,000 look-ups took 35 ms and grew with it.
  find: (table, alias, condition) =>
    `cross join lateral (select * from ${table} ${alias} where ${condition} offset 0) as ${alias}`,
  // For one, an equation: of an array the planner expects ten, and would rather read all members of a group.
  among: (column, parameter, type, single) =>
    single ? `${column} = (${parameter}::${type}[])[1]` : `${column} = any(${parameter}::${type}[])`,
  same: (column, value) => `(${column}_key = md5(${value})::uuid and ${column} = ${value})`,
  // An index without the column behind it names equal rows in 6 bytes each: 13 bytes of a person in a change instead of 52.
  // For a limit, the planner would walk the changes of everybody instead, newest first, until it has found enough of one's.
  sorted: (column) => `(${column} + 0)`,
  asJson: (text) => `${text}::jsonb`,
  // The driver takes 4 µs for a row: a thousand were 5 ms of this process, and as such arrays they are one.
  columns: (columns) => columns.map(({ column, name }) => `array_to_json(array_agg(${column})) as ${name}`).join(', '),
  // An aggregate with an order took twice as long: 50 ms for 100,000 keys, and they are what the first byte waits for.
  collect: (column, source) => `array_to_json(array(select ${column} ${source} order by ${column}))::text`,
  position: 'position',
  locksRows: true,
  lock: (kind, alias) => `for ${STRENGTH[kind]} of ${alias}`,
  // One statement of each kind for a PATCH of any usual size; its parameters take about 5 ms to write.
  piece: 20_000,
  contains: (text, part) => `strpos(${text}, ${part}) > 0`,
  json: (document, keys, type) => typed(`(${document} #>> ${path(keys)})`, type),
  jsonElements: (document, keys, alias) => {
    const list = keys.length === 0 ? document : `${document} #> ${path(keys)}`
    return `jsonb_array_elements(case when jsonb_typeof(${list}) = 'array' then ${list} else '[]' end) with ordinality as ${alias}(value, key)`
  },
}

function typed(text: string, type: JsonType): string {
  if (type === 'boolean') return `case ${text} when 'true' then 1 when 'false' then 0 end`
  return type === 'number' ? `${text}::float8` : `${text} collate "C"`
}

// Names of our schemas; a URN contains dots and colons, which need no quotes within an array's.
function path(keys: readonly string[]): string {
  return `'{${keys.map((key) => `"${key}"`).join(',')}}'`
}
