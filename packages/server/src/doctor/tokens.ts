import type { Scim } from '@optimaite/scim'
import { minuteOf } from '../cli/format.ts'
import { PROGRAM } from '../cli/name.ts'
import { type Finding, fine, wrong } from './finding.ts'

/** Live tokens that end within 30 days. */
export async function checkTokens(scim: Scim, hint: string): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const { slug } of await scim.workspaces.list()) {
    for (const { id, label, state, expiresAt } of await scim.tokens.list(slug)) {
      if (state !== 'expiring') continue
      const found = `The token "${label}" (${id}) of "${slug}" ends at ${minuteOf(expiresAt)}.`
      findings.push(wrong('token', found, `Issue its successor: ${PROGRAM} token rotate ${slug} ${id}${hint}`))
    }
  }
  return findings.length > 0 ? findings : [fine('token', 'No token ends within 30 days.')]
}

/** When the store was last written to by a provider, as far as activity tells. */
export async function newestEntry(scim: Scim): Promise<number | null> {
  let newest: number | null = null
  for (const { slug } of await scim.workspaces.list()) {
    const [entry] = await scim.activity.list(slug, { limit: 1 })
    if (entry && (newest === null || entry.lastAt > newest)) newest = entry.lastAt
  }
  return newest
}
