import { SetupRefused } from '../../provisioning/setup/refused.ts'
import type { SetupSession } from '../../provisioning/setup/session.ts'
import type { Principal } from '../access.ts'
import { adminUrlOf } from '../addresses.ts'
import { SETUP_COOKIE } from '../door.ts'
import { AdminRefused } from '../refusals.ts'
import { type Call, route } from '../route.ts'
import { Guide, GuideQuery } from '../schemas/guides.ts'
import { Checklist } from '../schemas/health.ts'
import { Setup, SetupClaim, SetupToken } from '../schemas/setupLinks.ts'
import { timeText } from '../times.ts'
import { readGuide } from './guides.ts'
import { toChecklist } from './health.ts'

const OF_SETUP = { for: 'setup_link' } as const

/** The only way in: a look at the link's address changes nothing, since scanners of mail open what they find. */
export const claimSetup = route(
  {
    operation: 'claimSetup',
    method: 'post',
    path: '/setup/claim',
    summary: 'Bind a setup link to this browser, by a cookie that reaches nothing else',
    access: { for: 'anyone' },
    body: SetupClaim,
    status: 204,
  },
  async ({ library, client, body: { secret }, headers, now, note }) => {
    const from = { address: client.address, client: client.agent }
    const { session, link } = await library.setupLinks.claim(secret, from).catch((error: unknown) => {
      // Whoever has the secret of a link is known by it, though it opens nothing any more.
      if (error instanceof SetupRefused && error.link) note({ principal: linkAs(error.link) })
      throw error
    })
    const opened = await library.setupLinks.open(session)
    if (!opened) throw new AdminRefused('setup_not_claimed')
    note({ principal: linkAs({ id: link.id, workspace: opened.workspace.slug }) })
    headers.append('Set-Cookie', cookie(adminUrlOf(library), session, link.expiresAt - now))
    return undefined
  },
)

export const getSetup = route(
  {
    operation: 'getSetup',
    method: 'get',
    path: '/setup',
    summary: 'What the outside contact sees',
    access: OF_SETUP,
    answer: Setup,
  },
  async (call) => {
    const { workspace, link, token } = await opened(call)
    const settings = await call.library.workspaces.find(workspace.slug)
    return {
      link: link.id,
      workspace: { name: workspace.name },
      provider: link.provider,
      expiresAt: timeText(link.expiresAt),
      scimUrl: call.library.baseUrl,
      scim: settings?.scim ?? false,
      token: token && {
        createdAt: timeText(token.createdAt),
        expiresAt: timeText(token.expiresAt),
        lastUsedAt: timeText(token.lastUsedAt),
        state: token.state,
      },
    }
  },
)

export const issueSetupToken = route(
  {
    operation: 'issueSetupToken',
    method: 'post',
    path: '/setup/token',
    summary: 'Issue a token, and retire the one that was issued here before',
    access: OF_SETUP,
    status: 201,
    answer: SetupToken,
  },
  async ({ library, session, client, note }) => {
    const { token, text } = await library.setupLinks.issueToken(session, {
      address: client.address,
      client: client.agent,
    })
    note({ target: { token: token.id } })
    return { text, expiresAt: timeText(token.expiresAt) }
  },
)

export const getSetupChecklist = route(
  {
    operation: 'getSetupChecklist',
    method: 'get',
    path: '/setup/checklist',
    summary: 'How far the set-up is',
    whole: 'there is an item for each step of a set-up',
    access: OF_SETUP,
    answer: Checklist,
  },
  async (call) => {
    const { workspace, link } = await opened(call)
    const checklist = toChecklist(await call.library.checklist(workspace.slug, link.provider))
    // Activity is for who is signed in.
    return { ...checklist, items: checklist.items.map((item) => ({ ...item, activity: null })) }
  },
)

export const getSetupGuide = route(
  {
    operation: 'getSetupGuide',
    method: 'get',
    path: '/setup/guide',
    summary: "How to set the link's provider up",
    access: OF_SETUP,
    query: GuideQuery,
    answer: Guide,
  },
  async (call) => readGuide(call.ports, (await opened(call)).link.provider, call.query.language),
)

function linkAs(link: { readonly id: string; readonly workspace: string }): Principal {
  return { kind: 'setup_link', name: 'Setup link', ...link }
}

async function opened({ library, session }: Pick<Call, 'library' | 'session'>): Promise<SetupSession> {
  const found = await library.setupLinks.open(session)
  if (!found) throw new AdminRefused('setup_not_claimed')
  return found
}

function cookie({ protocol, pathname }: URL, session: string, milliseconds: number): string {
  const secure = protocol === 'https:' ? '; Secure' : ''
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000))
  return `${SETUP_COOKIE}=${session}; Path=${pathname}/setup; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`
}
