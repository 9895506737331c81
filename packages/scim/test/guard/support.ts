import { expect } from 'vitest'
import type { GuardSettings, Hold, Provider, WorkspaceSettings } from '../../src/index.ts'
import { type Answer, Client, openService } from '../people/support.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE

/** A workspace with the guard on: of one group, `limit` effective memberships may end in ten minutes. */
export function openGuarded(limit: number, settings: Partial<WorkspaceSettings> = {}): Promise<Client> {
  return openService({ ...settings, guard: { on: true, limit } })
}

/** `usr_p1`, `usr_p2`, …: people with accounts. */
export async function people(client: Client, count: number, from = 1): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, number) => `usr_p${from + number}`)
  await client.upsert(...ids.map((id) => ({ id, userName: id })))
  return ids
}

/** The same workspace with a token of a provider's own. */
export async function asProvider(client: Client, provider: Provider): Promise<Client> {
  const { text } = await client.scim.tokens.issue(client.workspace, { label: provider, provider, createdBy: 'test' })
  return new Client(client.scim, client.workspace, text, client.folder, client.clock)
}

export function holds({ scim, workspace }: Client): Promise<Hold[]> {
  return scim.holds.list(workspace)
}

export async function onlyHold(client: Client): Promise<Hold> {
  const all = await holds(client)
  expect(all).toHaveLength(1)
  return all[0] as Hold
}

/** A refusal for now, that names the hold. */
export function expectHeld({ status, headers, body }: Answer, hold?: string): void {
  expect([status, body.detail]).toEqual([503, expect.stringMatching(/hld_[0-9A-Z]{26}/)])
  expect(body.status).toBe('503')
  expect(headers.get('retry-after')).toBe('600')
  if (hold !== undefined) expect(body.detail).toContain(hold)
}

export async function changeGuard({ scim, workspace }: Client, guard: Partial<GuardSettings>): Promise<void> {
  await scim.workspaces.change(workspace, { guard })
}
