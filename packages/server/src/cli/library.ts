import { type ActivityEntry, type Explained, SCIM_PATH, type Scim, type Token, type Workspace } from '@optimaite/scim'
import { type Invocation, withScim } from './invocation.ts'
import { pathOf, type Remote, remoteOf } from './remote.ts'

/** What commands use that work on a store as well as on a service elsewhere. */
export interface Library {
  readonly baseUrl: string
  readonly workspaces: Pick<Scim['workspaces'], 'list' | 'find'>
  readonly tokens: Scim['tokens']
  readonly history: Pick<Scim['history'], 'explain'>
  readonly activity: Pick<Scim['activity'], 'list' | 'after'>
  /** Absent of a service elsewhere, whose entries say what they are about. */
  readonly names?: Pick<Scim, 'groups' | 'people'>
}

export async function withLibrary<T>(
  invocation: Invocation,
  options: Readonly<Record<string, unknown>>,
  use: (library: Library) => Promise<T>,
): Promise<T> {
  const remote = remoteOf(options)
  if (remote !== undefined) return use(libraryOf(remote))
  return withScim(invocation, ({ baseUrl, workspaces, tokens, history, activity, groups, people }) =>
    use({ baseUrl, workspaces, tokens, history, activity, names: { groups, people } }),
  )
}

interface Items<T> {
  readonly items: T[]
  readonly next?: string | null
}

/** The most of one page. */
const PAGE = 1_000

function libraryOf(remote: Remote): Library {
  const of = (slug: string, ...more: readonly string[]): string => pathOf('workspaces', slug, ...more)
  return {
    baseUrl: remote.url + SCIM_PATH,
    workspaces: {
      list: () => every<Workspace>(remote, '/workspaces'),
      find: (slug) => remote.call('GET', of(slug)),
    },
    tokens: {
      list: async (slug) => (await remote.call<Items<Token>>('GET', of(slug, 'tokens'))).items,
      // Who issued it is whose key it is.
      issue: (slug, { label, provider, lifetime }) => {
        const expiresAt = lifetime === undefined ? undefined : new Date(Date.now() + lifetime).toISOString()
        return remote.call('POST', of(slug, 'tokens'), { body: { label, provider, expiresAt } })
      },
      revoke: async (slug, id) => {
        await remote.call('DELETE', of(slug, 'tokens', id))
        return true
      },
      end: (slug, id, at) =>
        remote.call('POST', of(slug, 'tokens', id, 'retire'), { body: { at: new Date(at).toISOString() } }),
    },
    history: {
      explain: (slug, person, group) =>
        remote.call<Explained>('GET', of(slug, 'people', person, 'explain'), { query: { group } }),
    },
    activity: {
      list: (slug, { failed, limit = 50 } = {}) =>
        every<ActivityEntry>(remote, of(slug, 'activity'), { outcome: failed ? 'failed' : undefined }, limit),
      after: async (slug, { after, failed }) => {
        const query = { since: after === '' ? undefined : after, outcome: failed ? 'failed' : undefined, limit: PAGE }
        return (await remote.call<Items<ActivityEntry>>('GET', of(slug, 'activity'), { query })).items
      },
    },
  }
}

/** The first items of a list, page by page. */
async function every<T>(
  remote: Remote,
  path: string,
  query: Readonly<Record<string, string | undefined>> = {},
  most = Number.POSITIVE_INFINITY,
): Promise<T[]> {
  const items: T[] = []
  for (let after: string | undefined; ; ) {
    const limit = Math.min(PAGE, most - items.length)
    const page = await remote.call<Items<T>>('GET', path, { query: { ...query, after, limit } })
    items.push(...page.items)
    if (!page.next || items.length >= most) return items
    after = page.next
  }
}
