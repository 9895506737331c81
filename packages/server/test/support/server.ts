import type { Scim } from '@optimaite/scim'
import pino from 'pino'
import { emptyStore } from '../../../scim/test/stores.ts'
import { type Flags, readConfig } from '../../src/config.ts'
import type { ScratchWorkspaces } from '../../src/rehearse/scratch.ts'
import { scratchWorkspaces } from '../../src/rehearse/scratchWorkspaces.ts'
import { startService } from '../../src/service.ts'
import type { SignIn } from '../../src/sign-in/signIn.ts'

/** A service in this process, on a port of its own and a store of its own. */
export interface TestServer {
  /** The SCIM base URL. */
  readonly baseUrl: string
  /** Where the service listens. */
  readonly url: string
  readonly scim: Scim
  readonly scratch: ScratchWorkspaces
  readonly signIn: SignIn
  /** Stops it and removes the store. */
  close(): Promise<void>
}

/** Starts a service for tests; without a rate limit, unless the settings name one. Its log is kept nowhere, unless `log` is. */
export async function startServer(settings: Flags = {}, log = pino({ level: 'silent' })): Promise<TestServer> {
  const store = await emptyStore()
  const config = readConfig({ port: '0', database: store.database, rateLimit: '0', ...settings }, {})
  const service = await startService(config, log)
  return {
    baseUrl: service.scim.baseUrl,
    url: service.localUrl,
    scim: service.scim,
    scratch: scratchWorkspaces(service.scim),
    signIn: service.signIn,
    async close() {
      await service.close()
      await store.discard()
    },
  }
}
