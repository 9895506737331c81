import type { Scim } from '@optimaite/scim'
import { type AdminApi, createAdminApi } from '@optimaite/scim/admin'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import type { SignIn } from '../sign-in/signIn.ts'
import { adminsPort } from './admins.ts'
import { guides } from './guides.ts'
import { rehearsalsOf } from './rehearsals.ts'

/** The admin API of the service: the library's, with sign-in, rehearsals and guides. */
export function openAdminApi(
  scim: Scim,
  signIn: SignIn,
  localUrl: string,
  { apiRateLimit: perSecond }: Pick<Config, 'apiRateLimit'>,
  log: Logger,
): AdminApi {
  return createAdminApi(scim, {
    authorizeAdmin: signIn.authorize,
    origins: signIn.origins,
    rateLimit: { perSecond, burst: 10 * perSecond },
    ports: { admins: adminsPort(signIn.admins, scim.workspaces), rehearsals: rehearsalsOf(scim, localUrl), guides },
    onFault: (error) => log.error({ err: error }, 'the admin API could not answer'),
    onRequest: ({ method, operation, status, milliseconds }) =>
      log.info({ method, operation, status, ms: Math.round(milliseconds * 10) / 10 }, 'admin request'),
  })
}
