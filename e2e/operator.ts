import type { BrowserContext } from 'playwright-core'
import type { Running } from './service.ts'

export const EMAIL = 'olga@optimaite.example'
export const PASSWORD = 'correct horse battery staple'

/** Lets the first operator in, without a page; what the context opens from then on is signed in. */
export async function letIn(context: BrowserContext, service: Running): Promise<void> {
  const [, secret = ''] = service.firstOperatorLink().split('#')
  const response = await context.request.post(`${service.url}/api/sign-in/invitation/accept`, {
    headers: { origin: service.url },
    data: { secret, name: 'Olga Operator', email: EMAIL, password: PASSWORD },
  })
  if (!response.ok()) throw new Error(`the first operator was not let in: ${await response.text()}`)
}

/** The admin API, as the operator's browser asks it. */
export function adminApi(context: BrowserContext, service: Running) {
  // biome-ignore lint/suspicious/noExplicitAny: tests look at what came, whatever it is.
  return async (method: string, path: string, data?: object): Promise<any> => {
    const response = await context.request.fetch(`${service.url}/api/admin/v1${path}`, {
      method,
      headers: { origin: service.url },
      ...(data && { data }),
    })
    if (!response.ok()) throw new Error(`${method} ${path}: ${response.status()} ${await response.text()}`)
    return response.status() === 204 ? undefined : response.json()
  }
}
export type AdminApi = ReturnType<typeof adminApi>
