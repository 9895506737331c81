import type { RehearsalsPort } from '../ports.ts'
import { AdminRefused } from '../refusals.ts'
import { type Call, route } from '../route.ts'
import { WorkspaceParams } from '../schemas/common.ts'
import { Rehearsal, RehearsalOrder, RehearsalProviders } from '../schemas/rehearsals.ts'

export const listRehearsals = route(
  {
    operation: 'listRehearsals',
    method: 'get',
    path: '/rehearsals/providers',
    summary: 'Providers whose session can be rehearsed',
    whole: 'there is an item for each provider that is known',
    access: { scope: 'tokens:write', level: 'own' },
    answer: RehearsalProviders,
  },
  async (call) => ({ items: [...(await portOf(call).providers())] }),
)

export const rehearse = route(
  {
    operation: 'rehearse',
    method: 'post',
    path: '/workspaces/{workspace}/rehearsals',
    summary: "Play a provider's session against this server, in a scratch workspace that is gone afterwards",
    access: { scope: 'tokens:write', level: 'workspace' },
    params: WorkspaceParams,
    body: RehearsalOrder,
    answer: Rehearsal,
  },
  async (call) => {
    const { provider } = call.body
    const { workspace } = call.params
    if (!(await call.library.workspaces.find(workspace))) throw new AdminRefused('workspace_unknown', { workspace })
    const rehearsal = await portOf(call).play(provider)
    if (!rehearsal) throw new AdminRefused('rehearsal_unknown', { provider })
    call.note({ details: { provider } })
    return rehearsal
  },
)

function portOf({ ports }: Pick<Call, 'ports'>): RehearsalsPort {
  if (!ports.rehearsals) throw new AdminRefused('not_installed', { what: 'rehearsals' })
  return ports.rehearsals
}
