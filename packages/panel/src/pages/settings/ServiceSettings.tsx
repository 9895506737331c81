import { useSearch } from '@tanstack/react-router'
import { useMe } from '../../api/may.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Page } from '../../parts/Page.tsx'
import { Tabs } from '../../parts/Tabs.tsx'
import { SERVICE_TABS } from '../../search.ts'
import { Admins } from './Admins.tsx'
import { Audit } from './Audit.tsx'
import { Keys } from './Keys.tsx'

/** What belongs to no workspace: operators, keys for all workspaces, and the audit trail. */
export function ServiceSettings() {
  const { t } = useLanguage()
  const { features } = useMe()
  const shown = SERVICE_TABS.filter((name) => name !== 'admins' || features.signIn)
  const { tab = shown[0] ?? 'keys', reads = false, after } = useSearch({ from: '/signed-in/service' })
  return (
    <Page title={t.service.title} says={t.service.says}>
      <Tabs label={t.service.title} current={tab} tabs={shown.map((name) => [name, t.service.tabs[name]] as const)} />
      {tab === 'admins' && <Admins path="/admins" says={t.admins.saysService} />}
      {tab === 'keys' && <Keys path="/keys" workspace={false} />}
      {tab === 'audit' && <Audit path="/audit" reads={reads} after={after} />}
    </Page>
  )
}
