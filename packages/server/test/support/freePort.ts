import { once } from 'node:events'
import { createServer } from 'node:net'

/** A port on which nobody listens at the moment. */
export async function freePort(): Promise<number> {
  const listener = createServer()
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  listener.close()
  if (address === null || typeof address === 'string') throw new Error('a listener on TCP has no port')
  return address.port
}
