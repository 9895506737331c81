import type { Admin, ApiKey, AuditEntry } from '../../src/api/types.ts'
import { ago, inDays } from './common.ts'

export const admins: Admin[] = [
  {
    id: 'adm_ana',
    email: 'ana@example.com',
    name: 'Ana Lima',
    role: 'operator',
    workspaces: [],
    state: 'active',
    twoFactor: true,
    createdAt: ago(9_000),
    lastSignInAt: ago(20),
  },
  {
    id: 'adm_bea',
    email: 'bea@example.com',
    name: null,
    role: 'operator',
    workspaces: [],
    state: 'invited',
    twoFactor: false,
    createdAt: ago(900),
    lastSignInAt: null,
  },
]

export const keys: ApiKey[] = [
  {
    id: 'key_1',
    name: 'Optimaite backend',
    workspace: null,
    scopes: ['people:write', 'changes:read'],
    createdBy: 'Ana Lima',
    createdAt: ago(9_000),
    expiresAt: inDays(300),
    revokedAt: null,
    lastUsedAt: ago(1),
    lastUsedAddress: '10.0.0.4',
    lastUsedClient: null,
    state: 'live',
  },
]

export const audit: AuditEntry[] = [
  {
    id: 'aud_1',
    at: ago(12),
    workspace: 'acme',
    actor: { kind: 'operator', id: 'adm_ana', name: 'Ana Lima' },
    address: '203.0.113.4',
    action: 'issueToken',
    target: '9c04b1d2aa10ffe3',
    status: 201,
    details: null,
    read: false,
  },
  {
    id: 'aud_2',
    at: ago(19),
    workspace: 'acme',
    actor: { kind: 'api_key', id: 'key_1', name: 'Optimaite backend' },
    address: '10.0.0.4',
    action: 'changeWorkspace',
    target: null,
    status: 403,
    details: { scim: 'on', guardLimit: 50 },
    read: false,
  },
]
