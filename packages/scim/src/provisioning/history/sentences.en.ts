/** What an explanation says, in English. Names in braces are filled in. */
export const ENGLISH = {
  effective: '{person} is a member of {group} since {since}, added {sinceBy}.',
  effective_resolved:
    '{person} is a member of {group} since {since}, added {sinceBy}; effective since {resolved}, when an account came to stand behind it.',
  suspended:
    '{person} is a member of {group} since {since}, but not effective: suspended by `active: false` in request {request} ({suspendedBy}, {suspended}).',
  suspended_by_claim:
    '{person} is a member of {group} since {since}, but not effective: suspended since {suspended}, when two people became one ({suspendedBy}).',
  pending:
    '{person} is a member of {group} since {since}, added {sinceBy}, but not effective: pending until the host application adds the account.',
  unresolved:
    '{person} is named as a member of {group} since {since}, added {sinceBy}, but not effective: nobody stands behind this id.',
  account_removed:
    '{person} is named as a member of {group} since {since}, but not effective: the account was removed at {removed} {removedBy}.',
  unrecorded: '{person} is a member of {group}; how that came about is not recorded.',
  removed: '{person} was removed from {group} at {until} {untilBy}; a member since {since}.',
  removed_by_restore:
    '{person} was removed from {group} at {until} {untilBy}, who restored the members of {restored}; a member since {since}.',
  group_deleted: '{person} was a member of {group} from {since} until the group was deleted at {until} {untilBy}.',
  person_deleted: '{person} was a member of {group} from {since} until the person was removed at {until} {untilBy}.',
  person_erased: '{person} was a member of {group} from {since} until the person was erased at {until} {untilBy}.',
  former_deleted:
    '{person} was never a member of {group}, but of {former}, {shared}: from {since} until that group was deleted at {until} {untilBy}.',
  former_removed:
    '{person} was never a member of {group}, but of {former}, {shared}: from {since} until removed at {until} {untilBy}.',
  never: '{person} was never a member of {group}.',
  never_unknown:
    '{person} was never a member of {group}; an unknown id, {unknown}, was named in request {request} at {named}.',
  never_unknown_local: '{person} was never a member of {group}; an unknown id, {unknown}, was named at {named}.',
  person_unknown: 'Nobody is known by {person}, and no request has named it.',
  group_unknown: 'There is no group {group}, and there was none.',
  // Parts of sentences.
  quoted: '"{name}"',
  deleted_group: '"{name}" (deleted at {at})',
  former_group: '"{name}" ({id})',
  same_name: 'an earlier group of the same name',
  same_external_id: 'an earlier group of the same externalId',
  same_both: 'an earlier group of the same name and externalId',
  by: 'by {actor}',
  by_request: 'by {actor}, request {request}',
  by_operation: 'by {actor}, operation {operation} of request {request}',
  token: 'token "{label}"',
  admin: 'admin "{label}"',
  host: 'the {label}',
  system: 'the service ({label})',
  time: '{year}-{month}-{day} {hour}:{minute} UTC',
} as const

export type SentenceKey = keyof typeof ENGLISH
/** The same keys in every language. */
export type Sentences = Readonly<Record<SentenceKey, string>>
