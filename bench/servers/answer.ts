import { createServer, type RequestListener } from 'node:http'
import { cpu } from './cpu.ts'

/** What a started server says of itself. */
export interface Hello {
  readonly port: number
  /** Before `/Groups`. */
  readonly base: string
  readonly token: string
}

export interface Figures {
  readonly rss: number
  /** Bytes of resident memory at the most since the start. */
  readonly peak: number
  /** Microseconds of processor time since the start. */
  readonly cpu: number
  readonly transactions?: number
  readonly commits?: number
}

/** What the benchmark asks a server beside its requests. */
export interface Answers {
  figures(): Figures
  /** Ids of a group's members as they are stored, where the server's own SCIM does not show them. */
  members?(group: string): Promise<string[]>
  /** The floor: how many rows its writes have left. */
  rows?(): Promise<number>
  /** The floor: has so many groups from now on. */
  grow?(groups: number): Promise<void>
}

export type Ask = {
  [Name in keyof Answers]-?: { ask: Name; of: Parameters<NonNullable<Answers[Name]>>[0] }
}[keyof Answers]

export function figures(): Figures {
  return { rss: process.memoryUsage.rss(), peak: process.resourceUsage().maxRSS * 1024, cpu: cpu() }
}

/** Listens on a free port of loopback, says so, and answers until whoever started it is gone. */
export function listen(listener: RequestListener, about: Omit<Hello, 'port'>, answers: Answers = { figures }): void {
  const server = createServer(listener)
  // A client that pauses finds its connections where it left them.
  server.keepAliveTimeout = 3_600_000
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as { port: number }
    process.send?.({ ...about, port } satisfies Hello)
  })
  process.on('message', ({ id, ask, of }: { id: number } & Ask) => {
    const answer = answers[ask] as ((of: unknown) => unknown) | undefined
    Promise.resolve()
      .then(() => answer?.(of))
      .then(
        (value) => process.send?.({ id, value }),
        (error) => process.send?.({ id, error: String(error) }),
      )
  })
  process.on('disconnect', () => process.exit())
}
