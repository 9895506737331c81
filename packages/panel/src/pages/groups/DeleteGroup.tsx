import { useNavigate } from '@tanstack/react-router'
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

export function DeleteGroup({ workspace, group, onClose }: Props) {
  const { t, format } = useLanguage()
  const navigate = useNavigate()
  const remove = useWrite(() => ({ method: 'DELETE', path: of(workspace).at('groups', group.id) }), {
    said: t.groups.wasDeleted(group.displayName),
    onDone: () => void navigate({ to: '/w/$workspace/groups', params: { workspace }, search: {} }),
  })
  return (
    <Confirm
      open
      onClose={onClose}
      title={t.groups.deleteOf(group.displayName)}
      says={t.groups.deleteSays(format.number(group.memberCount))}
      act={t.groups.delete}
      danger
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
    />
  )
}
