import { powersOf } from '../access.ts'
import { type Call, route } from '../route.ts'
import { Me, SCOPES } from '../schemas/me.ts'

export const getMe = route(
  {
    operation: 'getMe',
    method: 'get',
    path: '/me',
    summary: 'Who asks, and what they may',
    access: { for: 'principal' },
    answer: Me,
  },
  async ({ principal, ports }) => {
    const { kind, id, name } = principal
    if (kind === 'setup_link') throw new Error('a setup link is no principal of this route')
    const { scopes } = powersOf(principal)
    const person = kind === 'api_key' ? {} : principal
    return {
      ...{ kind, id, name, workspaces: workspacesOf(principal) },
      ...('email' in person && { email: person.email }),
      ...('language' in person && { language: person.language }),
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
