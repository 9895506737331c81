import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { parseSession, type Session, SessionFault } from './session.ts'

// From packages/server/src/rehearse and from packages/server/dist/rehearse, the repository is four levels up.
const PROVIDERS = new URL('../../../../providers/', import.meta.url)

/** The names of all sessions, in alphabetical order. */
export function sessionNames(): string[] {
  return readdirSync(PROVIDERS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(fileOf(entry.name)))
    .map((entry) => entry.name)
    .sort()
}

/** The sessions of these names; `all` means every one. */
export function loadSessions(names: readonly string[]): Session[] {
  const available = sessionNames()
  const wanted = names.includes('all') ? available : names
  const unknown = wanted.filter((name) => !available.includes(name))
  if (unknown.length > 0) {
    throw new SessionFault(`There is no session "${unknown.join('", "')}". Choose from: ${available.join(', ')}, all.`)
  }
  return wanted.map(loadSession)
}

/** The session in `providers/<name>/session.json`. */
export function loadSession(name: string): Session {
  const file = fileOf(name)
  const session = parsed(file)
  if (session.name !== name) throw new SessionFault(`${file.pathname} calls itself "${session.name}".`)
  return session
}

function parsed(file: URL): Session {
  try {
    return parseSession(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    throw new SessionFault(`${file.pathname} cannot be played:\n${error instanceof Error ? error.message : error}`)
  }
}

function fileOf(name: string): URL {
  return new URL(`${name}/session.json`, PROVIDERS)
}
