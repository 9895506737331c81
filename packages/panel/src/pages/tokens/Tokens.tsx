import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useMay } from '../../api/may.ts'
import { of } from '../../api/queries.ts'
import type { IssuedToken, Token } from '../../api/types.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Button } from '../../parts/Button.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Loaded } from '../../parts/Loaded.tsx'
import { Page } from '../../parts/Page.tsx'
import { IssuedOnce } from './IssuedOnce.tsx'
import { NewToken } from './NewToken.tsx'
import { RetireToken } from './RetireToken.tsx'
import { RotateToken } from './RotateToken.tsx'
import { Rotation } from './Rotation.tsx'
import { liveFirst, TokenTable } from './TokenTable.tsx'
import { Warnings } from './Warnings.tsx'

type Asked = { readonly act: 'new' } | { readonly act: 'rotate' | 'retire'; readonly token: Token }

/** Issue, rotate, retire; and what is going to end. */
export function Tokens() {
  const { t } = useLanguage()
  const { workspace } = useParams({ from: '/signed-in/w/$workspace/tokens' })
  const { rotating, to } = useSearch({ from: '/signed-in/w/$workspace/tokens' })
  const navigate = useNavigate({ from: '/w/$workspace/tokens' })
  const may = useMay()
  const [asked, setAsked] = useState<Asked>()
  const [issued, setIssued] = useState<IssuedToken>()
  const query = useQuery(of(workspace).tokens())
  const close = () => setAsked(undefined)
  const show = (token: IssuedToken) => {
    setIssued(token)
    close()
  }
  const mayWrite = may('tokens:write')
  const issue = mayWrite && (
    <Button look="primary" onClick={() => setAsked({ act: 'new' })}>
      {t.tokens.issue}
    </Button>
  )
  return (
    <Page title={t.tokens.title} says={t.tokens.says} actions={issue}>
      <Loaded query={query}>
        {({ items }) => (
          <>
            <Warnings workspace={workspace} tokens={items} />
            <Rotation
              workspace={workspace}
              from={items.find(({ id }) => id === rotating)}
              to={items.find(({ id }) => id === to)}
              onEnd={() => void navigate({ search: {} })}
            />
            {items.length === 0 ? (
              <Empty title={t.tokens.none}>{t.tokens.noneSays}</Empty>
            ) : (
              <TokenTable
                tokens={liveFirst(items)}
                onRotate={mayWrite ? (token) => setAsked({ act: 'rotate', token }) : undefined}
                onRetire={mayWrite ? (token) => setAsked({ act: 'retire', token }) : undefined}
              />
            )}
          </>
        )}
      </Loaded>
      {asked?.act === 'new' && <NewToken workspace={workspace} onClose={close} onIssued={show} />}
      {asked?.act === 'retire' && <RetireToken workspace={workspace} token={asked.token} onClose={close} />}
      {asked?.act === 'rotate' && (
        <RotateToken
          workspace={workspace}
          token={asked.token}
          onClose={close}
          onIssued={(token) => {
            show(token)
            void navigate({ search: { rotating: asked.token.id, to: token.token.id } })
          }}
        />
      )}
      {issued && <IssuedOnce issued={issued} onClose={() => setIssued(undefined)} />}
    </Page>
  )
}
