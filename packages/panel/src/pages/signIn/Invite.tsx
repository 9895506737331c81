import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { session } from '../../api/session.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Loaded } from '../../parts/Loaded.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { Page } from '../../parts/Page.tsx'
import { Alone } from '../../shell/Alone.tsx'
import { useFragment } from '../../shell/fragment.ts'
import { AcceptForm } from './AcceptForm.tsx'

/** Somebody who was invited. Opening the page changes nothing. */
export function Invite() {
  const { t } = useLanguage()
  const secret = useFragment()
  const query = useQuery({
    queryKey: ['invitation', secret],
    queryFn: () => session.invitation(secret),
    enabled: secret !== '',
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <Alone>
      <Page title={t.invite.title} says={t.invite.says}>
        {secret === '' ? (
          <Notice tone="warn" title={t.invite.noSecret}>
            <p>{t.invite.noSecretSays}</p>
            <Link to="/sign-in" search={{}}>
              {t.signIn.title}
            </Link>
          </Notice>
        ) : (
          <Loaded query={query}>{(invited) => <AcceptForm secret={secret} invited={invited} />}</Loaded>
        )}
      </Page>
    </Alone>
  )
}
