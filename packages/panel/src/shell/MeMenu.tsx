import { Menu } from '@base-ui/react/menu'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMe } from '../api/may.ts'
import { session } from '../api/session.ts'
import { useLanguage } from '../i18n/language.tsx'
import { Choose } from '../parts/Choose.tsx'

/** Who is signed in; their account and the way out, where signing in is the service's own. */
export function MeMenu() {
  const { t } = useLanguage()
  const me = useMe()
  const navigate = useNavigate()
  const client = useQueryClient()
  const leave = async () => {
    await session.signOut().catch(() => {})
    client.clear()
    await navigate({ to: '/sign-in', search: {} })
  }
  if (!me.features.signIn) return <span className="bar-me">{me.name}</span>
  return (
    <Choose label={t.shell.me(me.name)} shows={<span className="bar-me">{me.name}</span>}>
      <div className="menu-who">
        <strong>{me.name}</strong>
        {me.email !== undefined && <span>{me.email}</span>}
        <span>{t.roles[me.kind]}</span>
      </div>
      <Menu.Separator className="menu-line" />
      <Menu.Item className="menu-item" onClick={() => void navigate({ to: '/account' })}>
        {t.account.title}
      </Menu.Item>
      <Menu.Item className="menu-item" onClick={() => void leave()}>
        {t.shell.signOut}
      </Menu.Item>
    </Choose>
  )
}
