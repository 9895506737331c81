/** Why an integration is said to be in its state, in English. Names in braces are filled in. */
export const ENGLISH = {
  scim_off: 'SCIM is turned off for this workspace.',
  no_token: 'No SCIM token has been issued yet.',
  no_contact: 'A token has been issued; the provider has not used it yet.',
  token_wrong: 'The provider sent an incomplete or mistyped copy of the token "{label}" ({time}).',
  token_expired: 'The provider still uses the token "{label}", which expired ({time}).',
  token_revoked: 'The provider still uses the token "{label}", which was revoked ({time}).',
  no_live_token: 'Every token has expired or was revoked: the provider cannot connect.',
  request_refused: 'The last {method} {route} was refused with {status}, and has not succeeded since ({time}). {cause}',
  request_faulted:
    'The last {method} {route} could not be carried out ({status}), and has not succeeded since ({time}). {cause}',
  polls_missing: 'The provider asks every {minutes} minutes, and was last here {hours} hours ago ({time}).',
  in_contact: 'The provider was last here at {time}, and nothing of what it wanted is left undone.',
  // Parts of sentences.
  time: '{year}-{month}-{day} {hour}:{minute} UTC',
} as const

export type ReasonKey = keyof typeof ENGLISH
export type ReasonCode = Exclude<ReasonKey, 'time'>
/** The same keys in every language. */
export type Reasons = Readonly<Record<ReasonKey, string>>
