import { z } from '@hono/zod-openapi'
import { Language } from './common.ts'

/** How to set a provider up. */
export const Guide = z
  .object({
    provider: z.string(),
    language: Language,
    title: z.string(),
    sections: z.array(z.object({ title: z.string(), markdown: z.string() })),
  })
  .openapi('Guide')
export type Guide = z.infer<typeof Guide>

export const GuideParams = z.object({ provider: z.string() })
export const GuideQuery = z.strictObject({ language: Language.optional() })
