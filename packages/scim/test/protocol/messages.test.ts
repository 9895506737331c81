import { describe, expect, test } from 'vitest'
import { refuse, ScimError } from '../../src/base/errors.ts'
import type { Json } from '../../src/base/json.ts'
import { errorBody, listResponse, readQuery, readSearchRequest, SEARCH_REQUEST } from '../../src/protocol/messages.ts'

const query = (text: string) => readQuery(new URLSearchParams(text))

describe('parameters of a list', () => {
  test.each([
    ['', {}],
    ['filter=userName+eq+%22a%22&', { filter: 'userName eq "a"' }],
    ['startindex=2&COUNT=10', { startIndex: 2, count: 10 }],
    ['startIndex=0', { startIndex: 1 }],
    ['startIndex=-5', { startIndex: 1 }],
    ['startIndex=99999999999999999999', { startIndex: Number.MAX_SAFE_INTEGER }],
    ['count=0', { count: 0 }],
    ['count=-1', { count: 0 }],
    ['count=1000', { count: 1000 }],
    ['count=1001', { count: 1000 }],
    ['filter=&sortBy=&count=+&attributes=', {}],
    ['cursor', { cursor: '' }],
    ['cursor=abc&count=5', { cursor: 'abc', count: 5 }],
    ['sortBy=displayName&sortOrder=DESCENDING', { sortBy: 'displayName', sortOrder: 'descending' }],
    ['sortOrder=Ascending', { sortOrder: 'ascending' }],
    ['attributes=id,members&ExcludedAttributes=meta', { attributes: 'id,members', excludedAttributes: 'meta' }],
    ['attributes=id&attributes=members', { attributes: 'id,members' }],
    ['aadOptscim062020=x&__proto__=y&constructor=z', {}],
    ['count=5&count=5', { count: 5 }],
  ])('?%s', (text, expected) => {
    expect(query(text)).toEqual(expected)
  })

  test.each([
    ['startIndex=x', 'invalid_value', '"startIndex" must be a whole number.'],
    ['startIndex=1.5', 'invalid_value', '"startIndex" must be a whole number.'],
    ['count=ten', 'invalid_count', '"count" must be a whole number.'],
    ['count=1e3', 'invalid_count', '"count" must be a whole number.'],
    ['sortOrder=up', 'invalid_value', '"sortOrder" must be "ascending" or "descending".'],
    ['filter=a&FILTER=b', 'invalid_value', '"filter" was sent twice, with different values.'],
  ])('?%s is refused', (text, code, message) => {
    expect(() => query(text)).toThrow(expect.objectContaining({ code, message }))
  })
})

describe('search requests', () => {
  test('RFC 7644 §3.4.3, figure 3', () => {
    expect(
      readSearchRequest({
        schemas: [SEARCH_REQUEST],
        attributes: ['displayName', 'userName'],
        filter: 'displayName sw "smith"',
        startIndex: 1,
        count: 10,
      }),
    ).toEqual({ attributes: 'displayName,userName', filter: 'displayName sw "smith"', startIndex: 1, count: 10 })
  })

  test.each<[Json, object]>([
    [{}, {}],
    [
      { COUNT: '7', startindex: 0, excludedAttributes: 'members', cursor: '' },
      { count: 7, startIndex: 1, excludedAttributes: 'members', cursor: '' },
    ],
    [{ filter: null, count: null, unknown: { a: [1] }, attributes: [] }, {}],
  ])('%j', (body, expected) => {
    expect(readSearchRequest(body)).toEqual(expected)
  })

  test.each<[Json, string, string]>([
    [[], 'invalid_syntax', 'a search request is a JSON object'],
    [null, 'invalid_syntax', 'a search request is a JSON object'],
    [{ filter: 5 }, 'invalid_value', '"filter" must be a text'],
    [{ filter: ['a'] }, 'invalid_value', '"filter" must be a text'],
    [{ attributes: [1] }, 'invalid_value', '"attributes" must be an array of texts'],
    [{ count: true }, 'invalid_value', '"count" must be a whole number'],
    [{ count: 1.5 }, 'invalid_count', '"count" must be a whole number'],
    [{ startIndex: 1e21 }, 'invalid_value', '"startIndex" must be a whole number'],
    [{ count: 1, Count: 2 }, 'invalid_value', '"count" was sent twice'],
  ])('%j is refused', (body, code, message) => {
    expect(() => readSearchRequest(body)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    )
  })
})

describe('bodies', () => {
  test('of a list', () => {
    const resources = [{ id: 'grp_1' }]
    expect(listResponse({ totalResults: 5, startIndex: 2, itemsPerPage: 1, resources })).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: 5,
      startIndex: 2,
      itemsPerPage: 1,
      Resources: resources,
    })
  })

  test('of a page reached by cursor (RFC 9865 §2)', () => {
    const body = listResponse({ totalResults: 5, itemsPerPage: 0, resources: [], nextCursor: 'abc' })
    expect(body).toMatchObject({ nextCursor: 'abc', Resources: [] })
    expect(body).not.toHaveProperty('startIndex')
  })

  test('of an error (RFC 7644 §3.12)', () => {
    expect(errorBody(refuse('mutability', 'The id of a group cannot be changed.'), 'act_1')).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '400',
      scimType: 'mutability',
      detail: 'The id of a group cannot be changed. (request act_1)',
    })
    expect(errorBody(new ScimError('internal'), 'act_1')).not.toHaveProperty('scimType')
  })
})
