import type { AdminPorts } from '../ports.ts'
import { AdminRefused } from '../refusals.ts'
import { route } from '../route.ts'
import type { Language } from '../schemas/common.ts'
import { Guide, GuideParams, GuideQuery } from '../schemas/guides.ts'

export const getGuide = route(
  {
    operation: 'getGuide',
    method: 'get',
    path: '/guides/{provider}',
    summary: 'How to set a provider up',
    access: { for: 'principal' },
    params: GuideParams,
    query: GuideQuery,
    answer: Guide,
  },
  async ({ ports, params: { provider }, query: { language } }) => readGuide(ports, provider, language),
)

export async function readGuide({ guides }: AdminPorts, provider: string, language: Language = 'en'): Promise<Guide> {
  if (!guides) throw new AdminRefused('not_installed', { what: 'guides' })
  const guide = await guides.read(provider, language)
  if (!guide) throw new AdminRefused('guide_unknown', { provider })
  return guide
}
