import { z } from 'zod'
import { BUILT_IN, placeholders } from './values.ts'

const policy = z.strictObject({
  unknownUsers: z.enum(['refuse', 'pending']),
  unknownMembers: z.enum(['record', 'reject']),
})

const person = z.strictObject({
  key: z.string().regex(/^[a-z]+$/, 'a key is lower-case letters'),
  userName: z.string().min(1),
  displayName: z.string().min(1),
})

const headers = z.record(z.string(), z.string())

const variant = z.strictObject({
  name: z.string().min(1),
  basePath: z.string().startsWith('/').optional(),
  query: z.string().min(1).optional(),
  headers: headers.optional(),
  authorization: z.string().min(1).optional(),
  mediaType: z.string().min(1).optional(),
})

const request = z
  .strictObject({
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
    path: z.string().startsWith('/'),
    headers: headers.optional(),
    body: z.json().optional(),
  })
  .refine(({ method, body }) => ['POST', 'PUT', 'PATCH'].includes(method) === (body !== undefined), {
    message: 'POST, PUT and PATCH have a body, GET and DELETE have none',
  })

const status = z.int().min(200).max(599)

const expectation = z.strictObject({
  status: z.union([status, z.array(status).min(1)]),
  headers: headers.optional(),
  body: z.json().optional(),
  absent: z.array(z.string().min(1)).min(1).optional(),
})

/** For people to read, in the languages of the panel. */
const words = z.strictObject({ en: z.string().min(1), de: z.string().min(1) })

const step = z.strictObject({
  phase: words,
  says: words,
  request,
  expect: expectation,
  save: z.record(z.string(), z.string()).optional(),
  membership: z.record(z.string(), z.array(z.string())).optional(),
  groups: z.array(z.string()).optional(),
  unchanged: z.array(z.string()).min(1).optional(),
})

const session = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/, 'a name is lower-case letters, digits and hyphens'),
  title: z.string().min(1),
  provider: z.enum(['entra', 'okta', 'okta-wizard', 'onelogin', 'jumpcloud', 'authentik', 'other']),
  policy,
  people: z.array(person),
  values: z.record(z.string(), z.string()).default({}),
  variants: z
    .array(variant)
    .min(1)
    .default([{ name: 'base' }]),
  headers: headers.default({}),
  bodyHeaders: headers.default({}),
  mediaType: z.string().min(1).default('application/scim+json'),
  steps: z.array(step).min(1),
})

/** How the scratch workspace of a session treats people and members it does not know. */
export type Policy = z.infer<typeof policy>
/** Somebody who has an account in the scratch workspace before the session begins. */
export type SessionPerson = z.infer<typeof person>
/** One way in which an admin may have set the provider up, or a client may differ. */
export type Variant = z.infer<typeof variant>
/** One request as the provider writes it, the answer expected, and what must be true afterwards. */
export type Step = z.infer<typeof step>
/** What `expect` of a step holds. */
export type Expectation = z.infer<typeof expectation>
/** A provider's session; `providers/README.md` describes each field. */
export type Session = z.infer<typeof session>

/** A session file that cannot be played, with every reason. */
export class SessionFault extends Error {
  override readonly name = 'SessionFault'
}

/** Reads a session, refusing one that is malformed or uses a value before a step has learned it. */
export function parseSession(input: unknown): Session {
  const parsed = session.safeParse(input)
  if (!parsed.success) throw new SessionFault(z.prettifyError(parsed.error))
  const faults = [...checkPhases(parsed.data), ...checkReferences(parsed.data)]
  if (faults.length > 0) throw new SessionFault(faults.join('\n'))
  return parsed.data
}

function checkPhases({ steps }: Session): string[] {
  const headings = steps.map((step) => step.phase.en).filter((phase, i, all) => phase !== all[i - 1])
  const repeated = headings.filter((phase, i) => headings.indexOf(phase) !== i)
  return repeated.map((phase) => `The phase "${phase}" comes twice; the steps of a phase stand together.`)
}

function checkReferences(session: Session): string[] {
  const known = new Set([
    ...BUILT_IN,
    ...Object.keys(session.values),
    ...session.people.flatMap(({ key }) => [`${key}.id`, `${key}.userName`, `${key}.displayName`]),
  ])
  return session.steps.flatMap((step, i) => {
    const before = unknown([...placeholders(step.request), ...idsOf(step.unchanged ?? [])], known)
    for (const name of Object.keys(step.save ?? {})) known.add(name)
    const after = unknown([...placeholders(step.expect), ...idsOf(membershipKeys(step))], known)
    return [...before, ...after].map((name) => `Step ${i + 1} ("${step.says.en}") uses ${name}, which nothing gave it.`)
  })
}

function membershipKeys({ membership = {} }: Step): string[] {
  return [...Object.keys(membership), ...Object.values(membership).flat()]
}

function idsOf(keys: readonly string[]): string[] {
  return keys.map((key) => `${key}.id`)
}

function unknown(names: readonly string[], known: ReadonlySet<string>): string[] {
  return names.filter((name) => !known.has(name))
}
