import { describe, expect, test } from 'vitest'
import { checkConnections, checkServer, checkServerClock, type ServerFacts } from '../../src/doctor/postgres.ts'

const FACTS: ServerFacts = {
  version: 170_002,
  encoding: 'UTF8',
  isStandby: false,
  isReadOnly: false,
  connections: 97,
  used: 5,
  ours: 4,
  now: 0,
  asked: 0,
}

/** What is wrong with a server, by what was looked at. */
const wrongs = (facts: Partial<ServerFacts>) =>
  checkServer({ ...FACTS, ...facts }, 'postgres://db/scim').filter(({ ok }) => !ok)

describe('the server', () => {
  test('that the service can work on', () => {
    expect(wrongs({})).toEqual([])
    expect(wrongs({ version: 140_000 })).toEqual([])
  })

  test.each([
    [{ version: 130_022 }, 'database', 'PostgreSQL 13 at postgres://db/scim is too old.', '14 or newer'],
    [{ encoding: 'SQL_ASCII' }, 'encoding', 'The encoding is SQL_ASCII.', 'with encoding UTF8'],
    [{ isStandby: true, isReadOnly: true }, 'primary', 'It is a standby, which cannot be written.', 'Name the primary'],
    [{ isReadOnly: true }, 'primary', 'Transactions are read-only there.', 'default_transaction_read_only'],
  ])('%j', (facts, check, found, fix) => {
    expect(wrongs(facts)).toEqual([{ check, ok: false, found, fix: expect.stringContaining(fix) }])
  })
})

test('connections: what others have and all of ours must fit', () => {
  expect(checkConnections({ ...FACTS, used: 61, ours: 4 }, 40).ok).toBe(true)
  expect(checkConnections({ ...FACTS, used: 62, ours: 4 }, 40)).toEqual({
    check: 'connections',
    ok: false,
    found: 'Of 97 connections, others have 58 and this service takes up to 40: 1 too many.',
    fix: 'Set max_connections to at least 108, or lower --processes or --connections: their product counts.',
  })
  // Those of other machines are ours too.
  expect(checkConnections({ ...FACTS, used: 98, ours: 98 }, 40).ok).toBe(false)
})

test('clocks may be a minute apart', () => {
  expect(checkServerClock({ ...FACTS, now: 60_000 })).toBeUndefined()
  expect(checkServerClock({ ...FACTS, now: 60_001 })).toMatchObject({
    ok: false,
    found: "The clock says 1970-01-01T00:00:00Z, and PostgreSQL's 1970-01-01T00:01:00Z.",
  })
})
