import { readFile } from 'node:fs/promises'
import type { Guide, GuidesPort, Language } from '@optimaite/scim/admin'

// From packages/server/src/admin and from packages/server/dist/admin, the repository is four levels up.
const PROVIDERS = new URL('../../../../providers/', import.meta.url)

/** The guides of `providers/`, as they are written: what is to be pasted stands in them as `{{baseUrl}}` and `{{token}}`. */
export const guides: GuidesPort = {
  async read(provider, language) {
    // A name of a folder and nothing that leads elsewhere.
    if (!/^[a-z0-9-]+$/.test(provider)) return undefined
    const file = new URL(`${provider}/guide.${language}.md`, PROVIDERS)
    const text = await readFile(file, 'utf8').catch(() => undefined)
    return text === undefined ? undefined : toGuide(provider, language, text)
  },
}

/** Title from the head of the file; each heading begins a section, and what stands before the first has no title. */
function toGuide(provider: string, language: Language, text: string): Guide {
  const [, head = '', body = text] = /^---\n(.*?)\n---\n(.*)$/s.exec(text) ?? []
  const title = /^title: *(.+)$/m.exec(head)?.[1] ?? provider
  const sections = body.split(/^(?=## )/m).map((part) => {
    const [, heading = '', rest = part] = /^## +([^\n]*)\n(.*)$/s.exec(part) ?? []
    return { title: heading.trim(), markdown: rest.trim() }
  })
  const shown = sections.filter(({ title, markdown }) => title + markdown !== '')
  return { provider, language, title: unquoted(title), values: valuesOf(head), sections: shown }
}

/** Each stands on a line of its own, `- { name: …, label: …, text: … }`. */
function valuesOf(head: string): Guide['values'] {
  return Array.from(head.matchAll(/^ *- \{ name: (.+?), label: (.+?), text: (.+?) \}$/gm), ([, ...given]) => {
    const [name = '', label = '', text = ''] = given.map(unquoted)
    return { name, label, text }
  })
}

function unquoted(text: string): string {
  return text.replace(/^(['"])(.*)\1$/, '$2')
}
