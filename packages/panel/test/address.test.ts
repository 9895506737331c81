import { expect, test } from 'vitest'
import { live } from '../src/api/live.ts'
import { safeNext } from '../src/api/session.ts'
import { rowsOf } from '../src/pages/people/rows.ts'
import { slugOf } from '../src/pages/workspaces/slug.ts'
import { activity, connect, group, overview, serviceSettings, settings } from '../src/search.ts'

test.each(['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '', undefined])(
  'after sign-in nobody is sent to %s',
  (next) => {
    expect(safeNext(next)).toBe('/')
  },
)

test('after sign-in the page that was asked for comes', () => {
  expect(safeNext('/w/acme/activity?outcome=failed')).toBe('/w/acme/activity?outcome=failed')
})

test('an address keeps what is known, and leaves out the rest', () => {
  expect(activity({ outcome: 'failed', method: 'TRACE', token: 7, after: '', other: 1 })).toEqual({
    outcome: 'failed',
    token: '7',
  })
  expect(overview({ after: 'cursor', tab: 'members' })).toEqual({ after: 'cursor' })
  expect(connect({ provider: 'nobody' })).toEqual({})
  expect(settings({ tab: 'audit', reads: true })).toEqual({ tab: 'audit', reads: true })
  expect(serviceSettings({ reads: 'yes' })).toEqual({})
  expect(group({ tab: 'history', search: { a: 1 } })).toEqual({ tab: 'history' })
})

test.each([
  ['Acme Inc.', 'acme-inc'],
  ['Müller & Söhne', 'mueller-soehne'],
  ['  --  ', ''],
  ['Crème brûlée', 'creme-brulee'],
  ['x'.repeat(100), 'x'.repeat(63)],
])('%s may be called %s', (name, slug) => {
  expect(slugOf(name)).toBe(slug)
})

test('people are read one a line, as they are pasted', () => {
  expect(rowsOf('ana@acme.example\n"Lima, Ben" <ben@acme.example>,\n\n cem ')).toEqual([
    { userName: 'ana@acme.example', emails: [{ value: 'ana@acme.example', verified: true }] },
    { userName: 'ben@acme.example', displayName: 'Lima, Ben', emails: [{ value: 'ben@acme.example', verified: true }] },
    { userName: 'cem', emails: [] },
  ])
})

test('a page looks every two seconds, less often while the service does not answer, and never while it is hidden', () => {
  expect(live.refetchInterval({ state: { status: 'success' } })).toBe(2_000)
  expect(live.refetchInterval({ state: { status: 'error' } })).toBeGreaterThan(2_000)
  expect(live.refetchIntervalInBackground).toBe(false)
})
