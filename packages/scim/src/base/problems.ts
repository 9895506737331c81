/**
 * Every way in which a request can be refused: what the client is told, why it happens, and what an admin does about it.
 * The documentation's error table is generated from this list; `detail` is filled with the facts of the case and never
 * carries a secret.
 */
export interface Problem {
  readonly status: number
  /** RFC 7644 §3.12, table 9; absent where the RFC has none for the case. */
  readonly scimType?: ScimType
  readonly detail: (facts: Facts) => string
  readonly cause: string
  readonly fix: string
}

export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'
  | 'invalidVers'
  | 'sensitive'
  | 'invalidCursor'
  | 'expiredCursor'
  | 'invalidCount'

export type Facts = Readonly<Record<string, string | number>>

export type ProblemCode = keyof typeof PROBLEMS

function define<T extends Record<string, Problem>>(problems: T): { readonly [K in keyof T]: Problem } {
  return problems
}

type Fact = Facts[string] | undefined

/** Who holds a value may be gone by the time it is looked for. */
function groupOf(id: Fact, name: Fact): string {
  return id === undefined ? 'another group' : `the group ${id} ("${name}")`
}

function personOf(id: Fact, name: Fact): string {
  return id === undefined ? 'another person' : `${name || 'the person'} (${id})`
}

