/**
 * A service in a process of its own, to be killed: `node --conditions=source crash-server.ts FILE [PATTERN COUNT]`. With a
 * pattern it ends itself, as by SIGKILL, before the COUNTth statement that matches.
 */
import Database from 'better-sqlite3'
import { startService } from './service.ts'

const [, , file = '', pattern, count = '1'] = process.argv

let left = Number(count)
function connect(path: string): Database.Database {
  const database = new Database(path, { timeout: 0 })
  if (pattern === undefined) return database
  const matching = new RegExp(pattern)
  const prepare = database.prepare.bind(database)
  database.prepare = ((sql: string) => {
    const statement = prepare(sql)
    if (!matching.test(sql)) return statement
    for (const method of ['run', 'all', 'get'] as const) {
      const original = statement[method].bind(statement) as (...bound: unknown[]) => unknown
      Object.defineProperty(statement, method, {
        value: (...bound: unknown[]) => {
          left -= 1
          if (left === 0) process.kill(process.pid, 'SIGKILL')
          return original(...bound)
        },
      })
    }
    return statement
  }) as typeof database.prepare
  return database
}

const { client } = await startService({ database: `sqlite:${file}`, connect })
process.send?.({ base: String(client.base), authorization: client.headers.Authorization })
