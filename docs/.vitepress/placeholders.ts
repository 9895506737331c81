import type { MarkdownRenderer } from 'vitepress'

/** What a guide's placeholders say where nobody's own values are known. */
const SHOWN: Readonly<Record<string, string>> = {
  '{{baseUrl}}': 'https://<your host>/api/auth/scim/v2',
  '{{token}}': '<scim-token>',
}

/** Fills the placeholders of guides (providers/README.md) in code, the only place where they stand. */
export function fillPlaceholders(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('fill-placeholders', ({ tokens }) => {
    for (const token of tokens.flatMap(({ children }) => children ?? []))
      if (token.type === 'code_inline') token.content = filled(token.content)
  })
}

function filled(text: string): string {
  return text.replaceAll(/\{\{\w+\}\}/g, (placeholder) => SHOWN[placeholder] ?? placeholder)
}
