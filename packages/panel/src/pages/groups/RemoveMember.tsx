import { of } from '../../api/queries.ts'
import type { Group, Member } from '../../api/types.ts'
import { useWrite } from '../../api/write.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Confirm } from '../../parts/Confirm.tsx'

interface Props {
  readonly workspace: string
  readonly group: Group
  readonly member: Member
  readonly onClose: () => void
}

export function nameOf({ id, displayName, userName }: Member): string {
  return displayName || userName || id
}

export function RemoveMember({ workspace, group, member, onClose }: Props) {
  const { t } = useLanguage()
  const remove = useWrite(
    () => ({ method: 'POST', path: of(workspace).at('groups', group.id, 'members'), body: { remove: [member.id] } }),
    { said: t.groups.changedMembers(group.displayName), onDone: onClose },
  )
  return (
    <Confirm
      open
      onClose={onClose}
      title={t.groups.takeOutOf(nameOf(member), group.displayName)}
      says={t.groups.takeOutSays}
      act={t.groups.takeOut}
      danger
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
    />
  )
}
