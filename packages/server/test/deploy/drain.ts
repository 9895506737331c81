import { readFileSync } from 'node:fs'

const SERVER = new URL('../../src/http/server.ts', import.meta.url)

/** Seconds that the server gives requests in flight, once it has been asked to stop. */
export const DRAIN_SECONDS = Number(/LAST_REQUESTS = (\d+) \* SECOND/.exec(readFileSync(SERVER, 'utf8'))?.[1])
