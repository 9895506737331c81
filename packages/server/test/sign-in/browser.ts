import type { TestServer } from '../support/server.ts'

export const PASSWORD = 'a long enough password'

/** What a page of the service can do: it keeps cookies, and names its origin where it writes. */
export interface Browser {
  readonly cookies: Map<string, string>
  get(path: string, headers?: Record<string, string>): Promise<Response>
  post(path: string, body?: object, headers?: Record<string, string>): Promise<Response>
  delete(path: string): Promise<Response>
}

/** A browser that has been nowhere yet; `origin` is the page's, where it is another than the service's. */
export function browser(url: string, origin = new URL(url).origin): Browser {
  const cookies = new Map<string, string>()
  const send = async (method: string, path: string, headers: Record<string, string>, body?: object) => {
    const cookie = Array.from(cookies, ([name, value]) => `${name}=${value}`).join('; ')
    const written = body && { body: JSON.stringify(body) }
    const response = await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: { ...(cookie !== '' && { Cookie: cookie }), ...headers },
      ...written,
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '' || /max-age=0/i.test(line)) cookies.delete(name)
      else cookies.set(name, value)
    }
    return response
  }
  const writing = { Origin: origin, 'Content-Type': 'application/json' }
  return {
    cookies,
    get: (path, headers = {}) => send('GET', path, headers),
    post: (path, body = {}, headers = {}) => send('POST', path, { ...writing, ...headers }, body),
    delete: (path) => send('DELETE', path, writing),
  }
}

export function secretOf(url: string | null): string {
  return url?.split('#')[1] ?? ''
}

/** Accepts a link; the browser is signed in then. */
export async function accept(url: string | null, server: Pick<TestServer, 'url'>, more: object = {}): Promise<Browser> {
  const page = browser(server.url)
  const body = { secret: secretOf(url), name: 'Somebody', password: PASSWORD, ...more }
  const response = await page.post('/api/sign-in/invitation/accept', body)
  if (response.status !== 200) throw new Error(`not accepted: ${await response.text()}`)
  return page
}

/** The first operator, signed in. */
export async function firstOperator(server: TestServer, email = 'olga@example.com'): Promise<Browser> {
  return accept(await server.signIn.firstOperatorUrl(), server, { email })
}

export function signInWith(page: Browser, email: string, password = PASSWORD): Promise<Response> {
  return page.post('/api/sign-in/sign-in/email', { email, password })
}

/** Whether the browser is signed in, as the admin API sees it. */
export async function me(page: Browser): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> {
  const response = await page.get('/api/admin/v1/me')
  return { status: response.status, body: await response.json() }
}
