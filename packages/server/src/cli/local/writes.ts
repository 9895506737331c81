import type { Scim } from '@optimaite/scim'
import { type Config, publicUrlOf } from '../../config.ts'
import type { Library } from '../library.ts'
import { whoTypes } from '../whoTypes.ts'
import type { Recorded } from './recorded.ts'

type Of<Part extends keyof Library, Names extends keyof Library[Part]> = Pick<Library[Part], Names>

/** What commands change in a store, each recorded by the name that the admin API has for it. */
export interface Writes {
  readonly workspaces: Of<'workspaces', 'create' | 'change' | 'remove'>
  readonly people: Of<'people', 'upsert' | 'remove' | 'reconcile' | 'erase'>
  readonly groups: Of<'groups', 'release'>
  readonly problems: Of<'problems', 'dismiss'>
  readonly tokens: Of<'tokens', 'issue' | 'revoke' | 'end'>
  readonly setupLinks: Of<'setupLinks', 'create' | 'revoke'>
  readonly holds: Of<'holds', 'letThrough' | 'turnAway'>
  readonly keys: Of<'keys', 'issue' | 'revoke'>
}

export function writesOf(scim: Scim, config: Config, recorded: Recorded): Writes {
  const name = whoTypes()
  const by = { admin: name }
  return {
    workspaces: workspacesOf(scim, recorded),
    people: peopleOf(scim, recorded, name),
    groups: {
      release: (workspace, target) =>
        recorded({
          ...{ action: 'releaseGroup', workspace, target },
          perform: () => scim.groups.release(workspace, target, by),
        }),
    },
    problems: {
      dismiss: (workspace, target) =>
        recorded({
          ...{ action: 'dismissProblem', workspace, target },
          perform: () => scim.problems.dismiss(workspace, target, by),
        }),
    },
    tokens: tokensOf(scim, recorded, name),
    setupLinks: setupLinksOf(scim, config, recorded, name),
    holds: {
      letThrough: (workspace, target) =>
        recorded({
          ...{ action: 'letThroughHold', workspace, target },
          perform: () => scim.holds.letThrough(workspace, target, by),
        }),
      turnAway: (workspace, target) =>
        recorded({
          ...{ action: 'turnAwayHold', workspace, target },
          perform: () => scim.holds.turnAway(workspace, target, by),
        }),
    },
    keys: keysOf(scim, recorded, name),
  }
}

function workspacesOf({ workspaces }: Scim, recorded: Recorded): Writes['workspaces'] {
  return {
    create: (slug, settings) =>
      recorded({
        ...{ action: 'createWorkspace', workspace: null, target: slug },
        perform: () => workspaces.create(slug, settings),
      }),
    change: (workspace, changes) =>
      recorded({
        ...{ action: 'changeWorkspace', workspace, details: { settings: Object.keys(changes).join(' ') } },
        perform: () => workspaces.change(workspace, changes),
      }),
    // The workspace's own trail goes with it.
    remove: (slug) =>
      recorded({
        ...{ action: 'deleteWorkspace', workspace: null, target: slug },
        perform: () => workspaces.remove(slug),
      }),
  }
}

function peopleOf({ people, history }: Scim, recorded: Recorded, name: string): Writes['people'] {
  const by = { admin: name }
  return {
    upsert: (workspace, rows, onProgress = () => {}) =>
      recorded({
        ...{ action: 'putPeople', workspace, details: { people: rows.length } },
        perform: () => people.upsert(workspace, rows, { atomic: true, onProgress, by }),
      }),
    remove: (workspace, ids) =>
      recorded({
        ...{ action: 'removePerson', workspace, target: ids.join(' ') },
        perform: async () => void (await people.remove(workspace, ids, by)),
      }),
    reconcile: (workspace, rows, confirm) => {
      const perform = () => people.reconcile(workspace, rows, { by, ...(confirm !== undefined && { confirm }) })
      // A preview changes nothing.
      if (confirm === undefined) return perform()
      return recorded({ action: 'reconcilePeople', workspace, details: { people: rows.length }, perform })
    },
    // By the id alone: what the person was named by is what has to go.
    erase: (workspace, person) =>
      recorded({
        ...{ action: 'erasePerson', workspace, made: ({ id }) => id },
        perform: () => history.erase(workspace, person, { by: name }),
      }),
  }
}

function tokensOf({ tokens }: Scim, recorded: Recorded, name: string): Writes['tokens'] {
  return {
    issue: (workspace, token) =>
      recorded({
        ...{ action: 'issueToken', workspace, made: ({ token: { id } }) => id },
        perform: () => tokens.issue(workspace, { ...token, createdBy: name }),
      }),
    revoke: (workspace, target) =>
      recorded({
        ...{ action: 'revokeToken', workspace, target },
        perform: () => tokens.revoke(workspace, target),
      }),
    end: (workspace, target, at) =>
      recorded({
        ...{ action: 'retireToken', workspace, target },
        perform: () => tokens.end(workspace, target, at),
      }),
  }
}

function setupLinksOf({ setupLinks }: Scim, config: Config, recorded: Recorded, name: string): Writes['setupLinks'] {
  return {
    create: (workspace, wanted) =>
      recorded({
        ...{ action: 'createSetupLink', workspace, made: ({ link: { id } }) => id },
        perform: async () => {
          const { link, secret } = await setupLinks.create(workspace, { ...wanted, by: name })
          return { link, url: `${publicUrlOf(config).replace(/\/+$/, '')}/setup#${secret}` }
        },
      }),
    revoke: (workspace, target, options) =>
      recorded({
        ...{ action: 'revokeSetupLink', workspace, target, details: options },
        perform: () => setupLinks.revoke(workspace, target, options),
      }),
  }
}

function keysOf({ apiKeys }: Scim, recorded: Recorded, name: string): Writes['keys'] {
  const action = (verb: string, slug: string | null): string => `${verb}${slug === null ? '' : 'Workspace'}Key`
  return {
    issue: (key) =>
      recorded({
        ...{ action: action('issue', key.workspace), workspace: key.workspace },
        ...{ details: { scopes: key.scopes.join(' ') }, made: ({ key: { id } }) => id },
        perform: () => apiKeys.issue({ ...key, by: name }),
      }),
    revoke: (workspace, target) =>
      recorded({
        ...{ action: action('revoke', workspace), workspace, target },
        perform: async () => void (await apiKeys.revoke(workspace, target)),
      }),
  }
}
