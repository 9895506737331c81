import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import { useLanguage } from '../i18n/language.tsx'
import { Failure } from '../parts/Failure.tsx'
import { Page } from '../parts/Page.tsx'

export function NotFound() {
  const { t } = useLanguage()
  return (
    <Page title={t.dead.page} says={t.dead.pageSays}>
      <p>
        <Link to="/">{t.dead.home}</Link>
      </p>
    </Page>
  )
}

export function RouteFailure({ error }: ErrorComponentProps) {
  const router = useRouter()
  return (
    <main className="alone">
      <Failure error={error} retry={() => void router.invalidate()} />
    </main>
  )
}
