import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { useMay } from '../../api/may.ts'
import { of, service } from '../../api/queries.ts'
import type { Provider } from '../../api/types.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Loaded } from '../../parts/Loaded.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { Page } from '../../parts/Page.tsx'
import { ChecklistCard } from './ChecklistCard.tsx'
import { useFreshToken } from './freshToken.ts'
import { GuardOffer } from './GuardOffer.tsx'
import { GuideText } from './GuideText.tsx'
import { ProviderChoice } from './ProviderChoice.tsx'
import { RehearsalCard } from './RehearsalCard.tsx'
import { SetupLinks } from './SetupLinks.tsx'
import { Values } from './Values.tsx'

/** From zero to the first synchronised group, in the words of the provider. */
export function Connect() {
  const { t } = useLanguage()
  const { workspace } = useParams({ from: '/signed-in/w/$workspace/connect' })
  const { provider } = useSearch({ from: '/signed-in/w/$workspace/connect' })
  return (
    <Page title={t.connect.title} says={provider === undefined ? t.connect.choose : undefined}>
      <OffNotice workspace={workspace} />
      <ProviderChoice workspace={workspace} chosen={provider} />
      {provider !== undefined && <Steps key={provider} workspace={workspace} provider={provider} />}
      <SetupLinks workspace={workspace} provider={provider} />
    </Page>
  )
}

function OffNotice({ workspace }: { readonly workspace: string }) {
  const { t } = useLanguage()
  const { data } = useQuery(of(workspace).workspace())
  if (data?.scim !== false) return null
  return (
    <Notice tone="warn" title={t.connect.off}>
      <p>{t.connect.offSays}</p>
      <Link to="/w/$workspace/settings" params={{ workspace }} search={{}}>
        {t.settings.title}
      </Link>
    </Notice>
  )
}

function Steps({ workspace, provider }: { readonly workspace: string; readonly provider: Provider }) {
  const { language, t } = useLanguage()
  const may = useMay()
  const { data } = useQuery(of(workspace).workspace())
  const guide = useQuery(service.guide(provider, language))
  const checklist = useQuery(of(workspace).checklist(provider))
  const [token, setToken] = useFreshToken(workspace, provider)
  const scimUrl = data?.scimUrl ?? ''
  return (
    <div className="beside">
      <div className="stack">
        <Values
          fields={guide.data?.values}
          scimUrl={scimUrl}
          token={token}
          issue={
            may('tokens:write')
              ? {
                  path: of(workspace).at('tokens'),
                  body: { label: t.connect.tokenLabel(t.providers[provider]), provider },
                  onIssued: setToken,
                }
              : undefined
          }
        />
        <Loaded query={guide}>{(data) => <GuideText guide={data} scimUrl={scimUrl} token={token} />}</Loaded>
      </div>
      <div className="beside-end stack">
        <Loaded query={checklist}>{(data) => <ChecklistCard checklist={data} workspace={workspace} />}</Loaded>
        {may('tokens:write') && <RehearsalCard workspace={workspace} provider={provider} />}
        {may('settings:write') && data && <GuardOffer workspace={data} />}
      </div>
    </div>
  )
}
