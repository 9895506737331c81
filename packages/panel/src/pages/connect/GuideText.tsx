import type { Guide } from '../../api/types.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Markdown } from '../../markdown/Markdown.tsx'
import { CopyButton } from '../../parts/Copy.tsx'
import { filled } from './fill.ts'

interface Props {
  readonly guide: Guide
  readonly scimUrl: string
  readonly token: string | undefined
}

/** The guide of a provider; the values to paste stand where they are needed, each with its button. */
export function GuideText({ guide, scimUrl, token }: Props) {
  const { t } = useLanguage()
  const code = (text: string) => {
    const value = filled(text, { baseUrl: scimUrl, token })
    if (value === undefined) return <em className="missing">{t.connect.tokenMissing}</em>
    const what = labelOf(text, guide.values)
    if (value === text && what === undefined) return <code>{text}</code>
    return (
      <span className="paste">
        <code>{value}</code>
        <CopyButton text={value} what={what ?? t.connect.token} />
      </span>
    )
  }
  return (
    <div className="card guide">
      {guide.sections.map(({ title, markdown }) => (
        <section key={title} aria-label={title || guide.title}>
          {title !== '' && <h2>{title}</h2>}
          <Markdown text={markdown} code={code} level={3} />
        </section>
      ))}
    </div>
  )
}

/** The provider's name of the field that a text goes into. */
function labelOf(text: string, fields: Guide['values']): string | undefined {
  return fields.find((field) => field.text === text)?.label
}
