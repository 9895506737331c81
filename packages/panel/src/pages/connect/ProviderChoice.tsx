import { Link } from '@tanstack/react-router'
import { PROVIDERS, type Provider } from '../../api/types.ts'
import { useLanguage } from '../../i18n/language.tsx'

interface Props {
  readonly workspace: string
  readonly chosen: Provider | undefined
}

export function ProviderChoice({ workspace, chosen }: Props) {
  const { t } = useLanguage()
  return (
    <nav className="providers" aria-label={t.connect.provider}>
      {PROVIDERS.map((provider) => (
        <Link
          key={provider}
          to="/w/$workspace/connect"
          params={{ workspace }}
          search={{ provider }}
          className="provider"
          aria-current={provider === chosen ? 'true' : undefined}
          activeProps={{}}
          resetScroll={false}
        >
          {t.providers[provider]}
        </Link>
      ))}
    </nav>
  )
}
