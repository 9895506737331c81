import { useMe } from '../../api/may.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Facts } from '../../parts/Facts.tsx'
import { Page } from '../../parts/Page.tsx'
import { Password } from './Password.tsx'
import { TwoFactor } from './TwoFactor.tsx'

export function Account() {
  const { t } = useLanguage()
  const me = useMe()
  return (
    <Page title={t.account.title}>
      <Facts
        facts={[
          [t.invite.name, me.name],
          [t.signIn.email, me.email],
          [t.admins.role, t.roles[me.kind]],
        ]}
      />
      {me.features.signIn && (
        <div className="stack settings">
          <Password />
          <TwoFactor />
        </div>
      )}
    </Page>
  )
}
