import { Link, Outlet, useParams } from '@tanstack/react-router'
import { Suspense } from 'react'
import { useMay, useMe } from '../api/may.ts'
import { useStaying } from '../api/staying.ts'
import { useLanguage } from '../i18n/language.tsx'
import { Loading } from '../parts/Loaded.tsx'
import { Brand } from './Brand.tsx'
import { Looks } from './Looks.tsx'
import { MeMenu } from './MeMenu.tsx'
import { SkipLink } from './SkipLink.tsx'
import { WorkspaceNav } from './WorkspaceNav.tsx'

/** The frame of every page that needs a sign-in. */
export function Shell() {
  const { t } = useLanguage()
  const { workspace } = useParams({ strict: false })
  const me = useMe()
  useStaying()
  const may = useMay()
  const seesService = me.kind === 'operator' && (may('admins:write') || may('keys:write') || may('audit:read'))
  return (
    <div className="shell">
      <SkipLink />
      <header className="bar">
        <Link to="/" className="bar-brand" aria-label={t.shell.home}>
          <Brand />
        </Link>
        <nav className="bar-nav" aria-label={t.shell.main}>
          <Link to="/workspaces" search={{}} activeOptions={{ includeSearch: false }}>
            {t.workspaces.title}
          </Link>
          {seesService && (
            <Link to="/service" search={{}} activeOptions={{ includeSearch: false }}>
              {t.service.title}
            </Link>
          )}
        </nav>
        <div className="bar-end">
          <Looks />
          <MeMenu />
        </div>
      </header>
      <div className={workspace === undefined ? 'body' : 'body body-sided'}>
        {workspace !== undefined && <WorkspaceNav workspace={workspace} />}
        <main id="main" tabIndex={-1}>
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
    </div>
  )
}