export const PROBLEMS = define({
  // Authentication
  token_missing: {
    status: 401,
    detail: () => 'No bearer token was sent. Send the workspace\'s SCIM token as "Authorization: Bearer <scim-token>".',
    cause: 'The request has no Authorization header, or an empty one.',
    fix: "Paste the SCIM token of this workspace into the provider's token field and test the connection again.",
  },
  token_malformed: {
    status: 401,
    detail: ({ hint }) =>
      `The bearer token is not a SCIM token of Optimaite. ${hint ?? 'It should begin with "opt_scim_".'}`,
    cause: "Another product's token, an incomplete copy, or a mistyped one was pasted.",
    fix: 'Copy the whole token again, from "opt_scim_" to its last character, without blanks or line breaks; or issue a new one.',
  },
  token_unknown: {
    status: 401,
    detail: () => 'This SCIM token is not known here. It may belong to another environment, or its workspace is gone.',
    cause:
      'The token is well-formed, but was never issued by this service, or was deleted together with its workspace.',
    fix: "Issue a new token in the workspace's panel and paste it into the provider.",
  },
  token_expired: {
    status: 401,
    detail: ({ label, date }) => `The SCIM token "${label}" expired on ${date}.`,
    cause: 'A token is valid for a limited time, 365 days unless said otherwise.',
    fix: 'Issue a new token, paste it into the provider, and retire the expired one.',
  },
  token_revoked: {
    status: 401,
    detail: ({ label, date }) => `The SCIM token "${label}" was revoked on ${date}.`,
    cause: 'An admin revoked the token, or rotation retired it.',
    fix: "Paste the workspace's current token into the provider, or issue a new one.",
  },
  scim_off: {
    status: 403,
    detail: ({ workspace }) => `SCIM is turned off for the workspace "${workspace}".`,
    cause: 'SCIM is enabled for each workspace by the Optimaite account manager; for this one it is off.',
    fix: 'Ask your Optimaite account manager to turn SCIM on for this workspace.',
  },
  // Routing and transport
  not_found: {
    status: 404,
    detail: ({ path }) =>
      `There is no SCIM endpoint at ${path}. Endpoints are Users, Groups, ServiceProviderConfig, Schemas and ResourceTypes below the base URL.`,
    cause:
      'The base URL in the provider has something behind "/scim/v2", or the provider uses an endpoint that does not exist here.',
    fix: 'Enter the base URL exactly as the panel shows it.',
  },
  not_offered: {
    status: 501,
    detail: ({ feature }) => `${feature} is not offered by this service provider.`,
    cause: 'The request uses an optional SCIM feature that ServiceProviderConfig declares as not supported.',
    fix: 'Turn the feature off in the provider; everything it does is available by single requests.',
  },
  method_not_allowed: {
    status: 405,
    detail: ({ method, path, allow }) => `${method} is not possible on ${path}. Possible: ${allow}.`,
    cause: 'The request method does not exist for this endpoint.',
    fix: "Check the provider's SCIM version (2.0) and the base URL.",
  },
  filter_not_offered: {
    status: 403,
    detail: () => 'This endpoint has no filter; leave the parameter out. It always answers everything it has.',
    cause: 'A discovery endpoint was asked with a filter, which would not be applied (RFC 7644 §4).',
    fix: 'Nothing in the provider’s settings: report it to the provider.',
  },
  body_too_large: {
    status: 413,
    detail: ({ limit }) => `The request body is larger than ${limit} bytes.`,
    cause: 'One request carried more than the service accepts.',
    fix: 'Lower the number of members per request in the provider.',
  },
  content_encoding: {
    status: 415,
    detail: ({ encoding }) => `Content-Encoding "${encoding}" is not accepted; send the body uncompressed.`,
    cause: 'The request body is compressed.',
    fix: 'Turn off request compression in the provider or in the proxy between.',
  },
  content_type: {
    status: 415,
    detail: ({ type }) => `Content-Type "${type}" is not accepted; send application/scim+json or application/json.`,
    cause: 'The request body is not declared as JSON.',
    fix: 'Let the provider send application/scim+json.',
  },
  too_many_requests: {
    status: 429,
    detail: ({ seconds }) => `Too many requests with this token. Try again in ${seconds} s.`,
    cause: 'The token used up its budget of requests.',
    fix: 'Nothing: providers slow down by themselves and continue.',
  },
  overloaded: {
    status: 503,
    detail: () => 'The service is busy. Nothing was changed by this request; try again shortly.',
    cause: 'More work was waiting than could be done in time.',
    fix: 'Nothing: providers try again by themselves. If it lasts, ask the operator of the service.',
  },
  store_unavailable: {
    status: 503,
    detail: () => 'The store could not be reached or written. Nothing was changed by this request; try again shortly.',
    cause: 'The database is unreachable, read-only, locked by another program, or its disk is full.',
    fix: "Nothing for the provider's admin: it tries again by itself. The operator of the service finds the cause in its log.",
  },
  internal: {
    status: 500,
    detail: () => 'An error on our side. Nothing was changed by this request.',
    cause: 'A fault in the service.',
    fix: "Report the request reference to Optimaite's support.",
  },
  answer_lost: {
    status: 500,
    detail: () => 'The change was made, but an error on our side kept it from being shown. Read the resource again.',
    cause: 'The store failed between writing the change and reading it back for the answer.',
    fix: "Nothing: a provider that repeats the request finds it done. If it lasts, report the request reference to Optimaite's support.",
  },
  // Bodies
  invalid_syntax: {
    status: 400,
    scimType: 'invalidSyntax',
    detail: ({ reason }) => `The request body cannot be read: ${reason}`,
    cause: 'The body is not JSON, or not of the form that RFC 7644 asks for.',
    fix: 'If the provider lets you edit the request body, correct it there; else report it to the provider.',
  },
  invalid_value: {
    status: 400,
    scimType: 'invalidValue',
    detail: ({ reason }) => `${reason}`,
    cause: 'A value is missing, has the wrong type, or is not possible for its attribute.',
    fix: 'Correct the attribute mapping in the provider so that it sends a fitting value.',
  },
  invalid_filter: {
    status: 400,
    scimType: 'invalidFilter',
    detail: ({ reason }) => `The filter cannot be applied: ${reason}`,
    cause: 'The filter is malformed, or names an attribute or comparison that does not exist.',
    fix: 'Choose another matching attribute in the provider: userName, externalId or emails for users; displayName or externalId for groups.',
  },
  invalid_path: {
    status: 400,
    scimType: 'invalidPath',
    detail: ({ reason }) => `${reason}`,
    cause: 'A PATCH operation names an attribute that does not exist, or a path that cannot be read.',
    fix: "Remove the attribute from the provider's mapping.",
  },
  no_target: {
    status: 400,
    scimType: 'noTarget',
    detail: ({ reason }) => `${reason}`,
    cause: 'A PATCH operation addresses a value that is not there, or does not say what it addresses.',
    fix: "Remove the attribute from the provider's mapping, or let the provider send the value first.",
  },
  mutability: {
    status: 400,
    scimType: 'mutability',
    detail: ({ reason }) => `${reason}`,
    cause: 'The request tries to change what only the service sets.',
    fix: "Remove the attribute from the provider's mapping.",
  },
  invalid_cursor: {
    status: 400,
    scimType: 'invalidCursor',
    detail: () =>
      'The cursor does not belong to this list: send it with the same filter and sorting as the page it came from.',
    cause: 'A page cursor was changed, cut, or used with another filter, sorting or workspace.',
    fix: 'Start again from the first page.',
  },
  invalid_count: {
    status: 400,
    scimType: 'invalidCount',
    detail: ({ reason }) => `${reason}`,
    cause: 'The page size is not a whole number, or differs from that of the cursor.',
    fix: 'Send count as a whole number from 0 to 1,000, the same with each page.',
  },
  too_many_operations: {
    status: 400,
    scimType: 'tooMany',
    detail: ({ count, limit }) => `${count} operations in one request; at most ${limit} are possible.`,
    cause: 'One PATCH request carried more operations than the service accepts.',
    fix: 'Lower the number of changes per request in the provider.',
  },
  // Resources
  group_unknown: {
    status: 404,
    detail: ({ id }) => `There is no group "${id}" in this workspace.`,
    cause: 'The group was deleted here, or belongs to another workspace.',
    fix: 'Entra: restart provisioning. Okta: unlink the pushed group and push it again.',
  },
  user_unknown: {
    status: 404,
    detail: ({ id }) => `There is no user "${id}" in this workspace.`,
    cause: 'The person was removed from the workspace, or belongs to another one.',
    fix: 'Add the person to the workspace in Optimaite; then Entra: restart provisioning, Okta: press "Provision User" on the assignment.',
  },
  target_unknown: {
    status: 404,
    detail: ({ target }) => `No group of this workspace matches ${target}.`,
    cause: 'PUT or PATCH on the collection named a group that does not exist; PUT never creates (RFC 7644 §3.5.1).',
    fix: 'Create the group first with POST.',
  },
  target_missing: {
    status: 400,
    scimType: 'noTarget',
    detail: () =>
      'The request does not say which group it means: address /Groups/{id}, or name the target in the request.',
    cause:
      'PUT on the collection needs id, externalId or displayName in the body; PATCH needs a top-level id or ?filter=.',
    fix: 'Address the group by its id.',
  },
  target_ambiguous: {
    status: 412,
    detail: ({ count }) => `The filter matches ${count} groups; PATCH on the collection needs exactly one.`,
    cause: 'The filter of a collection PATCH matches several groups.',
    fix: 'Use a filter on id, externalId or displayName.',
  },
  group_name_taken: {
    status: 409,
    scimType: 'uniqueness',
    detail: ({ name, id, holder }) =>
      `The group name "${name}" is taken by ${groupOf(id, holder)} (names are compared ignoring case). Two groups of one workspace cannot share a name.`,
    cause: 'Two groups of the provider have the same display name, or a group of this name already exists here.',
    fix: 'Rename one of the groups in the provider. Okta: link the existing group instead of creating one. Entra: match groups by displayName to adopt the existing one.',
  },
  group_external_id_taken: {
    status: 409,
    scimType: 'uniqueness',
    detail: ({ externalId, id, holder }) => `The externalId "${externalId}" belongs to ${groupOf(id, holder)}.`,
    cause: 'Two groups were given the same externalId.',
    fix: 'Check the attribute that the provider maps to externalId (Entra: objectId).',
  },
  user_name_taken: {
    status: 409,
    scimType: 'uniqueness',
    detail: ({ userName, id, holder }) => `The userName "${userName}" belongs to ${personOf(id, holder)}.`,
    cause: 'A person with this userName already exists in the workspace.',
    fix: 'Let the provider match by userName before it creates; check that two accounts do not share an address.',
  },
  user_creation_refused: {
    status: 403,
    detail: ({ userName, workspace, press }) =>
      `"${userName}" has no account in the workspace "${workspace}", and SCIM does not create accounts here. Invite the person in Optimaite first. ${press}`,
    cause: 'People exist in Optimaite first and are matched; SCIM does not create them in this workspace.',
    fix: 'Invite the person in Optimaite, then let the provider match again. Or let a workspace admin set unknown users to "pending".',
  },
  members_unknown: {
    status: 400,
    scimType: 'invalidValue',
    detail: ({ ids, others }) =>
      `Not known in this workspace, so not added: ${ids}${others ? ' and others' : ''}. Nothing was changed.`,
    cause: 'The workspace refuses members it does not know (policy "unknown members: reject").',
    fix: 'Add the people to the workspace in Optimaite, or let a workspace admin set unknown members to "record".',
  },
  record_too_large: {
    status: 400,
    scimType: 'invalidValue',
    detail: ({ limit }) => `More than ${limit} bytes of attributes for one person.`,
    cause: 'The provider maps more, or longer, attributes than are kept for a person.',
    fix: 'Delete attribute mappings that Optimaite does not use; userName, name, displayName, emails, active and externalId are enough.',
  },
  precondition_failed: {
    status: 412,
    detail: ({ version }) => `The resource has changed: its version is now ${version}.`,
    cause: 'If-Match named a version that is no longer the current one.',
    fix: 'Read the resource again and repeat the change.',
  },
  removal_held: {
    status: 503,
    detail: ({ holds, losses, before, allowed }) =>
      `Held as ${holds}: ${losses} effective memberships would end, after ${before} in the last ten minutes, and the workspace's guard allows ${allowed} for each group. Nothing was changed. An admin of the workspace can let it through or turn it away.`,
    cause:
      'The request, with what was removed in the ten minutes before, takes more members from a group than the guard of the workspace allows.',
    fix: 'If the removal is meant, let the hold through in the panel, and press there what it then names: Okta Push Groups → Retry, Entra Provision on demand. If not, turn it away, and correct the assignment in the provider.',
  },
  removal_turned_away: {
    status: 403,
    detail: ({ holds }) =>
      `An admin of the workspace has turned this removal away: ${holds}. Nothing was changed by this request.`,
    cause:
      'The guard had held an equal removal, of the same people from the same group, and an admin decided against it.',
    fix: 'Assign the people to the group again in the provider. If the removal is meant after all, let the hold through in the panel.',
  },
  // Calls of the host application and of admins
  group_managed: {
    status: 409,
    detail: ({ name }) => `The group "${name}" is managed by the identity provider: change it there.`,
    cause:
      'A provider has written to the group, by creating it, linking it or changing it, and its next sync would undo the change.',
    fix: 'Change the group in the provider. Or release it first, if the provider no longer writes to it: its next write makes it managed again.',
  },
  feed_position_unknown: {
    status: 400,
    detail: ({ position }) => `"${position}" is no position in the changes of this workspace.`,
    cause: 'The position was changed or is of another workspace, or the store was set back to a backup from before it.',
    fix: 'Begin anew: keep the position that changes.end answers, read every group by groups.members, and go on from there.',
  },
  reconcile_outdated: {
    status: 409,
    detail: () => 'The people of the workspace, or the rows given, are not those of the preview. Nothing was changed.',
    cause:
      'Somebody changed the people of the workspace between the preview and its confirmation, or other rows were given.',
    fix: 'Look at the preview again and confirm that one.',
  },
  hold_unknown: {
    status: 404,
    detail: ({ id }) => `There is no hold "${id}" in this workspace.`,
    cause: 'The hold belongs to another workspace, or nobody has asked for it for longer than activity is kept.',
    fix: 'List the holds again.',
  },
  problem_unknown: {
    status: 404,
    detail: ({ id }) => `"${id}" is no open problem that can be dismissed.`,
    cause:
      'Only ids that a group names and nobody stands behind can be dismissed; this one is known, removed or dismissed already.',
    fix: 'List the problems again.',
  },
})
