/** What an API key may be for. */
export const SCOPES = [
  'workspaces:read',
  'workspaces:write',
  'settings:write',
  'people:read',
  'people:write',
  'groups:read',
  'groups:write',
  'tokens:read',
  'tokens:write',
  'activity:read',
  'changes:read',
  'audit:read',
  'keys:write',
  'admins:write',
] as const

export type Scope = (typeof SCOPES)[number]

export function isScope(name: unknown): name is Scope {
  return (SCOPES as readonly unknown[]).includes(name)
}
