import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useParams } from '@tanstack/react-router'
import { ApiProblem } from '../api/client.ts'
import { of } from '../api/queries.ts'
import { useLanguage } from '../i18n/language.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { Page } from '../parts/Page.tsx'

/** The pages of one workspace, once it is known to be there. */
export function WorkspaceFrame() {
  const { t } = useLanguage()
  const { workspace } = useParams({ from: '/signed-in/w/$workspace' })
  const query = useQuery(of(workspace).workspace())
  if (query.error instanceof ApiProblem && query.error.status === 404)
    return (
      <Page title={t.dead.workspace} says={t.dead.workspaceSays(workspace)}>
        <p>
          <Link to="/workspaces" search={{}}>
            {t.dead.allWorkspaces}
          </Link>
        </p>
      </Page>
    )
  return <Loaded query={query}>{() => <Outlet />}</Loaded>
}
