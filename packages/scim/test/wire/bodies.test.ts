import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ANA, type Body, ERROR_URN, membersOf, type Service, STORES, startService } from './support.ts'

const nested = (depth: number, inner = '1') => `${'['.repeat(depth)}${inner}${']'.repeat(depth)}`
const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))))

describe.each(STORES)('hostile bodies on %s (DESIGN 3.5)', (store) => {
  let service: Service
  let group: Body
  beforeAll(async () => {
    service = await startService(store)
    group = await service.acme.group({ displayName: 'Engineering', externalId: 'x', members: membersOf(ANA) })
  })
  afterAll(() => service[Symbol.asyncDispose]())

  test.each<[string, string | Uint8Array]>([
    ['nothing', ''],
    ['blanks', ' \n\t '],
    ['no JSON', 'displayName=x'],
    ['half of JSON', '{"displayName":"x"'],
    ['JSON and more', '{"displayName":"x"} {}'],
    ['a comment', '{"displayName":"x" /* y */}'],
    ['single quotation marks', "{'displayName':'x'}"],
    ['NaN', '{"displayName":NaN}'],
    ['HTML', '<html></html>'],
    ['null', 'null'],
    ['a number', '7'],
    ['a text', '"x"'],
    ['true', 'true'],
    ['a list', '[]'],
    ['a list of groups', '[{"displayName":"x"}]'],
    ['a NUL byte', bytes('{"displayName":"a', [0], 'b"}')],
    ['NUL as an escape', '{"displayName":"a\\u0000b"}'],
    ['NUL in a key', '{"displayName":"x","a\\u0000":1}'],
    ['NUL in an unknown value', '{"displayName":"x","y":{"z":["\\u0000"]}}'],
    ['a lone high surrogate', '{"displayName":"a\\ud800b"}'],
    ['a lone low surrogate', '{"displayName":"\\udc00"}'],
    ['a lone surrogate in a key', '{"displayName":"x","\\ud83d":1}'],
    ['a lone surrogate in a member', '{"displayName":"x","members":[{"value":"usr_\\ud800"}]}'],
    ['invalid UTF-8', bytes('{"displayName":"', [0xc3, 0x28], '"}')],
    ['Latin-1', bytes('{"displayName":"M', [0xfc], 'nchen"}')],
    ['an overlong form', bytes('{"displayName":"', [0xc0, 0xaf], '"}')],
    ['an encoded surrogate', bytes('{"displayName":"', [0xed, 0xa0, 0x80], '"}')],
    ['a truncated character', bytes('{"displayName":"x', [0xe2, 0x82])],
    ['UTF-16', Buffer.from('{"displayName":"x"}', 'utf16le')],
    ['__proto__', '{"displayName":"x","__proto__":{"members":[]}}'],
    ['__proto__ deep inside', '{"displayName":"x","a":[{"b":{"__proto__":{"c":1}}}]}'],
    ['__proto__ as an escape', '{"displayName":"x","\\u005f_proto__":{}}'],
    ['constructor', '{"displayName":"x","constructor":{"prototype":{}}}'],
    ['17 levels', `{"displayName":"x","y":${nested(16)}}`],
    ['17 levels, the last one empty', `{"displayName":"x","y":${nested(16, '')}}`],
    ['17 levels of objects', `${'{"a":'.repeat(17)}1${'}'.repeat(17)}`],
    ['100,000 levels', nested(100_000)],
    ['100,000 levels without their end', '['.repeat(100_000)],
    ['more keys than anybody sends', JSON.stringify({ displayName: 'x', ...wide(1_000) })],
    ['many millions of values', `{"displayName":"x","y":[${'0,'.repeat(3_500_000)}0]}`],
  ])('%s: 400 invalidSyntax, and nothing changes', async (_, body) => {
    for (const [method, path] of [
      ['POST', '/Groups'],
      ['PUT', `/Groups/${group.id}`],
      ['PATCH', `/Groups/${group.id}`],
    ] as const) {
      if (body.length > 1_000_000 && method !== 'POST') continue
      const answer = await service.acme.send(method, path, { body })
      expect([method, answer.status]).toEqual([method, 400])
      expect(answer.body).toMatchObject({ schemas: [ERROR_URN], status: '400', scimType: 'invalidSyntax' })
      expect(answer.text.length).toBeLessThan(500)
    }
    expect((await service.acme.get('/Groups')).body.Resources).toEqual([group])
  })

  test('what is odd and right is read', async () => {
    for (const [index, body] of [
      '\ufeff{"displayName":"{}"}',
      '  {"displayName":"{}"}\r\n',
      `{"displayName":"{}","y":${nested(15)}}`,
      '{"displayName":"{}","toString":1,"hasOwnProperty":2,"valueOf":{}}',
      '{"displayName":"{} \\ud83d\\ude00 \\u0001 \\"__proto__\\""}',
      `{"displayName":"{}","y":"${'[{,'.repeat(100_000)}"}`,
    ].entries()) {
      const answer = await service.acme.post('/Groups', body.replace('"{}', `"Odd ${index}`))
      expect([index, answer.status]).toEqual([index, 201])
      await service.acme.remove(`/Groups/${answer.body.id}`)
    }
  })

  test('a name of 10 MB is refused in few words', async () => {
    const name = 'x'.repeat(10_000_000)
    for (const body of [
      { displayName: name },
      { displayName: 'x', externalId: name },
      { id: name, displayName: 'x' },
    ]) {
      const answer = await service.acme.put(`/Groups/${group.id}`, body)
      expect(answer.status).toBe(400)
      expect(answer.text.length).toBeLessThan(500)
    }
    const key = { displayName: 'Long keys', [name]: 1, [`${'a '.repeat(10_000)}eq`]: 1 }
    const { body } = await service.acme.post('/Groups', key)
    const [entry] = await service.scim.activity.list('acme')
    expect(JSON.stringify(entry).length).toBeLessThan(40_000)
    await service.acme.remove(`/Groups/${body.id}`)
  })

  test('no prototype is ever changed', () => {
    expect(Object.keys(Object.prototype)).toEqual([])
    expect(({} as Record<string, unknown>).members).toBeUndefined()
  })

  test('a long body leaves at most 16 KiB in its activity entry', async () => {
    const members = Array.from({ length: 5_000 }, (_, i) => ({ value: `usr_${i}`, display: 'x'.repeat(300) }))
    const { id } = await service.acme.group({ displayName: 'Many', members, ...wide(900) })
    const [row] = await service.rows<{ shape: string; ignored: string }>(
      `select shape, ignored from {activity} where group_id = '${id}'`,
    )
    expect(Buffer.byteLength(row?.shape ?? '')).toBeLessThanOrEqual(16 * 1024)
    expect(Buffer.byteLength(row?.ignored ?? '')).toBeLessThanOrEqual(16 * 1024)
    expect(row?.shape).not.toContain('xxxxx')
    await service.acme.remove(`/Groups/${id}`)
  })
})

function wide(keys: number): Record<string, number> {
  return Object.fromEntries(Array.from({ length: keys }, (_, i) => [`urn:example:attribute:${i}`, i]))
}
