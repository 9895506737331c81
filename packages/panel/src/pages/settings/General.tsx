import { useQuery } from '@tanstack/react-query'
import { useMay, useMe } from '../../api/may.ts'
import { of } from '../../api/queries.ts'
import type { Workspace } from '../../api/types.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { CopyValue } from '../../parts/Copy.tsx'
import { Loaded } from '../../parts/Loaded.tsx'
import { Section } from '../../parts/Page.tsx'
import { DeleteWorkspace } from './DeleteWorkspace.tsx'
import { PoliciesForm } from './PoliciesForm.tsx'
import { ScimSwitch } from './ScimSwitch.tsx'

export function General({ workspace }: { readonly workspace: string }) {
  const query = useQuery(of(workspace).workspace())
  return <Loaded query={query}>{(data) => <All workspace={data} />}</Loaded>
}

function All({ workspace }: { readonly workspace: Workspace }) {
  const { t } = useLanguage()
  const may = useMay()
  const me = useMe()
  const operates = may('workspaces:write') && me.kind === 'operator'
  return (
    <div className="stack settings">
      <Section title={t.settings.scim} says={t.settings.scimSays}>
        <ScimSwitch workspace={workspace} allowed={operates} />
        <CopyValue label={t.connect.address} text={workspace.scimUrl} />
      </Section>
      <PoliciesForm key={workspace.slug} workspace={workspace} allowed={may('settings:write')} />
      {operates && <DeleteWorkspace workspace={workspace} />}
    </div>
  )
}
