import type { DialectRule } from './rule.ts'

export const percentEncodedPath: DialectRule<string> = {
  name: 'percent-encoded-path',
  description: {
    en: 'A path that is percent-encoded as a whole, such as `members%5Bvalue%20eq%20%22usr_1%22%5D`, is decoded.',
    de:
      'Ein Pfad, der im Ganzen prozentkodiert ist, etwa `members%5Bvalue%20eq%20%22usr_1%22%5D`, wird ' + 'dekodiert.',
  },
  seen: 'clients that treat paths as part of a URL',
  read: (path) => {
    // A path with a bracket, blank or quotation mark is not encoded as a whole: its "%" belong to a value.
    if (!/%[0-9A-F]{2}/i.test(path) || /[\s["]/.test(path)) return undefined
    try {
      return decodeURIComponent(path)
    } catch {
      return undefined
    }
  },
}
