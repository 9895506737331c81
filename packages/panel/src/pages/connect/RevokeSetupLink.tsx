import { useState } from 'react'
import { of } from '../../api/queries.ts'
import type { SetupLink } from '../../api/types.ts'
import { useWrite } from '../../api/write.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Confirm } from '../../parts/Confirm.tsx'
import { CheckField } from '../../parts/Field.tsx'

interface Props {
  readonly workspace: string
  readonly link: SetupLink
  readonly onClose: () => void
}

export function RevokeSetupLink({ workspace, link, onClose }: Props) {
  const { t } = useLanguage()
  const [withToken, setWithToken] = useState(false)
  const revoke = useWrite(
    () => ({
      method: 'DELETE',
      path: `${of(workspace).at('setup-links', link.id)}?token=${withToken ? 'revoke' : 'keep'}`,
    }),
    { said: t.setupLinks.revoked, onDone: onClose },
  )
  return (
    <Confirm
      open
      onClose={onClose}
      title={t.setupLinks.revoke}
      says={t.setupLinks.revokeSays}
      act={t.setupLinks.revoke}
      danger
      busy={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate()}
    >
      {link.issued !== null && (
        <CheckField
          label={t.setupLinks.revokeToken}
          hint={t.setupLinks.revokeTokenHint}
          checked={withToken}
          onChange={(event) => setWithToken(event.target.checked)}
        />
      )}
    </Confirm>
  )
}
