import { notedSettings, type Scim } from '@optimaite/scim'
import { type Config, publicUrlOf } from '../../config.ts'
import { Fault } from '../fault.ts'
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
      release: (workspace, group) =>
        recorded({
          ...{ action: 'releaseGroup', workspace, target: { group } },
          perform: () => scim.groups.release(workspace, group, by),
        }),
    },
    problems: {
      dismiss: (workspace, person) =>
        recorded({
          ...{ action: 'dismissProblem', workspace, target: { person }, status: 204 },
          perform: () => scim.problems.dismiss(workspace, person, by),
        }),
    },
    tokens: tokensOf(scim, recorded, name),
    setupLinks: setupLinksOf(scim, config, recorded, name),
    holds: {
      letThrough: (workspace, hold) =>
        recorded({
          ...{ action: 'letThroughHold', workspace, target: { hold } },
          perform: () => scim.holds.letThrough(workspace, hold, by),
        }),
      turnAway: (workspace, hold) =>
        recorded({
          ...{ action: 'turnAwayHold', workspace, target: { hold } },
          perform: () => scim.holds.turnAway(workspace, hold, by),
        }),
    },
    keys: keysOf(scim, recorded, name),
  }
}

function workspacesOf({ workspaces }: Scim, recorded: Recorded): Writes['workspaces'] {
  return {
    create: (slug, { name, ...settings }) =>
      recorded({
        ...{ action: 'createWorkspace', workspace: null, status: 201 },
        noted: () => ({ target: { workspace: slug }, details: notedSettings(settings) }),
        perform: () => workspaces.create(slug, { name, ...settings }),
      }),
    change: (workspace, changes) =>
      recorded({
        ...{ action: 'changeWorkspace', workspace, details: notedSettings(changes) },
        perform: () => workspaces.change(workspace, changes),
      }),
    // The workspace's own trail goes with it.
    remove: (slug) =>
      recorded({
        ...{ action: 'deleteWorkspace', workspace: null, target: { workspace: slug }, status: 204 },
        perform: () => workspaces.remove(slug),
      }),
  }
}

function peopleOf({ people, history }: Scim, recorded: Recorded, name: string): Writes['people'] {
  const by = { admin: name }
  return {
    upsert: (workspace, rows, onProgress = () => {}) =>
      recorded({
        ...{ action: 'putPeople', workspace },
        noted: ({ created, updated, unchanged }) => ({ details: { added: created, changed: updated, unchanged } }),
        perform: () => people.upsert(workspace, rows, { atomic: true, onProgress, by }),
      }),
    // One by one, so that there is an entry of each.
    remove: async (workspace, ids) => {
      for (const person of ids)
        await recorded({
          ...{ action: 'removePerson', workspace, target: { person }, status: 204 },
          none: (removed) => removed.length === 0,
          perform: () => people.remove(workspace, [person], by),
        })
    },
    reconcile: (workspace, rows, confirm) =>
      recorded({
        ...{ action: 'reconcilePeople', workspace },
        noted: ({ done, add, change, remove }) => ({
          details: { done, added: add.length, changed: change.length, removed: remove.length },
        }),
        perform: () => people.reconcile(workspace, rows, { by, ...(confirm !== undefined && { confirm }) }),
      }),
    erase: (workspace, person) =>
      recorded({
        ...{ action: 'erasePerson', workspace, target: { person } },
        noted: ({ id }) => (id === null ? {} : { target: { person: id } }),
        perform: () => history.erase(workspace, person, { by: name }),
      }),
  }
}

function tokensOf({ tokens }: Scim, recorded: Recorded, name: string): Writes['tokens'] {
  return {
    issue: (workspace, token) =>
      recorded({
        ...{ action: 'issueToken', workspace, status: 201 },
        noted: ({ token: { id } }) => ({ target: { token: id } }),
        perform: () => tokens.issue(workspace, { ...token, createdBy: name }),
      }),
    revoke: (workspace, token) =>
      recorded({
        ...{ action: 'revokeToken', workspace, target: { token }, status: 204 },
        none: (isThere) => !isThere,
        // To repeat it is no error.
        perform: async () => (await tokens.revoke(workspace, token)) || isAmong(await tokens.list(workspace), token),
      }),
    end: async (workspace, token, at) => {
      await recorded({
        ...{ action: 'retireToken', workspace, target: { token } },
        none: (isThere) => !isThere,
        perform: async () => {
          const found = (await tokens.list(workspace)).find(({ id }) => id === token)
          if (found && (found.state === 'revoked' || found.state === 'expired'))
            throw new Fault(`The token "${token}" has ended already.`, 'Nothing, or issue a new one.')
          if (found) await tokens.end(workspace, token, at)
          return found !== undefined
        },
      })
    },
  }
}

function setupLinksOf({ setupLinks }: Scim, config: Config, recorded: Recorded, name: string): Writes['setupLinks'] {
  return {
    create: (workspace, wanted) =>
      recorded({
        ...{ action: 'createSetupLink', workspace, status: 201 },
        noted: ({ link: { id } }) => ({ target: { link: id } }),
        perform: async () => {
          const { link, secret } = await setupLinks.create(workspace, { ...wanted, by: name })
          return { link, url: `${publicUrlOf(config).replace(/\/+$/, '')}/setup#${secret}` }
        },
      }),
    revoke: (workspace, link, { token }) =>
      recorded({
        ...{ action: 'revokeSetupLink', workspace, target: { link } },
        none: (revoked) => revoked === undefined,
        noted: () => ({ details: { token } }),
        perform: () => setupLinks.revoke(workspace, link, { token }),
      }),
  }
}

function keysOf({ apiKeys }: Scim, recorded: Recorded, name: string): Writes['keys'] {
  const action = (verb: string, slug: string | null): string => `${verb}${slug === null ? '' : 'Workspace'}Key`
  return {
    issue: (key) =>
      recorded({
        ...{ action: action('issue', key.workspace), workspace: key.workspace, status: 201 },
        noted: ({ key: { id, scopes } }) => ({ target: { key: id }, details: { scopes: scopes.join(' ') } }),
        perform: () => apiKeys.issue({ ...key, by: name }),
      }),
    revoke: async (workspace, key) => {
      await recorded({
        ...{ action: action('revoke', workspace), workspace, target: { key }, status: 204 },
        none: (isThere) => !isThere,
        perform: async () => (await apiKeys.revoke(workspace, key)) || isAmong(await apiKeys.list(workspace), key),
      })
    },
  }
}

function isAmong(all: readonly { readonly id: string }[], id: string): boolean {
  return all.some((one) => one.id === id)
}
