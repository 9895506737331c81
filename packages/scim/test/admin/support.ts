import { addWorkspace, type Client, openService } from '../people/support.ts'

export const MINUTE = 60_000
export const DAY = 24 * 60 * MINUTE

export const FROM = { address: '192.0.2.7', client: 'Browser/1' }
export const ELSEWHERE = { address: '198.51.100.9', client: 'Browser/2' }

/** A text with one character of it changed. */
export function mistyped(text: string, at = text.length - 20): string {
  return text.slice(0, at) + (text[at] === 'a' ? 'b' : 'a') + text.slice(at + 1)
}

/** A text of another kind, with everything after its prefix. */
export function disguised(text: string, prefix: string): string {
  return text.replace(/^opt_[a-z]+_/, prefix)
}

/** Two workspaces, `acme` and `beta`. */
export async function openTwo(): Promise<{ readonly acme: Client; readonly beta: Client }> {
  const acme = await openService()
  return { acme, beta: await addWorkspace(acme, 'beta') }
}
