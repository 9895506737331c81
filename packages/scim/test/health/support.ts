import { DAY } from '../../src/base/clock.ts'
import type { WorkspaceSettings } from '../../src/index.ts'
import { type Client, openService } from '../people/support.ts'

/** Ids say when they were made and never go back within a process, so each test begins after those before it. */
let days = 0

/** A service whose time is later than that of any test before. */
export async function openLater(settings: Partial<WorkspaceSettings> = {}): Promise<Client> {
  const client = await openService(settings)
  days += 3
  client.clock.now += days * DAY
  return client
}

/** Filters of a look-up, as a path. */
export function lookup(resource: 'Users' | 'Groups', filter: string): string {
  return `/${resource}?filter=${encodeURIComponent(filter)}`
}
