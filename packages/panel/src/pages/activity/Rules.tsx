import type { ActivityDetail } from '../../api/types.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Section } from '../../parts/Page.tsx'

interface Props {
  readonly rules: ActivityDetail['dialectRules']
  readonly ignored: readonly string[]
}

/** What had to be read with a provider's habits in mind, and what was passed over. */
export function Rules({ rules, ignored }: Props) {
  const { t, language } = useLanguage()
  if (rules.length === 0 && ignored.length === 0) return null
  return (
    <Section title={t.activity.reading}>
      {rules.length > 0 && (
        <dl className="rules">
          {rules.map(({ name, description }) => (
            <div key={name}>
              <dt>
                <code>{name}</code>
              </dt>
              <dd>{description[language]}</dd>
            </div>
          ))}
        </dl>
      )}
      {ignored.length > 0 && (
        <p>
          {t.activity.ignored}{' '}
          {ignored.map((name) => (
            <code key={name} className="listed">
              {name}
            </code>
          ))}
        </p>
      )}
    </Section>
  )
}
