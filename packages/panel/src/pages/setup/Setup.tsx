import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiProblem, call } from '../../api/client.ts'
import { service } from '../../api/queries.ts'
import type { Setup as SetupOpen } from '../../api/types.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Button } from '../../parts/Button.tsx'
import { Failure } from '../../parts/Failure.tsx'
import { Loading } from '../../parts/Loaded.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { Page } from '../../parts/Page.tsx'
import { Alone } from '../../shell/Alone.tsx'
import { useFragment } from '../../shell/fragment.ts'
import { SetupSteps } from './SetupSteps.tsx'

/** What a setup link opens. Until the button is pressed nothing has happened: mail scanners open links too. */
export function Setup() {
  const { t } = useLanguage()
  const client = useQueryClient()
  const secret = useFragment()
  const [claimed, setClaimed] = useState(false)
  // Asked before anything is opened: whoever follows the link again comes in by the cookie of the first time.
  const asked = useQuery(service.setup())
  const isOpen = asked.data !== undefined && (claimed || opens(secret, asked.data))
  const unclaimed = secret !== '' && !claimed && !asked.isPending
  const claim = useMutation({
    mutationFn: () => call('POST', '/setup/claim', { body: { secret } }),
    // The button stays until the steps are there, so that they take over its focus.
    onSuccess: async () => {
      client.clear()
      await client.prefetchQuery(service.setup())
      setClaimed(true)
    },
  })
  if (isOpen) return <SetupSteps setup={asked.data} />
  return (
    <Alone>
      <Page title={t.setup.title} says={unclaimed ? t.setup.says : undefined}>
        {unclaimed && (
          <div className="stack">
            {claim.error && <Failure error={claim.error} />}
            <div>
              <Button look="primary" busy={claim.isPending} onClick={() => claim.mutate()}>
                {t.setup.claim}
              </Button>
            </div>
            <p className="quiet small">{t.setup.claimSays}</p>
          </div>
        )}
        {!unclaimed && asked.error === null && <Loading />}
        {!unclaimed && asked.error !== null && <Closed error={asked.error} />}
      </Page>
    </Alone>
  )
}

/** Whether a set-up is the one that the link is for: a browser may have another's open. A secret names its link's id. */
function opens(secret: string, { link }: SetupOpen): boolean {
  return secret === '' || secret.includes(`_${link}_`)
}

function Closed({ error }: { readonly error: Error }) {
  const { t } = useLanguage()
  if (!(error instanceof ApiProblem && error.status === 401)) return <Failure error={error} />
  return (
    <Notice tone="warn" title={t.setup.closed}>
      <p>{t.setup.closedSays}</p>
    </Notice>
  )
}
