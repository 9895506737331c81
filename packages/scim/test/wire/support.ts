import { createScim, SCIM_PATH, type Scim, type ScimOptions, type WorkspaceSettings } from '../../src/index.ts'
import type { NewToken } from '../../src/provisioning/tokens/tokens.ts'
import { openDatabase } from '../../src/store/open.ts'
import type { Parameters } from '../../src/store/statement.ts'
import { statement } from '../../src/store/statement.ts'
import { emptyStore, STORE, type StoreName } from '../stores.ts'
import { ObservedStore } from './observedStore.ts'

/** The stores that every wire test runs on: `describe.each(STORES)('…', (store) => { … })`. */
export const STORES: readonly StoreName[] = [STORE]

export const PUBLIC_URL = 'https://app.optimaite.example'
export const BASE = `${PUBLIC_URL}${SCIM_PATH}`
export const SCIM_JSON = 'application/scim+json'
export const START = Date.UTC(2026, 0, 31, 12)

export const GROUP_URN = 'urn:ietf:params:scim:schemas:core:2.0:Group'
export const LIST_URN = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'
export const PATCH_URN = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
export const ERROR_URN = 'urn:ietf:params:scim:api:messages:2.0:Error'

export interface Member {
  readonly value?: string
  readonly $ref?: string
  readonly display?: string
  readonly type?: string
}

/** Whatever a response can hold; tests say what they expect of it. */
export interface Body {
  readonly schemas?: string[]
  readonly id: string
  readonly externalId?: string
  readonly displayName?: string
  readonly members?: Member[]
  readonly meta?: Record<'resourceType' | 'created' | 'lastModified' | 'location' | 'version', string>
  readonly status?: string
  readonly scimType?: string
  readonly detail?: string
  readonly totalResults?: number
  readonly startIndex?: number
  readonly itemsPerPage?: number
  readonly nextCursor?: string
  readonly Resources: Body[]
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The parsed text; an empty object where there is none. */
  readonly body: Body
}

export interface Sent {
  /** A text or bytes as they are, anything else as JSON. */
  readonly body?: unknown
  readonly headers?: Record<string, string>
  /** Another token than the tenant's own; null for no `Authorization` at all. */
  readonly token?: string | null
  /** Where the path is not below the SCIM base: a whole URL. */
  readonly url?: string
}

/** One workspace with a token, and requests that a provider would send with it. */
export class Tenant {
  readonly scim: Scim
  readonly slug: string
  readonly token: string
  readonly tokenId: string

  constructor(scim: Scim, slug: string, token: string, tokenId: string) {
    this.scim = scim
    this.slug = slug
    this.token = token
    this.tokenId = tokenId
  }

  async send(
    method: string,
    path: string,
    { body, headers = {}, token = this.token, url }: Sent = {},
  ): Promise<Answer> {
    const isRaw = typeof body === 'string' || body instanceof Uint8Array
    const response = await this.scim.fetch(
      new Request(url ?? `${BASE}${path}`, {
        method,
        headers: {
          ...(token !== null && { Authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'Content-Type': SCIM_JSON }),
          ...headers,
        },
        ...(body !== undefined && { body: isRaw ? (body as string) : JSON.stringify(body) }),
      }),
    )
    return answerOf(response)
  }

  get(path: string, sent?: Sent): Promise<Answer> {
    return this.send('GET', path, sent)
  }

  post(path: string, body: unknown, sent?: Sent): Promise<Answer> {
    return this.send('POST', path, { body, ...sent })
  }

  put(path: string, body: unknown, sent?: Sent): Promise<Answer> {
    return this.send('PUT', path, { body, ...sent })
  }

  patch(path: string, body: unknown, sent?: Sent): Promise<Answer> {
    return this.send('PATCH', path, { body, ...sent })
  }

  remove(path: string, sent?: Sent): Promise<Answer> {
    return this.send('DELETE', path, sent)
  }

  /** Creates a group and answers it; anything but 201 is an error. */
  async group(attributes: Record<string, unknown>): Promise<Body> {
    const answer = await this.post('/Groups', { schemas: [GROUP_URN], ...attributes })
    if (answer.status !== 201) throw new Error(`POST /Groups answered ${answer.status}: ${answer.text}`)
    return answer.body
  }

  /** The ids of a group's members, as a provider reads them. */
  async members(group: string): Promise<(string | undefined)[]> {
    const { body } = await this.get(`/Groups/${group}`)
    return (body.members ?? []).map(({ value }) => value).sort()
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text || '{}') as Body }
}

/** Time stands still until a test moves it. */
export class TestClock {
  now = START
  advance(milliseconds: number): void {
    this.now += milliseconds
  }
}

export interface Service extends AsyncDisposable {
  readonly scim: Scim
  readonly clock: TestClock
  readonly store: ObservedStore
  /** A workspace with SCIM on and the people of {@link PEOPLE}. */
  readonly acme: Tenant
  tenant(slug: string, settings?: Partial<WorkspaceSettings>, token?: Partial<NewToken>): Promise<Tenant>
  /** Rows of a query on the store; `{groups}` and the like stand for tables. */
  rows<Row>(sql: string, parameters?: Parameters): Promise<Row[]>
}

export const ANA = 'usr_ana'
export const BEN = 'usr_ben'
export const CLEO = 'usr_cleo'

export const PEOPLE = [
  { id: ANA, userName: 'ana@acme.example', displayName: 'Ana Alvarez' },
  { id: BEN, userName: 'ben@acme.example', displayName: 'Ben "Bo" Brandt' },
  { id: CLEO, userName: 'cleo@acme.example', displayName: 'Cléo Ünal' },
]

/** A service on an empty store of its own. */
export async function startService(
  _store: StoreName,
  options: Partial<Omit<ScimOptions, 'database' | 'clock'>> & Partial<WorkspaceSettings> = {},
): Promise<Service> {
  const { publicUrl = PUBLIC_URL, rateLimit, onRequest, onFault, ...settings } = options
  const { database, discard } = await emptyStore()
  const observed = new ObservedStore(await openDatabase({ database }))
  const clock = new TestClock()
  const scim = await createScim({
    database: observed,
    publicUrl,
    clock: () => clock.now,
    ...(rateLimit && { rateLimit }),
    onRequest,
    onFault,
  })
  const tenant: Service['tenant'] = async (slug, given, token) => {
    await scim.workspaces.create(slug, { name: slug, scim: true, ...given })
    const issued = await scim.tokens.issue(slug, { label: `${slug} token`, createdBy: 'test', ...token })
    return new Tenant(scim, slug, issued.text, issued.token.id)
  }
  const acme = await tenant('acme', { name: 'Acme', ...settings })
  await scim.people.upsert('acme', PEOPLE)
  return {
    scim,
    clock,
    store: observed,
    acme,
    tenant,
    rows: (sql, parameters = {}) => observed.all(statement(sql), parameters),
    async [Symbol.asyncDispose]() {
      await scim.close()
      await discard()
    },
  }
}

/** A PATCH body. */
export function patchOf(...Operations: unknown[]): { schemas: string[]; Operations: unknown[] } {
  return { schemas: [PATCH_URN], Operations }
}

export function membersOf(...ids: string[]): { value: string }[] {
  return ids.map((value) => ({ value }))
}

/** The request reference that an error's detail ends with. */
export function referenceIn(detail: string | undefined): string {
  return /\(request (act_[0-9A-Z]{26})\)$/.exec(detail ?? '')?.[1] ?? ''
}
