import { of } from '../../api/queries.ts'
import type { RotatedToken, Token } from '../../api/types.ts'
import { useWrite } from '../../api/write.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Confirm } from '../../parts/Confirm.tsx'

interface Props {
  readonly workspace: string
  readonly token: Token
  readonly onClose: () => void
  readonly onIssued: (issued: RotatedToken) => void
}

export function RotateToken({ workspace, token, onClose, onIssued }: Props) {
  const { t } = useLanguage()
  const rotate = useWrite<RotatedToken>(
    () => ({ method: 'POST', path: of(workspace).at('tokens', token.id, 'rotate'), body: {} }),
    { said: t.tokens.issued, onDone: onIssued },
  )
  return (
    <Confirm
      open
      onClose={onClose}
      title={t.tokens.rotateOf(token.label)}
      says={t.tokens.rotateSays}
      act={t.tokens.issueNew}
      busy={rotate.isPending}
      error={rotate.error}
      onConfirm={() => rotate.mutate()}
    />
  )
}
