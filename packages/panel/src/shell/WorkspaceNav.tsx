import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { of } from '../api/queries.ts'
import { useLanguage } from '../i18n/language.tsx'

const PAGES = [
  ['overview', '/w/$workspace'],
  ['connect', '/w/$workspace/connect'],
  ['tokens', '/w/$workspace/tokens'],
  ['groups', '/w/$workspace/groups'],
  ['people', '/w/$workspace/people'],
  ['activity', '/w/$workspace/activity'],
  ['settings', '/w/$workspace/settings'],
] as const

export function WorkspaceNav({ workspace }: { readonly workspace: string }) {
  const { t } = useLanguage()
  const { data } = useQuery(of(workspace).workspace())
  return (
    <nav className="side" aria-label={t.shell.workspace(data?.name ?? workspace)}>
      <p className="side-name">{data?.name ?? workspace}</p>
      <ul>
        {PAGES.map(([name, to]) => (
          <li key={name}>
            <Link
              to={to}
              params={{ workspace }}
              search={{}}
              activeOptions={{ exact: name === 'overview', includeSearch: false }}
            >
              {t[name].title}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
