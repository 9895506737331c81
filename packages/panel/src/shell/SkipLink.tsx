import { useLanguage } from '../i18n/language.tsx'

export function SkipLink() {
  const { t } = useLanguage()
  const skip = (event: React.MouseEvent) => {
    event.preventDefault()
    document.getElementById('main')?.focus()
  }
  return (
    <a className="skip" href="#main" onClick={skip}>
      {t.shell.skip}
    </a>
  )
}
