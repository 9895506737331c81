import type { Facts } from '../base/problems.ts'
import type { Words } from './schemas/common.ts'

/** A refusal of the admin API alone; those that it shares with SCIM and the library are in `base/problems.ts`. */
export interface Refusal {
  readonly status: number
  detail(facts: Facts): string
  readonly cause: string
  readonly fix: string
}

function define<T extends Record<string, Refusal>>(refusals: T): { readonly [K in keyof T]: Refusal } {
  return refusals
}

/** Whom a route is for, where no scope is enough. */
const WHO: Readonly<Record<string, string>> = {
  setup_link: 'an opened setup link',
  signed_in: 'somebody who is signed in',
}
/** Where a scope is needed, or what for. */
const REACH: Readonly<Record<string, string>> = {
  service: ' for all workspaces',
  workspace: ' in this workspace',
  scim: ', which turns SCIM on and off',
}
/** What a host application may have left out. */
const WHAT: Readonly<Record<string, string>> = { sign_in: 'sign-in of its own' }

export const REFUSALS = define({
  // Who asks
  not_signed_in: {
    status: 401,
    detail: () => 'Sign in, or send an API key as "Authorization: Bearer opt_key_…".',
    cause: 'The request has neither a session nor an API key.',
    fix: 'Sign in again, or send the key of an application.',
  },
  api_key_refused: {
    status: 401,
    detail: () => 'This API key is not known here, or has expired or been revoked.',
    cause: 'The key was mistyped, revoked, past its end, or issued by another service.',
    fix: 'Issue a new key and give it to the application.',
  },
  too_many_calls: {
    status: 429,
    detail: ({ seconds }) => `Too many requests with this API key. Try again in ${seconds} s.`,
    cause: 'The key used up its budget of requests.',
    fix: 'Wait as Retry-After says; send people and members in one call, and ask for long pages.',
  },
  setup_not_claimed: {
    status: 401,
    detail: () => 'This browser has not opened a setup link, or the link has ended.',
    cause: 'A setup link belongs to the browser that opened it first; it ends after seven days or when it is revoked.',
    fix: 'Ask whoever sent the link for a new one.',
  },
  forbidden: {
    status: 403,
    detail: ({ who, scope, reach }) => `This needs ${WHO[`${who}`] ?? `"${scope}"${REACH[`${reach}`] ?? ''}`}.`,
    cause: 'The role, or the scopes of the API key, do not include the action.',
    fix: 'Ask an operator, or use a key with the scope.',
  },
  origin_refused: {
    status: 403,
    detail: () => 'A change that comes from a browser must come from this site.',
    cause: 'The header Origin is missing or names another site, so another page may have sent the request.',
    fix: 'Use the address that the service was configured with; a program sends an API key instead of a session.',
  },
  scopes_beyond: {
    status: 403,
    detail: ({ scopes }) => `Nobody can give what they do not have: ${scopes}.`,
    cause: 'An API key or an admin was to be given more than the caller may do.',
    fix: 'Leave the scopes out, or ask an operator to issue the key or to invite the admin.',
  },
  // Where to
  route_unknown: {
    status: 404,
    detail: () => 'There is nothing at this address.',
    cause: 'The path is none of the admin API.',
    fix: 'Look the path up in /api/admin/v1/openapi.json.',
  },
  wrong_method: {
    status: 405,
    detail: ({ method, allow }) => `${method} is not possible here. Possible: ${allow}.`,
    cause: 'The path has other methods.',
    fix: 'Look the path up in /api/admin/v1/openapi.json.',
  },
  not_installed: {
    status: 404,
    detail: ({ what }) => `This service has no ${WHAT[`${what}`] ?? what}.`,
    cause: 'The library is mounted in a host application, which brings its own or none.',
    fix: "Use the host application's own.",
  },
  // What is asked for
  invalid_request: {
    status: 400,
    detail: ({ count }) =>
      count === 1 ? 'The request cannot be read: see "problems".' : `The request has ${count} faults: see "problems".`,
    cause: 'A parameter or a field is missing, unknown, or not of its type.',
    fix: 'Correct what "problems" names, each with its path.',
  },
  json_expected: {
    status: 415,
    detail: () => 'The body must be JSON, declared as Content-Type: application/json.',
    cause: 'The body has another type, or none.',
    fix: 'Send application/json, without a Content-Encoding.',
  },
  people_refused: {
    status: 400,
    detail: ({ count }) => `${count} of the people cannot be stored, so nobody was: see "problems".`,
    cause: 'A row is ill-formed, or stands twice.',
    fix: 'Correct the rows that "problems" names.',
  },
  workspace_unknown: {
    status: 404,
    detail: ({ workspace }) => `There is no workspace "${workspace}".`,
    cause: 'The workspace does not exist, or is not among those of whoever asks.',
    fix: 'Check the slug in the address.',
  },
  workspace_taken: {
    status: 409,
    detail: ({ reason }) => `${reason}`,
    cause: 'Slugs of workspaces are unique.',
    fix: 'Choose another slug.',
  },
  workspace_slug: {
    status: 400,
    detail: ({ reason }) => `${reason}`,
    cause: 'Slugs stand in addresses.',
    fix: 'Choose a slug of a–z, 0–9 and "-".',
  },
  workspace_name: {
    status: 400,
    detail: ({ reason }) => `${reason}`,
    cause: 'A workspace needs a name.',
    fix: 'Give it one.',
  },
  workspace_guard: {
    status: 400,
    detail: ({ reason }) => `${reason}`,
    cause: 'The guard has a limit that it cannot have.',
    fix: 'Choose a whole number from 1 on.',
  },
  group_gone: {
    status: 404,
    detail: ({ group }) => `There is no group "${group}" in this workspace.`,
    cause: 'Neither there is such a group in the workspace nor was there one.',
    fix: 'Look the group up in the list.',
  },
  group_deleted: {
    status: 409,
    detail: ({ reason }) => `${reason}`,
    cause: 'Members can be brought back only to a group that is there.',
    fix: 'Create the group again first.',
  },
  person_unknown: {
    status: 404,
    detail: ({ person }) => `Nobody is known by "${person}" in this workspace.`,
    cause: 'The person was removed, or never added.',
    fix: 'Look the person up in the list.',
  },
  person_pending: {
    status: 409,
    detail: ({ person }) => `"${person}" has no account yet, so there is nothing of it to change.`,
    cause: 'A pending person is what the provider wrote; an account is what the host application adds.',
    fix: 'Add the account; its verified address takes over what is pending.',
  },
  preview_outdated: {
    status: 409,
    detail: ({ reason }) => `${reason}`,
    cause: 'The group or its people have changed since the preview.',
    fix: 'Look at a new preview and confirm that one.',
  },
  scim_token_unknown: {
    status: 404,
    detail: ({ id }) => `There is no token "${id}" in this workspace.`,
    cause: 'The id is not that of a token of the workspace.',
    fix: 'List the tokens.',
  },
  scim_token_ended: {
    status: 409,
    detail: ({ id }) => `The token "${id}" has ended already.`,
    cause: 'It is revoked or has expired.',
    fix: 'Nothing, or issue a new one.',
  },
  setup_link_unknown: {
    status: 404,
    detail: ({ id }) => `There is no setup link "${id}" in this workspace.`,
    cause: 'The id is not that of a setup link of the workspace.',
    fix: 'List the setup links.',
  },
  setup_link_refused: {
    status: 409,
    detail: ({ reason }) => `${reason}`,
    cause: 'A setup link can be opened once, by one browser, within seven days.',
    fix: 'Ask whoever sent the link for a new one.',
  },
  activity_unknown: {
    status: 404,
    detail: ({ id }) => `There is no activity entry "${id}" in this workspace.`,
    cause: 'It is older than activity is kept, or belongs to another workspace.',
    fix: 'Check the reference, and for how long the workspace keeps activity.',
  },
  api_key_unknown: {
    status: 404,
    detail: ({ id }) => `There is no API key "${id}".`,
    cause: 'The id is not that of a key here.',
    fix: 'List the keys.',
  },
  admin_unknown: {
    status: 404,
    detail: ({ id }) => `There is no admin "${id}".`,
    cause: 'The id is not that of an admin here.',
    fix: 'List the admins.',
  },
  admin_refused: {
    status: 409,
    detail: ({ reason }) => `${reason}`,
    cause: 'Somebody has the address already, or would lock everybody out.',
    fix: 'See what the message says.',
  },
  guide_unknown: {
    status: 404,
    detail: ({ provider }) => `There is no guide for "${provider}".`,
    cause: 'The provider has no guide.',
    fix: 'Use the guide "other".',
  },
  rehearsal_unknown: {
    status: 404,
    detail: ({ provider }) => `There is no rehearsal of "${provider}".`,
    cause: 'The provider has no session to play.',
    fix: 'List the rehearsals.',
  },
  rehearsal_running: {
    status: 409,
    detail: () => 'A rehearsal is running already. Wait until it has ended.',
    cause: 'One is played at a time.',
    fix: 'Try again in a minute.',
  },
})

export type RefusalCode = keyof typeof REFUSALS

/** What is wrong with one place of a request. */
export interface Misplaced {
  /** Of a body, such as `people[3].userName`, or a parameter. */
  readonly path: string
  readonly reason: Words
}

/** A call of the admin API that cannot be met. */
export class AdminRefused extends Error {
  override readonly name = 'AdminRefused'
  readonly code: RefusalCode
  /** Of the case: what stands in the detail. */
  readonly facts: Facts
  readonly problems: readonly Misplaced[]
  readonly headers: Readonly<Record<string, string>>

  constructor(
    code: RefusalCode,
    facts: Facts = {},
    more: { readonly problems?: AdminRefused['problems']; readonly headers?: AdminRefused['headers'] } = {},
  ) {
    super(REFUSALS[code].detail(facts))
    this.code = code
    this.facts = facts
    this.problems = more.problems ?? []
    this.headers = more.headers ?? {}
  }
}
