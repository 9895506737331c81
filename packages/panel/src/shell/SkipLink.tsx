import { useLanguage } from '../i18n/language.tsx'

/** A button, as a link's address would be one more place for the router. */
export function SkipLink() {
  const { t } = useLanguage()
  return (
    <button type="button" className="skip" onClick={() => document.getElementById('main')?.focus()}>
      {t.shell.skip}
    </button>
  )
}
