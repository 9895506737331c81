import { readFileSync } from 'node:fs'
import { PROVIDERS } from '@optimaite/scim'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { guides } from '../src/admin/guides.ts'

const ALL = PROVIDERS.flatMap((provider) => (['en', 'de'] as const).map((language) => ({ provider, language })))

describe('a guide', () => {
  test.each(ALL)('$provider in $language has the title and the values of its head', async ({ provider, language }) => {
    const file = new URL(`../../../providers/${provider}/guide.${language}.md`, import.meta.url)
    const [, head = ''] = /^---\n(.*?)\n---\n/s.exec(readFileSync(file, 'utf8')) ?? []
    const guide = await guides.read(provider, language)
    const { title, values } = parse(head)
    expect(guide).toMatchObject({ provider, language, title, values })
    expect(values.map(({ name }: { name: string }) => name)).toEqual(expect.arrayContaining(['baseUrl', 'token']))
    expect(guide?.sections.length).toBeGreaterThan(2)
  })

  test('is no file beside', async () => {
    expect(await guides.read('../entra', 'en')).toBeUndefined()
    expect(await guides.read('aol', 'en')).toBeUndefined()
  })
})
