import { Menu } from '@base-ui/react/menu'
import type { Language } from '../api/types.ts'
import { LANGUAGES, useLanguage } from '../i18n/language.tsx'
import { Choose, ChooseGroup } from '../parts/Choose.tsx'
import { THEMES, useTheme } from './theme.tsx'

/** Language, and light or dark. */
export function Looks() {
  const { t, language, choose } = useLanguage()
  const theme = useTheme()
  return (
    <Choose label={`${language.toUpperCase()}, ${t.shell.looks}`} shows={language.toUpperCase()}>
      <ChooseGroup
        label={t.shell.language}
        value={language}
        choices={Object.entries(LANGUAGES) as [Language, string][]}
        onChoose={choose}
      />
      <Menu.Separator className="menu-line" />
      <ChooseGroup
        label={t.shell.theme}
        value={theme.theme}
        choices={THEMES.map((name) => [name, t.shell.themes[name]] as const)}
        onChoose={theme.choose}
      />
    </Choose>
  )
}
