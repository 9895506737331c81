import { expect, test } from 'vitest'
import { layoutText } from '../src/commands/distribute.ts'
import { call, freshFolder } from './support/cli.ts'

test('only Citus distributes, and only PostgreSQL is distributed', async () => {
  const cwd = await freshFolder()
  const other = await call(['migrate', '--distribute', 'magic'], cwd)
  expect([other.code, other.stderr]).toEqual([
    2,
    '"magic" is no engine that tables are distributed by.\nWrite --distribute citus.\n',
  ])
  const embedded = await call(['migrate', '--distribute', 'citus'], cwd)
  expect([embedded.code, embedded.stderr]).toEqual([
    1,
    'Only a store on PostgreSQL can be distributed.\nCopy it there first, and name that database.\n',
  ])
})

test('a layout is told in a sentence, with what is missing', () => {
  expect(layoutText({ layout: 'plain', missing: [] })).toBe('Its tables are plain PostgreSQL.')
  expect(layoutText({ layout: 'partial', missing: ['groups', 'people'] })).toMatch(
    /but for groups, people: .*migrate --distribute citus does the rest/,
  )
})
