import { useQuery } from '@tanstack/react-query'
import { of } from '../../api/queries.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Code } from '../../parts/Code.tsx'
import { Loaded } from '../../parts/Loaded.tsx'

/** The group as the provider reads it. */
export function GroupScim({ workspace, group }: { readonly workspace: string; readonly group: string }) {
  const { t, format } = useLanguage()
  const query = useQuery(of(workspace).groupScim(group))
  return (
    <Loaded query={query}>
      {({ resource, location, version, members }) => (
        <div className="stack">
          <p className="quiet">
            <code>GET {location}</code> · ETag <code>{version}</code>
            {members > 1_000 && ` · ${t.groups.firstMembers(format.number(members))}`}
          </p>
          <Code label="SCIM" text={JSON.stringify(resource, null, 2)} />
        </div>
      )}
    </Loaded>
  )
}
