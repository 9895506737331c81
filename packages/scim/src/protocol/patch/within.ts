import { refuse, ScimError } from '../../base/errors.ts'
import { quote } from '../schemas/names.ts'

type Refusal = Parameters<typeof refuse>[0]

/** Reads one operation of a PATCH; a refusal names its position, as people count, and its path. */
export function withinOperation<T>(index: number, path: string | undefined, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof ScimError)) throw error
    const reason = reasonOf(error)
    const place = path === undefined || reason.includes(quote(path)) ? '' : `, path ${quote(path)}`
    throw refuse(error.code as Refusal, `Operation ${index + 1}${place}: ${reason}`)
  }
}

/** What a refusal says beyond the words that every refusal of its code begins with. */
function reasonOf({ code, detail }: ScimError): string {
  const opening = new ScimError(code, { reason: '' }).detail
  return detail.startsWith(opening) ? detail.slice(opening.length) : detail
}
