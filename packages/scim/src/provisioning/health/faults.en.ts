/** Why a step of a set-up has failed, and what an admin does about it, in English. Names in braces are filled in. */
export const ENGLISH = {
  token_wrong: {
    cause: 'What the provider sent begins like the token "{label}" and is no true copy of it ({time}).',
    fix: 'Copy the whole token again, without blanks or line breaks, or issue a new one, and paste it into the provider.',
  },
  token_expired: {
    cause: 'The provider sent the token "{label}", which has expired ({time}).',
    fix: 'Issue a new token, paste it into the provider, and test the connection again.',
  },
  token_revoked: {
    cause: 'The provider sent the token "{label}", which was revoked ({time}).',
    fix: 'Paste the current token of this workspace into the provider, or issue a new one.',
  },
  scim_off: {
    cause: 'The token was accepted, but SCIM is turned off for this workspace.',
    fix: 'Let an operator turn SCIM on for this workspace; the provider then goes on by itself.',
  },
  path_unknown: {
    cause: 'The provider asked for an address that is not part of SCIM here.',
    fix: 'Enter the base URL in the provider exactly as it is shown here, with nothing behind it.',
  },
  nobody_found: {
    cause: 'The look-up {filter} found nobody: nobody in this workspace has that value.',
    fix: 'Add the person to the workspace with that userName, or a verified e-mail that equals it; or let the provider map userName to the address that people sign in with here. Then let it try again.',
  },
  user_creation_refused: {
    cause: 'The provider wanted to create a person who has no account here, and accounts are not created by SCIM.',
    fix: 'Add the person to the workspace first and let the provider match again, turn creating users off in the provider, or set unknown users to "pending".',
  },
  members_refused: {
    cause: 'The provider named members who are not known here, and this workspace refuses them.',
    fix: 'Add the people to the workspace, or set unknown members to "record".',
  },
  member_unresolved: {
    cause: 'The group "{group}" has members, but nobody in this workspace stands behind their ids.',
    fix: 'Add the people to the workspace: their memberships count from then on. If they are there already, restart provisioning in the provider, so that it learns their ids anew.',
  },
  member_pending: {
    cause: 'The members of the group "{group}" are pending: they have no account yet.',
    fix: 'Invite them: their memberships count once they have an account with that address, verified.',
  },
  member_suspended: {
    cause: 'The members of the group "{group}" are suspended: the provider said that they are not active.',
    fix: 'Activate one of them in the provider, or assign somebody who is active.',
  },
  refused: {
    cause: '{method} {route} was refused with {status} ({problem}).',
    fix: 'Open the request: it says what was wrong with it and what to do.',
  },
  faulted: {
    cause: '{method} {route} could not be carried out ({status}).',
    fix: 'Nothing in the provider, which tries again by itself. If it lasts, ask the operator of the service.',
  },
} as const

export type FaultCode = keyof typeof ENGLISH
/** The same keys in every language. */
export type Faults = Readonly<Record<FaultCode, { readonly cause: string; readonly fix: string }>>
