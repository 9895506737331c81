import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { refuseConnection } from './malformed.ts'

const SECOND = 1_000
/** How long requests in flight may take once the service has been asked to stop. */
const LAST_REQUESTS = 10 * SECOND

/** An HTTP server with limits for the open internet, not listening yet. */
export function createHttpServer(listener: RequestListener): Server {
  const server = createServer(
    {
      maxHeaderSize: 16 * 1024,
      headersTimeout: 60 * SECOND,
      // A wizard app sends a group of 100,000 members in one body, perhaps over a slow line.
      requestTimeout: 300 * SECOND,
      // Longer than load balancers keep theirs, so that they never write to a connection that is being closed.
      keepAliveTimeout: 65 * SECOND,
      requireHostHeader: false,
    },
    listener,
  )
  server.on('clientError', refuseConnection)
  return server
}

/** Listens, and answers the port. */
export function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

/** Takes no new connections, lets requests in flight finish, and cuts those that do not. */
export async function stopListening(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  const sweeping = setInterval(() => server.closeIdleConnections(), 50)
  const limit = new AbortController()
  await Promise.race([closed, delay(LAST_REQUESTS, undefined, { signal: limit.signal }).catch(() => {})])
  limit.abort()
  clearInterval(sweeping)
  server.closeAllConnections()
  await closed
}
