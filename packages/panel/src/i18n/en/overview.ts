import { many, number } from './counts.ts'

/** Workspaces, their health, and what is held. */
export const overview = {
  workspaces: {
    title: 'Workspaces',
    says: 'Every integration and its state; what needs attention comes first.',
    search: 'Find a workspace',
    name: 'Name',
    state: 'State',
    contact: 'Last contact',
    day: 'Last 24 hours',
    outcomes: (ok: string, failed: string) => `${ok} ok · ${failed} failed`,
    none: 'No workspaces yet',
    noneSays: 'A workspace is a customer’s: its people, groups, tokens and history.',
    create: 'New workspace',
    createSays: 'The next step is to connect its provider.',
    created: (name: string) => `Workspace “${name}” created`,
    slug: 'Short name',
    slugHint: 'For addresses and the command line: a–z, 0–9 and hyphens. It cannot be changed later.',
    scim: 'Turn SCIM on',
    scimHint: 'Providers can connect as soon as they have a token.',
  },
  health: { off: 'Off', waiting: 'Waiting', healthy: 'Healthy', failing: 'Failing', silent: 'Silent' },
  overview: {
    title: 'Overview',
    state: 'State of the integration',
    since: 'Since',
    connect: 'Connect a provider',
    showRequest: 'Show the request',
    problems: 'Open problems',
    noProblems: 'Nothing is open.',
    examples: (count: number) => `Show ${count}`,
    lastFailed: 'Last:',
    showRequests: 'Show the requests',
    moreFailures: 'Of the requests that failed, the newest 1,000 are counted.',
    namedBy: 'Named by',
    accounts: 'Accounts:',
    dismiss: 'Dismiss',
    dismissed: 'Dismissed. It comes back if the provider names it again.',
  },
  holds: {
    title: 'Held removals',
    says: 'The guard has held requests that would take many people out of a group. Of what is held or turned away, nothing is applied.',
    states: {
      held: 'Held',
      let_through: 'Let through',
      turned_away: 'Turned away',
      expired: 'Expired',
      applied: 'Applied',
      gone: 'Group gone',
    },
    kinds: {
      members_removed: 'to take members out',
      group_deleted: 'to delete the group',
      person_deleted: 'to delete a person',
    },
    or: ' or ',
    sentence: (token: string, asked: string, losses: number, requests: number) =>
      `${token} has asked ${many(requests, 'time', 'times')} ${asked}: ${many(losses, 'membership', 'memberships')} would end.`,
    reason: (before: number, limit: number) =>
      before === 0
        ? `Within ten minutes, ${number(limit)} may end.`
        : `In the ten minutes before, ${many(before, 'membership', 'memberships')} had ended; ${number(limit)} may.`,
    ends: {
      turned_away: 'The same removal is refused with 403, also where the limit allows it, until you let it through.',
      expired: 'If the provider sends it again, it is held again.',
      applied: 'It has been applied since.',
      gone: 'The group has been deleted, so there is nothing left to decide.',
    },
    last: 'Last asked',
    noneHere: 'Whatever this page would show is over.',
    by: (name: string) => `Decided by ${name}`,
    until: 'holds until',
    next: 'At the provider:',
    letThrough: 'Let through',
    letThroughSays: (losses: number, group: string) =>
      `For 24 hours, up to ${many(losses, 'membership', 'memberships')} of “${group}” may be ended. This applies nothing by itself: the provider has to send its request again.`,
    turnAway: 'Turn away',
    turnAwaySays:
      'Further requests for the same removal are answered with 403, also where the limit allows them, until you let it through. Memberships stay as they are.',
    decided: 'Decided',
  },
}
