import { SCOPES } from '../../provisioning/keys/scopes.ts'
import { powersOf } from '../access.ts'
import { given } from '../given.ts'
import { type Call, route } from '../route.ts'
import { Me } from '../schemas/me.ts'

export const getMe = route(
  {
    operation: 'getMe',
    method: 'get',
    path: '/me',
    summary: 'Who asks, and what they may',
    access: { for: 'principal' },
    trail: 'none',
    answer: Me,
  },
  async ({ principal, ports }) => {
    if (principal.kind === 'setup_link') throw new Error('a setup link is no principal of this route')
    const { kind, id, name } = principal
    const { scopes } = powersOf(principal)
    return {
      ...{ kind, id, name, workspaces: workspacesOf(principal) },
      ...(principal.kind !== 'api_key' && given({ email: principal.email, language: principal.language })),
      scopes: SCOPES.filter((scope) => scopes.has(scope)),
      features: {
        signIn: ports.admins !== undefined,
        rehearsals: ports.rehearsals !== undefined,
        guides: ports.guides !== undefined,
      },
    }
  },
)

function workspacesOf(principal: Call['principal']): 'all' | string[] {
  switch (principal.kind) {
    case 'operator':
      return 'all'
    case 'workspace_admin':
      return [...principal.workspaces]
    default:
      return principal.workspace === null ? 'all' : [principal.workspace]
  }
}
