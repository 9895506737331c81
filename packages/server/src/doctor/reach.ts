import { SCIM_PATH } from '@optimaite/scim'
import { PROGRAM } from '../cli/name.ts'
import { type Finding, fine, wrong } from './finding.ts'

const TIMEOUT = 10_000
const SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'

/** What came of asking the public URL; `date` is what the other side takes the time to be. */
export interface Reached {
  readonly finding: Finding
  readonly date: number | null
}

/** Asks the service for what needs no token, by the URL that providers use. */
export async function reach(publicUrl: string, hint: string): Promise<Reached> {
  const url = `${publicUrl.replace(/\/+$/, '')}${SCIM_PATH}/ServiceProviderConfig`
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT) })
    const text = await response.text()
    const date = Date.parse(response.headers.get('date') ?? '')
    return { finding: judge(url, response.status, text), date: Number.isNaN(date) ? null : date }
  } catch (error) {
    const fix = `Start the service with "${PROGRAM} serve${hint}", or say with --public-url what providers reach it by; then check name, certificate and proxy.`
    return { finding: wrong('public-url', `Nothing answers at ${url} (${reasonOf(error)}).`, fix), date: null }
  }
}

function judge(url: string, status: number, text: string): Finding {
  if (status === 200 && text.includes(SCHEMA)) return fine('public-url', `The service answers at ${url}.`)
  if (status >= 300 && status < 400)
    return wrong(
      'public-url',
      `${url} redirects elsewhere (${status}), which providers do not follow.`,
      'Give the URL that needs no redirect with --public-url, and enter that one at providers.',
    )
  return wrong(
    'public-url',
    `What answers at ${url} is no SCIM service of ours: it said ${status}.`,
    `Let the proxy pass ${SCIM_PATH} to the service unchanged, or correct --public-url.`,
  )
}

function reasonOf(error: unknown): string {
  const { cause, name, message } = error as Error
  const code = (cause as NodeJS.ErrnoException | undefined)?.code
  return code ?? (name === 'TimeoutError' ? 'no answer in time' : message)
}
