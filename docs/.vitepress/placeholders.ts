import type { MarkdownRenderer } from 'vitepress'

/** What a guide's placeholders say where nobody's own values are known. */
const ENGLISH: Readonly<Record<string, string>> = {
  '{{baseUrl}}': 'https://<your host>/api/auth/scim/v2',
  '{{token}}': '<scim-token>',
}
const GERMAN: Readonly<Record<string, string>> = { ...ENGLISH, '{{baseUrl}}': 'https://<Ihr Host>/api/auth/scim/v2' }

/** Fills the placeholders of guides (providers/README.md) in code, the only place where they stand. */
export function fillPlaceholders(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('fill-placeholders', ({ env, tokens }) => {
    const shown = String(env.relativePath).startsWith('de/') ? GERMAN : ENGLISH
    for (const token of tokens.flatMap(({ children }) => children ?? []))
      if (token.type === 'code_inline')
        token.content = token.content.replaceAll(/\{\{\w+\}\}/g, (placeholder) => shown[placeholder] ?? placeholder)
  })
}
