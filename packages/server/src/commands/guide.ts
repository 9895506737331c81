import { PROVIDERS, type Provider } from '@optimaite/scim'
import type { Guide, Language } from '@optimaite/scim/admin'
import type { Command } from 'commander'
import { guides } from '../admin/guides.ts'
import { define, type Options } from '../cli/define.ts'
import { Fault, misused } from '../cli/fault.ts'
import { type Invocation, placeHint } from '../cli/invocation.ts'
import { existingWorkspace, withLibrary } from '../cli/library.ts'
import { PROGRAM } from '../cli/name.ts'
import { nearest } from '../cli/nearest.ts'
import { print, printJson, say } from '../cli/output.ts'
import { pathOf } from '../cli/remote/call.ts'
import { table } from '../cli/table.ts'
import { choice } from '../cli/values.ts'
import { guideAsMarkdown, guideAsText } from '../guides/guideText.ts'

const LANGUAGES = ['en', 'de'] as const
const WIDEST = 100

/** What stands where a value is to be pasted; a token is shown by no command but the one that issues it. */
const MISSING: Readonly<Record<Language, GuideValues>> = {
  en: { baseUrl: 'https://<your host>/api/auth/scim/v2', token: '<scim-token>' },
  de: { baseUrl: 'https://<Ihr Host>/api/auth/scim/v2', token: '<scim-token>' },
}

interface GuideValues {
  readonly baseUrl: string
  readonly token: string
}

/** Adds `guide`. */
export function addGuide(program: Command): void {
  define(program, {
    usage: 'guide [provider]',
    description: `how to set a provider up: ${PROVIDERS.join(', ')}; without one, lists the guides`,
    options: [
      ['--language <language>', `of the guide: ${LANGUAGES.join(', ')} (default: en)`],
      ['--workspace <slug>', 'fill in the SCIM address of this workspace'],
    ],
    anywhere: true,
    settings: ['publicUrl'],
    action: perform,
  })
}

async function perform(invocation: Invocation, [name]: readonly string[], options: Options): Promise<void> {
  const language = choice('--language', options.language, LANGUAGES) ?? 'en'
  const slug = options.workspace === undefined ? undefined : String(options.workspace)
  if (name !== undefined) return show(invocation, checked(name), language, slug)
  if (slug !== undefined)
    throw misused('A provider is missing.', `Write ${PROGRAM} guide entra --workspace ${slug}, for instance.`)
  const all = await Promise.all(PROVIDERS.map((provider) => read(invocation, provider, language)))
  const listed = all.map(({ provider, title }) => ({ provider, title }))
  if (invocation.json) return printJson(listed)
  print(
    table(
      ['PROVIDER', 'GUIDE'],
      listed.map(({ provider, title }) => [provider, title]),
    ),
  )
}

async function show(invocation: Invocation, provider: Provider, language: Language, slug: string | undefined) {
  const written = await read(invocation, provider, language)
  const missing = MISSING[language]
  const guide = filled(written, slug === undefined ? missing : { ...missing, baseUrl: await address(invocation, slug) })
  if (invocation.json) return printJson(guide)
  const { isTTY, columns } = process.stdout
  print(isTTY ? guideAsText(guide, Math.min(columns, WIDEST)) : guideAsMarkdown(guide))
  const hint = placeHint(invocation)
  if (slug === undefined)
    say(`The SCIM address stands in it with: ${PROGRAM} guide ${provider} --workspace NAME${hint}`)
  say(`A token is issued with: ${PROGRAM} token issue ${slug ?? 'NAME'} --label NAME --provider ${provider}${hint}`)
}

function checked(name: string): Provider {
  const known = PROVIDERS.find((provider) => provider === name.toLowerCase())
  if (known !== undefined) return known
  const near = nearest(name, PROVIDERS)
  const next = near === undefined ? `Choose from: ${PROVIDERS.join(', ')}.` : `Did you mean "${near}"?`
  throw misused(`There is no guide for "${name}".`, next)
}

/** As this program brings it, or as the service elsewhere does. */
async function read({ remote }: Invocation, provider: Provider, language: Language): Promise<Guide> {
  if (remote !== undefined) return remote.call('GET', pathOf('guides', provider), { query: { language } })
  const guide = await guides.read(provider, language)
  if (!guide) throw new Fault(`The guide for "${provider}" is not there.`, 'Install the program anew.')
  return guide
}

async function address(invocation: Invocation, slug: string): Promise<string> {
  return (await withLibrary(invocation, (library) => existingWorkspace(library, slug))).baseUrl
}

function filled({ values, sections, ...guide }: Guide, given: GuideValues): Guide {
  const fill = (text: string): string =>
    text.replaceAll(/\{\{(baseUrl|token)\}\}/g, (_, name: keyof GuideValues) => given[name])
  return {
    ...guide,
    values: values.map((value) => ({ ...value, text: fill(value.text) })),
    sections: sections.map(({ title, markdown }) => ({ title, markdown: fill(markdown) })),
  }
}
