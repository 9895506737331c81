import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Block, parseBlocks } from '../src/markdown/blocks.ts'
import { parseCode, parseInline } from '../src/markdown/inline.ts'
import { filled } from '../src/pages/connect/fill.ts'

test.each([
  'javascript:alert(1)',
  'JAVASCRIPT:alert(1)',
  'data:text/html,x',
  '//evil.example',
  '/\\evil.example',
  'file:///x',
])('a link to %s is no link', (href) => {
  expect(parseInline(`[press](${href})`)).not.toContainEqual(expect.objectContaining({ kind: 'link' }))
})

test.each(['https://entra.microsoft.com', '/docs/scim', '#connect'])('a link to %s is one', (href) => {
  expect(parseInline(`[press](${href})`)).toEqual([
    { kind: 'link', href, at: 0, inner: [{ kind: 'text', text: 'press', at: 0 }] },
  ])
})

test('markup stays text', () => {
  expect(parseInline('<img src=x onerror=alert(1)>')).toEqual([
    { kind: 'text', text: '<img src=x onerror=alert(1)>', at: 0 },
  ])
})

test('code is taken as it stands, emphasis within strong too', () => {
  expect(parseInline('**Tenant _URL_** is `a*b*`')).toEqual([
    {
      kind: 'strong',
      at: 0,
      inner: [
        { kind: 'text', text: 'Tenant ', at: 0 },
        { kind: 'emphasis', inner: [{ kind: 'text', text: 'URL', at: 0 }], at: 7 },
      ],
    },
    { kind: 'text', text: ' is ', at: 16 },
    { kind: 'code', text: 'a*b*', at: 20 },
  ])
})

test('where backticks alone mean something, names keep their marks', () => {
  expect(parseCode('in _all_ since `grp_1` *now*')).toEqual([
    { kind: 'text', text: 'in _all_ since ', at: 0 },
    { kind: 'code', text: 'grp_1', at: 16 },
    { kind: 'text', text: ' *now*', at: 22 },
  ])
})

test('whatever stands beside each other begins at different places', () => {
  const places = (all: readonly { readonly at: number }[]) =>
    expect(new Set(all.map(({ at }) => at)).size).toBe(all.length)
  const blocks = parseBlocks('# A\n\ntext\n- a\n- b\n  - c\n  - d\n\n| a |\n|---|\n| b |')
  places(blocks)
  for (const block of blocks) {
    if (block.kind !== 'list') continue
    places(block.items)
    for (const item of block.items) places(item.blocks)
  }
  expect(blocks.length).toBeGreaterThan(3)
})

test('a list goes on with its number behind a heading', () => {
  const lists = parseBlocks('1. one\n2. two\n\n### More\n\n3. three').filter(({ kind }) => kind === 'list')
  expect(lists).toMatchObject([{ start: 1 }, { start: 3 }])
})

test.each(['', '```', '|', '1.', '- ', '#', '| a |\n|---', '> x\n\t- y'])('%j comes to an end', (text) => {
  expect(parseBlocks(text)).toBeInstanceOf(Array)
})

const PROVIDERS = ['entra', 'okta', 'okta-wizard', 'onelogin', 'jumpcloud', 'authentik', 'other']

test.each(PROVIDERS.flatMap((name) => ['en', 'de'].map((language) => [name, language])))(
  'the guide of %s in %s has steps, and no table is left as text',
  (name, language) => {
    const path = join(import.meta.dirname, `../../../providers/${name}/guide.${language}.md`)
    const blocks = parseBlocks(readFileSync(path, 'utf8').replace(/^---\n.*?\n---\n/s, ''))
    expect(blocks.some((block: Block) => block.kind === 'list')).toBe(true)
    expect(blocks.filter((block) => block.kind === 'paragraph' && /^\|/m.test(block.text))).toEqual([])
  },
)

test('a value that is not there yet fills nothing', () => {
  const values = { baseUrl: 'https://scim.example/v2', token: undefined }
  expect(filled('{{baseUrl}}/Groups', values)).toBe('https://scim.example/v2/Groups')
  expect(filled('Bearer {{token}}', values)).toBeUndefined()
  expect(filled('Bearer {{token}}', { ...values, token: '$&' })).toBe('Bearer $&')
})
