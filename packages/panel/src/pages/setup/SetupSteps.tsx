import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { service } from '../../api/queries.ts'
import type { Setup } from '../../api/types.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Loaded } from '../../parts/Loaded.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { Page } from '../../parts/Page.tsx'
import { Ago, Day } from '../../parts/Time.tsx'
import { Alone } from '../../shell/Alone.tsx'
import { ChecklistCard } from '../connect/ChecklistCard.tsx'
import { GuideText } from '../connect/GuideText.tsx'
import { Values } from '../connect/Values.tsx'

/** Guide, values and checklist of the one workspace that the link is for. */
export function SetupSteps({ setup }: { readonly setup: Setup }) {
  const { t, language } = useLanguage()
  const [token, setToken] = useState<string>()
  const guide = useQuery(service.setupGuide(language))
  const checklist = useQuery(service.setupChecklist())
  const issue = { path: '/setup/token', onIssued: setToken }
  return (
    <Alone wide>
      <Page
        title={t.setup.of(setup.workspace.name, t.providers[setup.provider])}
        says={
          <>
            {t.setup.ends} <Day at={setup.expiresAt} />
          </>
        }
      >
        {!setup.scim && (
          <Notice tone="warn" title={t.connect.off}>
            <p>{t.setup.offSays}</p>
          </Notice>
        )}
        <div className="beside">
          <div className="stack">
            {setup.token !== null && token === undefined && (
              <Notice tone="wait" title={t.setup.hasToken}>
                <p>
                  {t.tokens.lastUsed}: {setup.token.lastUsedAt === null ? t.never : <Ago at={setup.token.lastUsedAt} />}
                </p>
              </Notice>
            )}
            <Values
              fields={guide.data?.values}
              scimUrl={setup.scimUrl}
              token={token}
              issue={issue}
              replaces={setup.token !== null}
            />
            <Loaded query={guide}>{(data) => <GuideText guide={data} scimUrl={setup.scimUrl} token={token} />}</Loaded>
          </div>
          <div className="beside-end">
            <Loaded query={checklist}>{(data) => <ChecklistCard checklist={data} />}</Loaded>
          </div>
        </div>
      </Page>
    </Alone>
  )
}
