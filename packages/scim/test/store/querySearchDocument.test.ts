import { describe, expect, test } from 'vitest'
import type { ResourceType } from '../../src/protocol/schemas/attribute.ts'
import { define } from '../../src/protocol/schemas/define.ts'
import { ENTERPRISE_SCHEMA } from '../../src/protocol/schemas/enterprise.ts'
import { USER } from '../../src/protocol/schemas/resourceTypes.ts'
import { searchDocument } from '../../src/protocol/searchDocument.ts'

describe('the document that filters and sorting read', () => {
  test('has the texts of the view folded, save those that are case exact', () => {
    const view = {
      userName: 'Ana@Example.COM',
      externalId: 'AbC',
      name: { familyName: 'E\u0301TIENNE' },
      emails: [{ value: 'Ana@Example.com', type: 'Work', primary: true }],
      photos: [{ value: 'https://Example.com/A' }],
      x509Certificates: [{ value: 'MIIab', display: 'Old' }],
      [ENTERPRISE_SCHEMA.id]: { department: 'R&D', manager: { value: 'usr_A', displayName: 'Bo' } },
    }
    expect(searchDocument(view, USER)).toEqual({
      userName: 'ana@example.com',
      externalId: 'AbC',
      name: { familyName: 'étienne' },
      emails: [{ value: 'ana@example.com', type: 'work', primary: true }],
      photos: [{ value: 'https://Example.com/A' }],
      x509Certificates: [{ value: 'MIIab', display: 'old' }],
      [ENTERPRISE_SCHEMA.id]: { department: 'r&d', manager: { value: 'usr_A', displayName: 'bo' } },
    })
  })

  test('has nothing that stands elsewhere, is unknown or is null', () => {
    const view = {
      schemas: ['x'],
      id: 'usr_1',
      meta: { version: 'W/"1"' },
      groups: [{ value: 'grp_1' }],
      shoeSize: 44,
      title: null,
      active: false,
      'urn:example:other': { a: 'b' },
    }
    expect(searchDocument(view, USER)).toEqual({ active: false })
  })

  test('has no value of another type than its attribute, and an array where there can be several', () => {
    const view = {
      title: 5,
      active: 'true',
      name: 'Ana',
      displayName: ['a'],
      emails: { value: 'A' },
      phoneNumbers: ['1', null, { value: 2, type: 'home' }],
      [ENTERPRISE_SCHEMA.id]: 'x',
    }
    expect(searchDocument(view, USER)).toEqual({ emails: [{ value: 'a' }], phoneNumbers: [{ type: 'home' }] })
  })

  test('reads own properties only', () => {
    expect(searchDocument(Object.create({ title: 'inherited' }), USER)).toEqual({})
  })

  test('has dateTimes in UTC with milliseconds, and numbers as they are', () => {
    const attributes = [define('since', 'dateTime', 'When.'), define('size', 'decimal', 'How large.')]
    const type: ResourceType = { ...USER, schema: { ...USER.schema, attributes }, extensions: [] }
    expect(searchDocument({ since: '2026-01-31T13:00:00.5+01:00', size: 1.5 }, type)).toEqual({
      since: '2026-01-31T12:00:00.500Z',
      size: 1.5,
    })
    expect(searchDocument({ since: 'yesterday', size: '1.5' }, type)).toEqual({})
  })
})
