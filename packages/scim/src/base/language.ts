/** The languages that whoever administers is spoken to in; the first is for whoever asks for neither. */
export const LANGUAGES = ['en', 'de'] as const

export type Language = (typeof LANGUAGES)[number]

/** The language that an `Accept-Language` header (RFC 9110 §12.5.4) likes best. */
export function preferredLanguage(header: string | null | undefined): Language {
  const wishes = (header ?? '').split(',').map(readWish)
  const ranked = LANGUAGES.map((language) => ({ language, weight: weightOf(language, wishes) }))
  const [best] = ranked.sort((a, b) => b.weight - a.weight)
  return best?.language ?? LANGUAGES[0]
}

interface Wish {
  readonly language: string
  readonly weight: number
}

function readWish(text: string): Wish {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const weight = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? 1)
  return { language: range.split('-')[0] ?? '', weight: Number.isFinite(weight) ? weight : 0 }
}

/** A language that is named counts as named, whatever `*` says of the others. */
function weightOf(language: Language, wishes: readonly Wish[]): number {
  const named = wishes.filter((wish) => wish.language === language)
  const meant = named.length > 0 ? named : wishes.filter((wish) => wish.language === '*')
  return Math.max(0, ...meant.map(({ weight }) => weight))
}
