import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { type NodeAdapterOptions, nodeListener } from '../../src/adapters/node.ts'
import type { WireRequest, WireResponse } from '../../src/scim-api/wire.ts'

/** A handler on `node:http`, and sockets that send exactly what a test says. */
export interface Served extends AsyncDisposable {
  readonly port: number
  readonly url: string
  connect(): Promise<Connection>
  /** Sends a text on a connection of its own and answers all that came until it was closed. */
  exchange(text: string | Uint8Array): Promise<Heard>
}

export interface Heard {
  readonly status: number
  readonly head: string
  readonly body: string
  /** Whether the other side ended the connection in order, rather than cutting it. */
  readonly cut: boolean
}

export async function serve(
  handle: (request: WireRequest) => Promise<WireResponse>,
  options: NodeAdapterOptions = {},
): Promise<Served> {
  return listen(createServer(nodeListener(handle, options)))
}

export async function listen(server: Server): Promise<Served> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const open = async (): Promise<Connection> => {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    return new Connection(socket)
  }
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    connect: open,
    async exchange(text) {
      const connection = await open()
      connection.send(text)
      return connection.closed()
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

export class Connection {
  readonly socket: Socket
  #text = ''
  #cut = false
  readonly #closed: Promise<unknown>

  constructor(socket: Socket) {
    this.socket = socket
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => {
      this.#text += chunk
    })
    socket.on('error', () => {
      this.#cut = true
    })
    this.#closed = new Promise((resolve) => socket.once('close', resolve))
  }

  send(text: string | Uint8Array): void {
    this.socket.write(text)
  }

  /** What has come, once it holds `text`. */
  async hears(text: string): Promise<string> {
    while (!this.#text.includes(text)) {
      if (this.socket.closed) throw new Error(`the connection was closed; it said ${JSON.stringify(this.#text)}`)
      await Promise.race([once(this.socket, 'data'), this.#closed])
    }
    return this.#text
  }

  async closed(): Promise<Heard> {
    await this.#closed
    const [head = '', ...rest] = this.#text.split('\r\n\r\n')
    return {
      status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0),
      head,
      body: rest.join('\r\n\r\n'),
      cut: this.#cut,
    }
  }
}

/** The text of a request; `Connection: close` unless said otherwise. */
export function requestText(method: string, target: string, headers: Record<string, string> = {}, body = ''): string {
  const lines = Object.entries({ Host: 'evil.example', Connection: 'close', ...headers })
  return `${method} ${target} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`
}
