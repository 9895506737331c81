import { z } from '@hono/zod-openapi'
import { expect } from 'vitest'
import type { Principal } from '../../src/admin-api/access.ts'
import { type AdminApi, type AdminApiOptions, createAdminApi } from '../../src/admin-api/api.ts'
import type { Method, Route } from '../../src/admin-api/route.ts'
import { ROUTES } from '../../src/admin-api/routes/all.ts'
import { Problem } from '../../src/admin-api/schemas/problem.ts'
import type { WorkspaceSettings } from '../../src/provisioning/workspaces.ts'
import type { Scim } from '../../src/scim.ts'
import { type Client, openService } from '../people/support.ts'

export const ORIGIN = 'https://scim.example'
export const BASE = `${ORIGIN}/api/admin/v1`
export const ADDRESS = '192.0.2.7'

export const OPERATOR: Principal = { kind: 'operator', id: 'adm_olga', name: 'Olga', email: 'olga@optimaite.example' }
export const ADMIN: Principal = { kind: 'workspace_admin', id: 'adm_wim', name: 'Wim', workspaces: ['acme'] }

/** An answer: `json` is of whatever form the test expects. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: what is answered is what is tested
  readonly json: any
}

/** The API over a service of its own with the workspace `acme`, asked by whom a test names. */
export interface Admin {
  readonly api: AdminApi
  readonly scim: Scim
  readonly client: Client
  readonly faults: unknown[]
  as(principal: Principal | undefined): Caller
  /** By an API key, or by whatever else stands in the header. */
  bearing(authorization: string, headers?: Record<string, string>): Caller
}

export class Caller {
  readonly #send: (request: Request) => Promise<Response>
  readonly #headers: Readonly<Record<string, string>>

  constructor(send: (request: Request) => Promise<Response>, headers: Readonly<Record<string, string>>) {
    this.#send = send
    this.#headers = headers
  }

  with(headers: Record<string, string>): Caller {
    return new Caller(this.#send, { ...this.#headers, ...headers })
  }

  async send(method: string, path: string, body?: unknown): Promise<Answer> {
    const request = new Request(path.startsWith('http') ? path : BASE + path, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...this.#headers },
      ...(body !== undefined && {
        body: typeof body === 'string' || body instanceof Uint8Array ? (body as string) : JSON.stringify(body),
      }),
    })
    const response = await this.#send(request)
    const text = await response.text()
    const json = text === '' ? undefined : JSON.parse(text)
    checkAnswer(method, new URL(request.url).pathname, response, json)
    return { status: response.status, headers: response.headers, json }
  }

  get(path: string): Promise<Answer> {
    return this.send('GET', path)
  }

  post(path: string, body?: unknown): Promise<Answer> {
    return this.send('POST', path, body)
  }

  patch(path: string, body: unknown): Promise<Answer> {
    return this.send('PATCH', path, body)
  }

  delete(path: string): Promise<Answer> {
    return this.send('DELETE', path)
  }
}

export async function openAdmin(
  options: Partial<AdminApiOptions> & { readonly settings?: Partial<WorkspaceSettings> } = {},
): Promise<Admin> {
  const client = await openService(options.settings)
  const { scim } = client
  let asked: Principal | undefined
  const faults: unknown[] = []
  const api = createAdminApi(scim, {
    authorizeAdmin: async () => asked,
    clock: () => client.clock.now,
    onFault: (fault) => faults.push(fault),
    ...options,
  })
  const caller = (principal: Principal | undefined, headers: Record<string, string>): Caller =>
    new Caller(async (request) => {
      asked = principal
      return api.fetch(request, { address: ADDRESS })
    }, headers)
  return {
    ...{ api, scim, client, faults },
    as: (principal) => caller(principal, { origin: ORIGIN }),
    bearing: (authorization, headers = {}) => caller(undefined, { authorization, ...headers }),
  }
}

/** A key of the application, as its text. */
export async function keyFor(
  { scim }: Admin,
  workspace: string | null,
  ...scopes: Parameters<Scim['apiKeys']['issue']>[0]['scopes']
): Promise<string> {
  const { text } = await scim.apiKeys.issue({ name: 'Host', scopes, workspace, expiresAt: null, by: 'test' })
  return text
}

/** Every answer of every test is what its route's schema says, with nothing beside it. */
function checkAnswer(method: string, path: string, response: Response, json: unknown): void {
  expect(response.headers.get('cache-control')).toBe('no-store')
  if (response.status >= 400) {
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(json).toEqual(z.strictObject(Problem.shape).parse(json))
    expect((json as { status: number }).status).toBe(response.status)
    return
  }
  const route = routeOf(method, path)
  if (!route) return
  expect(response.status).toBe(route.status ?? 200)
  if (!route.answer) expect(json).toBeUndefined()
  else expect(json).toEqual(route.answer.parse(json))
}

function routeOf(method: string, path: string): Route | undefined {
  const fits = (route: Route): boolean =>
    new RegExp(`^/api/admin/v1${route.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path)
  const found = ROUTES.filter((route) => route.method === (method.toLowerCase() as Method) && fits(route))
  return found.find((route) => !route.path.endsWith('}')) ?? found[0]
}
