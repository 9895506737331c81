import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiProblem, call } from '../../api/client.ts'
import { service } from '../../api/queries.ts'
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
  const [unclaimed, setUnclaimed] = useState(secret !== '')
  const setup = useQuery({ ...service.setup(), enabled: !unclaimed })
  const claim = useMutation({
    mutationFn: () => call('POST', '/setup/claim', { body: { secret } }),
    // The button stays until the steps are there, so that they take over its focus.
    onSuccess: async () => {
      client.clear()
      await client.prefetchQuery(service.setup())
      setUnclaimed(false)
    },
  })
  if (setup.data) return <SetupSteps setup={setup.data} />
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
        {!unclaimed && setup.error === null && <Loading />}
        {setup.error !== null && <Closed error={setup.error} />}
      </Page>
    </Alone>
  )
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
