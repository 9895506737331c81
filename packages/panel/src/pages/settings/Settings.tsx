import { useParams, useSearch } from '@tanstack/react-router'
import { useMay, useMe } from '../../api/may.ts'
import { of } from '../../api/queries.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Page } from '../../parts/Page.tsx'
import { Tabs } from '../../parts/Tabs.tsx'
import { SETTINGS_TABS } from '../../search.ts'
import { Admins } from './Admins.tsx'
import { Audit } from './Audit.tsx'
import { General } from './General.tsx'
import { GuardTab } from './GuardTab.tsx'
import { Keys } from './Keys.tsx'

export function Settings() {
  const { t } = useLanguage()
  const { workspace } = useParams({ from: '/signed-in/w/$workspace/settings' })
  const { tab = 'general', reads = false, after } = useSearch({ from: '/signed-in/w/$workspace/settings' })
  const may = useMay()
  const { features } = useMe()
  const at = of(workspace)
  const shown = SETTINGS_TABS.filter((name) => {
    if (name === 'admins') return features.signIn && may('admins:write')
    if (name === 'keys') return may('keys:write')
    return name !== 'audit' || may('audit:read')
  })
  return (
    <Page title={t.settings.title}>
      <Tabs label={t.settings.title} current={tab} tabs={shown.map((name) => [name, t.settings.tabs[name]] as const)} />
      {tab === 'general' && <General workspace={workspace} />}
      {tab === 'guard' && <GuardTab workspace={workspace} after={after} />}
      {tab === 'admins' && <Admins path={at.at('admins')} says={t.admins.saysWorkspace} />}
      {tab === 'keys' && <Keys path={at.at('keys')} workspace />}
      {tab === 'audit' && <Audit path={at.at('audit')} reads={reads} after={after} />}
    </Page>
  )
}
