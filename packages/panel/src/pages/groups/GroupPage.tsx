import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useMay } from '../../api/may.ts'
import { of } from '../../api/queries.ts'
import type { Group } from '../../api/types.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Button } from '../../parts/Button.tsx'
import { Facts } from '../../parts/Facts.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { Loaded } from '../../parts/Loaded.tsx'
import { Page } from '../../parts/Page.tsx'
import { Tabs } from '../../parts/Tabs.tsx'
import { At } from '../../parts/Time.tsx'
import { GROUP_TABS } from '../../search.ts'
import { DeleteGroup } from './DeleteGroup.tsx'
import { GroupHistoryTab } from './GroupHistoryTab.tsx'
import { GroupScim } from './GroupScim.tsx'
import { ManagedBadge } from './Groups.tsx'
import { Members } from './Members.tsx'
import { ReleaseGroup } from './ReleaseGroup.tsx'
import { RenameGroup } from './RenameGroup.tsx'
import { RestoreGroup } from './RestoreGroup.tsx'

/** Trust its membership. A group that is gone keeps its history. */
export function GroupPage() {
  const { t } = useLanguage()
  const { workspace, group } = useParams({ from: '/signed-in/w/$workspace/groups/$group' })
  const { tab = 'members' } = useSearch({ from: '/signed-in/w/$workspace/groups/$group' })
  const query = useQuery(of(workspace).group(group))
  const history = useQuery({ ...of(workspace).groupHistory(group, {}), enabled: query.isError })
  const back = (
    <Link to="/w/$workspace/groups" params={{ workspace }} search={{}} className="way-back">
      <Icon name="back" />
      {t.groups.title}
    </Link>
  )
  if (query.isError && history.data)
    return (
      <Page title={history.data.group.displayName} back={back} says={t.groups.gone}>
        <GroupHistoryTab workspace={workspace} group={group} onRestore={undefined} />
      </Page>
    )
  if (!query.data)
    return (
      <Page title={t.groups.group} back={back}>
        <Loaded query={query}>{() => null}</Loaded>
      </Page>
    )
  return <Living workspace={workspace} group={query.data} back={back} tab={tab} />
}

interface Props {
  readonly workspace: string
  readonly group: Group
  readonly back: React.ReactNode
  readonly tab: (typeof GROUP_TABS)[number]
}

function Living({ workspace, group, back, tab }: Props) {
  const { t, format } = useLanguage()
  const may = useMay()
  const [asked, setAsked] = useState<'release' | 'rename' | 'delete'>()
  const [moment, setMoment] = useState<string>()
  const close = () => setAsked(undefined)
  const mayWrite = may('groups:write')
  const actions = mayWrite && (
    <>
      <Button onClick={() => setMoment('')}>{t.restore.act}</Button>
      {group.managed ? (
        <Button onClick={() => setAsked('release')}>{t.groups.release}</Button>
      ) : (
        <>
          <Button onClick={() => setAsked('rename')}>{t.groups.rename}</Button>
          <Button onClick={() => setAsked('delete')}>{t.groups.delete}</Button>
        </>
      )}
    </>
  )
  return (
    <Page title={group.displayName} back={back} actions={actions}>
      <Facts
        facts={[
          [t.groups.members, format.number(group.memberCount)],
          [t.groups.managedBy, <ManagedBadge key="managed" managed={group.managed} />],
          ['externalId', group.externalId && <code>{group.externalId}</code>],
          [t.groups.id, <code key="id">{group.id}</code>],
          [t.groups.version, format.number(group.version)],
          [t.groups.changed, <At key="at" at={group.updatedAt} />],
        ]}
      />
      <Tabs
        label={group.displayName}
        current={tab}
        tabs={GROUP_TABS.map((name) => [name, t.groups.tabs[name]] as const)}
      />
      {tab === 'members' && <Members workspace={workspace} group={group} />}
      {tab === 'history' && (
        <GroupHistoryTab workspace={workspace} group={group.id} onRestore={mayWrite ? setMoment : undefined} />
      )}
      {tab === 'scim' && <GroupScim workspace={workspace} group={group.id} />}
      {asked === 'release' && <ReleaseGroup workspace={workspace} group={group} onClose={close} />}
      {asked === 'rename' && <RenameGroup workspace={workspace} group={group} onClose={close} />}
      {asked === 'delete' && <DeleteGroup workspace={workspace} group={group} onClose={close} />}
      {moment !== undefined && (
        <RestoreGroup workspace={workspace} group={group} at={moment} onClose={() => setMoment(undefined)} />
      )}
    </Page>
  )
}
