import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import type { Language, Words } from '../api/types.ts'
import { recall, remember } from '../shell/memory.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { type Format, formatIn } from './format.ts'

export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const
const TEXTS = { en, de }

interface Spoken {
  readonly language: Language
  readonly t: typeof en
  readonly format: Format
  readonly choose: (language: Language) => void
}

const Context = createContext<Spoken | undefined>(undefined)

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(() => chosenLanguage(recall('language'), navigator.languages))
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const spoken = useMemo(() => {
    const choose = (wanted: Language) => {
      remember('language', wanted)
      setLanguage(wanted)
    }
    return { language, t: TEXTS[language], format: formatIn(language), choose }
  }, [language])
  return <Context value={spoken}>{children}</Context>
}

export function useLanguage(): Spoken {
  const spoken = useContext(Context)
  if (!spoken) throw new Error('outside of LanguageProvider')
  return spoken
}

/** What was chosen before, else the first language of the browser that there is, else English. */
export function chosenLanguage(remembered: string | null, wishes: readonly string[]): Language {
  const known = (text: string | undefined): text is Language => text === 'en' || text === 'de'
  if (known(remembered ?? undefined)) return remembered as Language
  return wishes.map((wish) => wish.toLowerCase().split('-')[0]).find(known) ?? 'en'
}

/** What the service says in both languages, or in the only one that it has. */
export function spokenIn(language: Language, text: string | Words | undefined | null): string {
  return typeof text === 'object' ? (text?.[language] ?? '') : (text ?? '')
}
