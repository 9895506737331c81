import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http'

export interface Reply {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly text: string
  /** Pieces that the body arrived in. */
  readonly pieces: number
  json<T = Resource>(): T
}

export interface Resource {
  readonly id: string
  readonly displayName: string
  readonly externalId?: string
  readonly members: { value: string; display?: string; $ref?: string; type?: string }[]
  readonly meta: { version: string }
  readonly detail: string
  readonly scimType?: string
  readonly totalResults: number
  readonly Resources: Resource[]
}

export interface Operation {
  readonly op: 'add' | 'remove' | 'replace'
  readonly path?: string
  readonly value?: unknown
}

/** A provider on up to 64 connections that are kept alive. */
export class Client {
  readonly base: URL
  readonly headers: Readonly<Record<string, string>>
  readonly #agent: Agent

  constructor(base: string, token: string, connections = 64) {
    this.base = new URL(base)
    this.headers = { Authorization: `Bearer ${token}` }
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections })
  }

  /** A request that its caller writes and reads. */
  open(method: string, path: string, headers: Record<string, string> = {}): ClientRequest {
    const { hostname, port, pathname } = this.base
    return request({
      agent: this.#agent,
      hostname,
      port,
      method,
      path: pathname + path,
      headers: { ...this.headers, ...headers },
    })
  }

  send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body)
    const sent = text === undefined ? headers : { 'Content-Type': 'application/scim+json', ...headers }
    const outgoing = this.open(method, path, sent)
    const reply = replyOf(outgoing)
    outgoing.end(text)
    return reply
  }

  async createGroup(displayName: string, members: readonly string[] = []): Promise<Resource> {
    const reply = await this.send('POST', '/Groups', { displayName, members: members.map((value) => ({ value })) })
    if (reply.status !== 201) throw new Error(`POST answered ${reply.status}: ${reply.text}`)
    return reply.json()
  }

  patch(id: string, ...operations: Operation[]): Promise<Reply> {
    return this.send('PATCH', `/Groups/${id}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: operations,
    })
  }

  put(id: string, displayName: string, members: readonly string[]): Promise<Reply> {
    return this.send('PUT', `/Groups/${id}`, { displayName, members: members.map((value) => ({ value })) })
  }

  async read(id: string): Promise<Resource> {
    return (await this.send('GET', `/Groups/${id}`)).json()
  }

  close(): void {
    this.#agent.destroy()
  }
}

export function replyOf(outgoing: ClientRequest): Promise<Reply> {
  return new Promise((resolve, reject) => {
    outgoing.once('error', reject)
    outgoing.once('response', (incoming) => resolve(readReply(incoming)))
  })
}

/** Rejects where the connection is cut before the body's end. */
export async function readReply(incoming: IncomingMessage): Promise<Reply> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString()
  return {
    status: incoming.statusCode ?? 0,
    headers: incoming.headers,
    text,
    pieces: chunks.length,
    json: <T>() => JSON.parse(text) as T,
  }
}

export const add = (...ids: string[]): Operation => ({
  op: 'add',
  path: 'members',
  value: ids.map((value) => ({ value })),
})

export const remove = (...ids: string[]): Operation => ({
  op: 'remove',
  path: 'members',
  value: ids.map((value) => ({ value })),
})

export const replace = (...ids: string[]): Operation => ({
  op: 'replace',
  path: 'members',
  value: ids.map((value) => ({ value })),
})

export function valuesOf({ members }: Pick<Resource, 'members'>): string[] {
  return members.map(({ value }) => value).sort()
}
