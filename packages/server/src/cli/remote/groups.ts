import type { Group, Member } from '@optimaite/scim'
import type { Library } from '../library.ts'
import { inWorkspace, type Remote } from './call.ts'
import { listed } from './lists.ts'
import { isUnknownInHistory, unlessUnknown } from './refusals.ts'

export function remoteGroups(remote: Remote): Library['groups'] {
  return {
    list: (slug) => listed<Group>(remote, inWorkspace(slug, 'groups')),
    find: (slug, reference) =>
      unlessUnknown(remote.call<Group>('GET', inWorkspace(slug, 'groups', reference)), isUnknownInHistory),
    members: (slug, id, most) => listed<Member>(remote, inWorkspace(slug, 'groups', id, 'members'), {}, most),
    release: (slug, id) => remote.call<Group>('POST', inWorkspace(slug, 'groups', id, 'release')),
  }
}
