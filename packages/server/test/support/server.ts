import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Scim } from '@optimaite/scim'
import pino from 'pino'
import { type Flags, readConfig } from '../../src/config.ts'
import type { ScratchWorkspaces } from '../../src/rehearse/scratch.ts'
import { scratchWorkspaces } from '../../src/rehearse/scratchWorkspaces.ts'
import { startService } from '../../src/service.ts'

/** A service in this process, on a port of its own and a store of its own. */
export interface TestServer {
  /** The SCIM base URL. */
  readonly baseUrl: string
  /** Where the service listens. */
  readonly url: string
  readonly scim: Scim
  readonly scratch: ScratchWorkspaces
  /** Stops it and removes the store. */
  close(): Promise<void>
}

/** Starts a service for tests; without a rate limit, unless the settings name one. */
export async function startServer(settings: Flags = {}): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'optimaite-scim-'))
  const database = `sqlite:${join(folder, 'scim.db')}`
  const config = readConfig({ port: '0', database, rateLimit: '0', ...settings }, {})
  const service = await startService(config, pino({ level: 'silent' }))
  return {
    baseUrl: service.scim.baseUrl,
    url: service.localUrl,
    scim: service.scim,
    scratch: scratchWorkspaces(service.scim),
    async close() {
      await service.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
