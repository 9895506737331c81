import { of } from '../../api/queries.ts'
import type { Group } from '../../api/types.ts'
import { useWrite } from '../../api/write.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Confirm } from '../../parts/Confirm.tsx'

interface Props {
  readonly workspace: string
  readonly group: Group
  readonly onClose: () => void
}

export function ReleaseGroup({ workspace, group, onClose }: Props) {
  const { t } = useLanguage()
  const release = useWrite(() => ({ method: 'POST', path: of(workspace).at('groups', group.id, 'release') }), {
    said: t.groups.released(group.displayName),
    onDone: onClose,
  })
  return (
    <Confirm
      open
      onClose={onClose}
      title={t.groups.releaseOf(group.displayName)}
      says={t.groups.releaseSays}
      act={t.groups.release}
      busy={release.isPending}
      error={release.error}
      onConfirm={() => release.mutate()}
    />
  )
}
