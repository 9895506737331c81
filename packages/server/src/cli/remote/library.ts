import type { Library, ToldExplanation } from '../library.ts'
import { remoteActivity } from './activity.ts'
import { remoteAdmins } from './admins.ts'
import { inWorkspace, type Remote } from './call.ts'
import { remoteGroups } from './groups.ts'
import { remoteHolds } from './holds.ts'
import { remoteKeys } from './keys.ts'
import { past } from './past.ts'
import { remotePeople } from './people.ts'
import { remoteProblems } from './problems.ts'
import { remoteSetupLinks } from './setupLinks.ts'
import { remoteTokens } from './tokens.ts'
import { remoteWorkspaces } from './workspaces.ts'

/** The library of a service elsewhere. Who wrote is whose key it is. */
export function remoteLibrary(remote: Remote): Library {
  return {
    workspaces: remoteWorkspaces(remote),
    people: remotePeople(remote),
    groups: remoteGroups(remote),
    history: {
      explain: (slug, person, group) =>
        remote.call<ToldExplanation>('GET', inWorkspace(slug, 'people', person, 'explain'), { query: { group } }),
      ofGroup: (slug, group, most) => past(remote, inWorkspace(slug, 'groups', group, 'history'), most),
      ofPerson: (slug, person, most) => past(remote, inWorkspace(slug, 'people', person, 'history'), most),
    },
    problems: remoteProblems(remote),
    tokens: remoteTokens(remote),
    setupLinks: remoteSetupLinks(remote),
    holds: remoteHolds(remote),
    keys: remoteKeys(remote),
    admins: remoteAdmins(remote),
    activity: remoteActivity(remote),
  }
}
