import { useLanguage } from '../i18n/language.tsx'

export function SkipLink() {
  const { t } = useLanguage()
  const skip = (event: React.MouseEvent) => {
    event.preventDefault()
    document.getElementById('main')?.focus()
  }
  return (
    // biome-ignore lint/a11y/useValidAnchor: it leads to a place on this page; the router must not take it for another
    <a className="skip" href="#main" onClick={skip}>
      {t.shell.skip}
    </a>
  )
}
