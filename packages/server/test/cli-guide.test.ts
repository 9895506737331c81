import { PROVIDERS } from '@optimaite/scim'
import { beforeEach, describe, expect, test } from 'vitest'
import { guides } from '../src/admin/guides.ts'
import { guideAsText } from '../src/guides/guideText.ts'
import { call, freshFolder } from './support/cli.ts'

let cwd: string

beforeEach(async () => {
  cwd = await freshFolder()
})

describe('guide', () => {
  test('without a provider lists the guides, in a folder where nothing else is', async () => {
    const { code, stdout, stderr } = await call(['guide'], cwd)
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^PROVIDER +GUIDE\nentra +Microsoft Entra ID\n/)
    expect(stdout.trim().split('\n')).toHaveLength(PROVIDERS.length + 1)
    expect((await call(['guide', '--language', 'de'], cwd)).stdout).toContain('Ein anderer SCIM-2.0-Client')
  })

  test('is Markdown where nobody reads it, with what is missing named', async () => {
    const { code, stdout, stderr } = await call(['guide', 'entra'], cwd)
    expect(code).toBe(0)
    expect(stdout).toMatch(/^# Microsoft Entra ID\n\n- Tenant URL: `https:\/\/<your host>\/api\/auth\/scim\/v2`\n/)
    expect(stdout).toContain('- Secret token: `<scim-token>`\n')
    expect(stdout).toMatch(/\n## \S/)
    expect(stdout).not.toContain('{{')
    expect(stderr).toContain('optimaite-scim guide entra --workspace NAME')
    expect(stderr).toContain('optimaite-scim token issue NAME --label NAME --provider entra')
  })

  test('has the address of a workspace filled in, and never a token', async () => {
    await call(['workspace', 'create', 'acme', '--name', 'Acme'], cwd)
    const issued = await call(['token', 'issue', 'acme', '--label', 'Entra', '--provider', 'entra'], cwd)
    const words = [
      'guide',
      'okta',
      '--language',
      'de',
      '--workspace',
      'acme',
      '--public-url',
      'https://scim.example.com',
    ]
    const { stdout } = await call(words, cwd)
    expect(stdout).toContain('*Base URL*: `https://scim.example.com/api/auth/scim/v2`')
    expect(stdout).toContain('`Bearer <scim-token>`')
    expect(stdout).not.toContain(issued.stdout.trim())
    const { values } = JSON.parse((await call([...words, '--json'], cwd)).stdout)
    expect(values).toEqual([
      { name: 'baseUrl', label: 'Base URL', text: 'https://scim.example.com/api/auth/scim/v2' },
      { name: 'token', label: 'API Token', text: 'Bearer <scim-token>' },
    ])
  })

  test('says what is wrong, and what there is', async () => {
    const ended = [
      await call(['guide', 'oktaa'], cwd),
      await call(['guide', '--workspace', 'acme'], cwd),
      await call(['guide', 'okta', '--language', 'fr'], cwd),
    ]
    expect(ended.map(({ code }) => code)).toEqual([2, 2, 2])
    expect(ended.map(({ stderr }) => stderr)).toEqual([
      expect.stringContaining('Did you mean "okta"?'),
      expect.stringContaining('A provider is missing.'),
      expect.stringContaining('--language'),
    ])
  })

  test.each(PROVIDERS)('for %s is readable on a terminal: no marks, and no line too long', async (provider) => {
    for (const language of ['en', 'de'] as const) {
      const guide = await guides.read(provider, language)
      if (!guide) throw new Error('no guide')
      const lines = guideAsText(guide, 72).split('\n')
      expect(lines[0]).toBe(guide.title)
      expect(lines.filter((line) => line.length > 72)).toEqual([])
      expect(lines.filter((line) => /\*\*|`|\]\(|^#/.test(line))).toEqual([])
      expect(lines.filter((line) => /^ {3}• |^1\. /.test(line)).length).toBeGreaterThan(0)
    }
  })
})
