import type { Language } from '../api/types.ts'
import { formatIn } from './format.ts'

/** Puts a number, as a language writes it, before the word for one or for several; both languages tell these two apart. */
export function manyIn(language: Language): (count: number, one: string, several: string) => string {
  const { number } = formatIn(language)
  return (count, one, several) => `${number(count)} ${count === 1 ? one : several}`
}
