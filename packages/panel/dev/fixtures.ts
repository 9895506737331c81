import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Connect, Plugin } from 'vite'
import { guides } from '../../server/src/admin/guides.ts'
import * as data from './data/index.ts'

/** What the service sends with every page of the panel; here too, so that a breach of it is seen while building. */
const POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"

/** Answers the admin API with fixtures, for looking at pages without a service. Writes are believed, and change nothing. */
export function fixtures(): Plugin {
  return {
    name: 'fixtures',
    configureServer: ({ middlewares }) => void middlewares.use(answer),
    configurePreviewServer: ({ middlewares }) => {
      middlewares.use((_, response, next) => {
        response.setHeader('Content-Security-Policy', POLICY)
        next()
      })
      middlewares.use(answer)
    },
  }
}

const answer: Connect.NextHandleFunction = async (request, response, next) => {
  const url = new URL(request.url ?? '/', 'http://localhost')
  if (!url.pathname.startsWith('/api/')) return next()
  const path = url.pathname.replace('/api/admin/v1', '')
  const found = request.method === 'GET' ? await readOf(path, url.searchParams, request) : writeOf(path)
  if (found === undefined) return send(response, 404, problem('not_found', 'There is nothing here.'))
  if (found === 401) return send(response, 401, problem('not_signed_in', 'Nobody is signed in.'))
  send(response, 200, found)
}

function readOf(path: string, query: URLSearchParams, request: IncomingMessage): unknown {
  if (path === '/api/sign-in/methods') return { oidc: { name: 'id.example.com' } }
  if (path === '/api/sign-in/get-session') return { user: { twoFactorEnabled: false } }
  if (path === '/me') return request.headers.cookie?.includes('nobody') ? 401 : data.me
  if (path === '/workspaces') return workspacesFor(query)
  if (path === '/admins' || /^\/workspaces\/[^/]+\/admins$/.test(path)) return { items: data.admins }
  if (path === '/keys') return { items: data.keys }
  if (path === '/audit') return { items: data.audit, next: null }
  if (path === '/rehearsals/providers') return { items: [{ name: 'entra', title: 'Entra' }] }
  if (path === '/setup') return data.setup
  if (path === '/setup/checklist') return data.checklist
  if (path === '/setup/guide') return guideOf('entra', query)
  if (path.startsWith('/guides/')) return guideOf(path.slice('/guides/'.length), query)
  const [, , slug, ...rest] = path.split('/')
  const workspace = data.workspaces.find((one) => one.slug === slug)
  if (path.startsWith('/workspaces/') && workspace) return ofWorkspace(workspace, rest, query)
  return undefined
}

function workspacesFor(query: URLSearchParams) {
  const found = data.workspaces.filter(({ name, slug }) => has(`${name} ${slug}`, query))
  const states = { failing: 1, silent: 1, waiting: 1, healthy: 1, off: 1 }
  const rank = ({ health }: (typeof found)[number]) => Object.keys(states).indexOf(health?.state ?? 'off')
  const wanted = found.filter(({ health }) => [null, health?.state].includes(query.get('state') as 'off' | null))
  return { items: wanted.toSorted((one, other) => rank(one) - rank(other)), next: null, states }
}

function ofWorkspace(workspace: (typeof data.workspaces)[number], rest: readonly string[], query: URLSearchParams) {
  const empty = workspace.slug === 'hooli'
  const all = <Item>(items: readonly Item[]) => ({ items: empty ? [] : items, next: null })
  const [kind, id, part] = rest
  switch (`${kind ?? ''}${id === undefined ? '' : '/id'}${part === undefined ? '' : `/${part}`}`) {
    case '':
      return workspace
    case 'health':
      return workspace.health
    case 'failures':
      return { ...all(data.failures), more: false }
    case 'problems':
      return all(data.problems)
    case 'checklist':
      return data.checklist
    case 'tokens':
      return all(data.tokens)
    case 'setup-links':
      return all(data.setupLinks)
    case 'holds':
      return { ...all(data.holds), next: query.has('after') || empty ? null : 'second' }
    case 'keys':
      return all(data.keys)
    case 'audit':
      return all(data.audit)
    case 'activity':
      return all(data.activity.filter(({ status }) => query.get('outcome') !== 'failed' || status >= 400))
    case 'activity/id':
      return data.detailOf(id ?? '')
    case 'groups':
      return all(data.groups.filter(({ displayName }) => has(displayName, query)))
    case 'groups/id':
      return data.groups.find((group) => group.id === id)
    case 'groups/id/members':
      return data.membersAfter(Number(query.get('after') ?? 0))
    case 'groups/id/history':
      return { group: data.groups[0], incarnations: data.incarnations, ...all(data.history) }
    case 'groups/id/scim':
      return data.scim
    case 'people':
      return all(data.people.filter(({ userName }) => has(userName, query)))
    case 'people/id':
      return data.personOf(id ?? '')
    case 'people/id/memberships':
      return all(data.memberships)
    case 'people/id/history':
      return all(data.personHistory)
    case 'people/id/explain':
      return data.explanation
    case 'history/id/people':
      return all(data.people)
    default:
      return undefined
  }
}

function has(text: string, query: URLSearchParams): boolean {
  return text.toLowerCase().includes((query.get('search') ?? '').toLowerCase())
}

function writeOf(path: string): unknown {
  if (path.endsWith('/restore/preview')) return data.restorePreview
  if (path.endsWith('/rotate')) return { token: data.tokens[1], previous: data.tokens[0], text: data.TOKEN }
  if (path.endsWith('/tokens')) return { token: data.tokens[1], text: data.TOKEN }
  if (path.endsWith('/setup-links'))
    return { link: data.setupLinks[0], url: 'http://localhost:4000/setup#sl_0123456789' }
  if (path.endsWith('/keys')) return { key: data.keys[0], text: 'opt_key_0123456789abcdef' }
  if (path.endsWith('/admins')) return { admin: data.admins[1], url: 'http://localhost:4000/invite#inv_0123456789' }
  if (path.endsWith('/rehearsals')) return data.rehearsal
  if (path === '/setup/token') return { text: data.TOKEN, expiresAt: data.tokens[0]?.expiresAt }
  if (path.endsWith('/two-factor/enable'))
    return {
      totpURI: 'otpauth://totp/Optimaite:ana?secret=JBSWY3DPEHPK3PXP&issuer=Optimaite',
      backupCodes: ['a1b2-c3d4'],
    }
  if (path.endsWith('/sign-in/invitation'))
    return {
      email: 'bea@example.com',
      name: null,
      role: 'workspace_admin',
      workspaces: ['acme'],
      expiresAt: data.tokens[0]?.expiresAt,
      hasAccount: false,
    }
  if (path.endsWith('/sign-in/invitation/accept')) return { user: { id: 'adm_bea' }, signedIn: true }
  if (path.endsWith('/sign-in/email')) return { twoFactorRedirect: true }
  return data.groups[0]
}

/** The guide as the service answers it. */
function guideOf(provider: string, query: URLSearchParams): unknown {
  return guides.read(provider, query.get('language') === 'de' ? 'de' : 'en')
}

function problem(code: string, detail: string) {
  return { type: `/docs/reference/errors#${code}`, title: code, detail, code }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' })
  response.end(JSON.stringify(body))
}
