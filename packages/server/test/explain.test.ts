import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { ScimError, WorkspaceRefused } from '@optimaite/scim'
import { describe, expect, test } from 'vitest'
import { explain } from '../src/cli/explain.ts'
import { readConfig } from '../src/config.ts'
import { call, freshFolder } from './support/cli.ts'

const config = readConfig({ database: 'sqlite:/srv/scim.db' }, {})

function coded(code: string): Error {
  return Object.assign(new Error(code.toLowerCase()), { code })
}

describe('a fault of the store is explained', () => {
  test.each([
    ['SQLITE_BUSY', /busy with another program/, /Try again/],
    ['SQLITE_BUSY_SNAPSHOT', /busy with another program/, /Try again/],
    ['SQLITE_CORRUPT', /no database, or a damaged one/, /backup/],
    ['SQLITE_NOTADB', /no database, or a damaged one/, /backup/],
    ['SQLITE_FULL', /disk that holds .* is full/, /Make room/],
    ['ENOSPC', /disk that holds .* is full/, /Make room/],
    ['SQLITE_READONLY', /cannot be written/, /right to write/],
    ['EACCES', /cannot be written/, /right to write/],
    ['EROFS', /cannot be written/, /right to write/],
    ['SQLITE_CANTOPEN', /cannot be opened/, /--database/],
    ['SQLITE_IOERR_WRITE', /Reading or writing .* failed/, /Check the disk/],
  ])('%s', (code, problem, next) => {
    for (const error of [coded(code), new ScimError('store_unavailable', {}, {}, coded(code))]) {
      const fault = explain(error, config)
      expect(fault.message).toMatch(problem)
      expect(fault.message).toContain('/srv/scim.db')
      expect(fault.next).toMatch(next)
      expect(fault.exitCode).toBe(1)
    }
  })

  test('made by a newer version', async () => {
    const cwd = await freshFolder()
    await call(['migrate'], cwd)
    const store = new DatabaseSync(join(cwd, 'data', 'scim.db'))
    store.exec('update scim_store set readable_from = 999')
    store.close()
    const { code, stdout, stderr } = await call(['workspace', 'list'], cwd)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^The store was made by a newer version.*\nStart the newer version, or restore a backup/)
  })
})

test('a refusal of the library comes with its own fix', () => {
  const fault = explain(new ScimError('group_unknown', { id: 'grp_1' }), config)
  expect(fault).toMatchObject({
    message: 'There is no group "grp_1" in this workspace.',
    next: expect.stringMatching(/^Entra: /),
  })
  expect(explain(new WorkspaceRefused('unknown', 'There is no workspace "x".'), config).next).toContain(
    'workspace list',
  )
})

test('what nobody foresaw is a sentence too, and says how to report it', () => {
  expect(explain(new TypeError('x is not a function'), undefined)).toMatchObject({
    message: 'X is not a function.',
    next: expect.stringContaining('LOG_LEVEL=debug'),
    details: [],
    exitCode: 1,
  })
})
