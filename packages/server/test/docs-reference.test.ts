import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { PROVIDERS } from '@optimaite/scim'
import { describe, expect, test } from 'vitest'
import { referencePages } from '../../../docs/generate/pages.ts'

const REPOSITORY = new URL('../../../', import.meta.url)

function read(path: string): string {
  return readFileSync(new URL(path, REPOSITORY), 'utf8')
}

describe('the reference', () => {
  const pages = referencePages()

  test.each(pages)('$path is what "npm run docs:generate" makes of the code', ({ path, text }) => {
    expect(read(`docs/${path}`)).toBe(text)
  })

  test('has no other pages', () => {
    const written = readdirSync(new URL('docs/reference', REPOSITORY)).map((name) => `reference/${name}`)
    expect(written.sort()).toEqual(pages.map(({ path }) => path).sort())
  })
})

describe.each(PROVIDERS)('the guide for %s', (provider) => {
  const guides = (['en', 'de'] as const).map((language) => ({
    language,
    text: read(`providers/${provider}/guide.${language}.md`),
  }))

  test.each(guides)(
    'in $language has its front matter, placeholders in code and numbered steps',
    ({ language, text }) => {
      const [, matter = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? []
      expect(matter).toMatch(/^title: \S/)
      expect(matter).toContain(`provider: ${provider}\nlanguage: ${language}\nvalues:\n`)
      expect(valuesOf(matter).map(([name]) => name)).toEqual(expect.arrayContaining(['baseUrl', 'token']))
      expect(body.replaceAll(/`[^`\n]*`/g, '')).not.toMatch(/\{\{/)
      for (const [placeholder] of text.matchAll(/\{\{\w+\}\}/g))
        expect(['{{baseUrl}}', '{{token}}']).toContain(placeholder)
      const steps = Array.from(body.matchAll(/^(\d+)\. /gm), ([, number]) => Number(number))
      expect(steps).toEqual(steps.map((_, i) => i + 1))
      expect(steps.length).toBeGreaterThan(4)
      expect(body).not.toMatch(/^# /m)
    },
  )

  test('has the same values and steps in both languages', () => {
    const [en = '', de = ''] = guides.map(({ text }) => text)
    expect(valuesOf(de)).toEqual(valuesOf(en))
    const outline = (text: string) => text.match(/^(##|\d+\.|- |\|)/gm)
    expect(outline(de)).toEqual(outline(en))
  })

  test.each(['docs/guides', 'docs/de/guides'])('has a page in %s', (folder) => {
    expect(existsSync(new URL(`${folder}/${provider}.md`, REPOSITORY))).toBe(true)
  })
})

function valuesOf(text: string): string[][] {
  return Array.from(text.matchAll(/^ {2}- \{ name: (\w+), label: (.+), text: (.+) \}$/gm), (match) => match.slice(1))
}
