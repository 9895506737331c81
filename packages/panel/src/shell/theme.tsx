import { createContext, type ReactNode, useContext, useLayoutEffect, useState } from 'react'
import { recall, remember } from './memory.ts'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const Context = createContext<{ readonly theme: Theme; readonly choose: (theme: Theme) => void } | undefined>(undefined)

/** Light or dark: as the system has it, unless chosen. */
export function ThemeProvider({ children }: { readonly children: ReactNode }) {
  const [theme, setTheme] = useState<Theme>(() => THEMES.find((name) => name === recall('theme')) ?? 'system')
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme
  }, [theme])
  const choose = (wanted: Theme) => {
    remember('theme', wanted)
    setTheme(wanted)
  }
  return <Context value={{ theme, choose }}>{children}</Context>
}

export function useTheme() {
  const chosen = useContext(Context)
  if (!chosen) throw new Error('outside of ThemeProvider')
  return chosen
}
