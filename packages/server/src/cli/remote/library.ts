import type { Library } from '../library.ts'
import { remoteActivity } from './activity.ts'
import { remoteAdmins } from './admins.ts'
import { remoteAudit } from './audit.ts'
import type { Remote } from './call.ts'
import { remoteGroups } from './groups.ts'
import { remoteHealth } from './health.ts'
import { remoteHistory } from './history.ts'
import { remoteHolds } from './holds.ts'
import { remoteKeys } from './keys.ts'
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
    history: remoteHistory(remote),
    health: remoteHealth(remote),
    audit: remoteAudit(remote),
    problems: remoteProblems(remote),
    tokens: remoteTokens(remote),
    setupLinks: remoteSetupLinks(remote),
    holds: remoteHolds(remote),
    keys: remoteKeys(remote),
    admins: remoteAdmins(remote),
    activity: remoteActivity(remote),
  }
}
