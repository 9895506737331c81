import { z } from '@hono/zod-openapi'
import { LANGUAGES } from '../../base/language.ts'
import { REASONS } from '../reasons.ts'

/** A moment, `2026-01-31T12:00:00.000Z`. */
export const Time = z.iso.datetime({ offset: true }).openapi({ example: '2026-01-31T12:00:00.000Z' })

/** A text in both languages of the product. */
export const Words = z.object({ en: z.string(), de: z.string() }).openapi('Words')
export type Words = z.infer<typeof Words>

export const Language = z.enum(LANGUAGES)
export type Language = z.infer<typeof Language>

/** What names something: an id, and what people call it. */
export const GroupName = z.object({ id: z.string(), displayName: z.string() }).openapi('GroupName')
export type GroupName = z.infer<typeof GroupName>

/** A person as history names them; without a name while nobody stands behind the id. */
export const PersonName = z.object({ id: z.string(), displayName: z.string().nullable() }).openapi('PersonName')
export type PersonName = z.infer<typeof PersonName>

const After = z.string().max(400).describe('What the page before gave as `next`.')
const Limit = z
  .string()
  .regex(/^\d{1,4}$/, REASONS.number.en)
  .transform(Number)
  .refine((limit) => limit >= 1 && limit <= 1_000, REASONS.limit.en)
  .openapi({ type: 'integer', minimum: 1, maximum: 1_000, description: 'Items of a page at the most.' })

/** Something that has a name in the document, or null: `nullable()` would write the null into the thing itself, for all who name it. */
export function orNull<Schema extends z.ZodType>(schema: Schema) {
  return z.union([schema, z.null()])
}

/** What every list takes. */
export const PageQuery = z.strictObject({ after: After.optional(), limit: Limit.optional() })
export type PageQuery = z.infer<typeof PageQuery>

/** A page; `next` asks for the one after, and is null on the last. */
export function pageOf<Item extends z.ZodType>(name: string, item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() }).openapi(name)
}

export interface Page<Item> {
  items: Item[]
  next: string | null
}

/** Texts that people write: no longer than SCIM's own. */
export const Text = z.string().max(1_024)
export const NonBlank = Text.refine((text) => text.trim() !== '', REASONS.blank.en)

/** `true` or `false` in a query. */
export const Flag = z.enum(['true', 'false']).transform((text) => text === 'true')

export const WorkspaceParams = z.object({ workspace: z.string().openapi({ example: 'acme' }) })
