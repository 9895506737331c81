import { z } from '@hono/zod-openapi'
import { Language } from './common.ts'

/** How to set a provider up. */
export const Guide = z
  .object({
    provider: z.string(),
    language: Language,
    title: z.string(),
    values: z
      .array(
        z.object({
          name: z.string(),
          label: z.string().describe("The provider's own name of the field."),
          text: z.string().describe('What goes into it, with `{{baseUrl}}` and `{{token}}` to be filled in.'),
        }),
      )
      .describe('What is to be copied into the provider, in the order of the steps.'),
    sections: z.array(z.object({ title: z.string(), markdown: z.string() })),
  })
  .openapi('Guide')
export type Guide = z.infer<typeof Guide>

export const GuideParams = z.object({ provider: z.string() })
export const GuideQuery = z.strictObject({ language: Language.optional() })
