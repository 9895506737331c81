import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Answers, Ask, Figures, Hello } from './servers/answer.ts'

export interface Served extends Hello {
  readonly pid: number | undefined
  figures(): Promise<Figures>
  /** Undefined where the server's own SCIM shows what it has stored. */
  members(group: string): Promise<string[] | undefined>
  rows(): Promise<number | undefined>
  grow(groups: number): Promise<void>
  stop(): Promise<void>
  /** Ends it whatever it is at. */
  kill(): Promise<void>
}

const STARTED_WITHIN = 60_000
const TASKSET = '/usr/bin/taskset'

/** Puts the client, which is this process, on a core that servers are not on, where the machine lets cores be chosen. */
export function leaveServersTheirCore(): void {
  if (existsSync(TASKSET)) spawn(TASKSET, ['-cp', '1', String(process.pid)], { stdio: 'ignore' })
}

/** A command on the servers' core or on any, where the machine lets cores be chosen. */
export function onCores(cores: 'servers' | 'any', command: readonly string[]): [command: string, args: string[]] {
  const list = cores === 'any' ? '0-1023' : '0'
  const [first = '', ...rest] = existsSync(TASKSET) ? [TASKSET, '-c', list, ...command] : command
  return [first, rest]
}

/** Starts a server, by the script's path below bench/, on the servers' core. */
export async function serve(script: string, args: readonly string[]): Promise<Served> {
  const path = fileURLToPath(new URL(script, import.meta.url))
  const [command, rest] = onCores('servers', [process.execPath, ...process.execArgv, path, ...args])
  const env = { ...process.env, NODE_ENV: 'production' }
  const child = spawn(command, rest, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], env })
  // Peers say much, of requests that they do not know as well: the end of it explains one that does not start.
  let said = ''
  child.stderr?.on('data', (data) => {
    said = (said + data).slice(-2_000)
    if (!script.startsWith('peers/')) process.stderr.write(data)
  })
  const waiting = new Map<number, (answer: { value?: unknown; error?: string }) => void>()
  let asked = 0
  const hello = await new Promise<Hello>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Hello))
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code}: ${said}`)))
    const late = setTimeout(() => {
      reject(new Error(`${script} did not listen within ${STARTED_WITHIN / 1_000} s`))
      child.disconnect?.()
    }, STARTED_WITHIN)
    child.once('message', () => clearTimeout(late))
    child.once('exit', () => clearTimeout(late))
  })
  child.on('message', (message: { id?: number; value?: unknown; error?: string }) => {
    if (message.id === undefined) return
    waiting.get(message.id)?.(message)
    waiting.delete(message.id)
  })
  child.on('exit', () => {
    for (const answer of waiting.values()) answer({ error: `${script} has ended` })
  })
  const ask = <Name extends Ask['ask']>(name: Name, of?: unknown) =>
    new Promise<Awaited<ReturnType<NonNullable<Answers[Name]>>>>((resolve, reject) => {
      const id = asked++
      waiting.set(id, ({ value, error }) => (error === undefined ? resolve(value as never) : reject(new Error(error))))
      child.send({ id, ask: name, of }, (error) => error && reject(error))
    })
  const ended = async (end: () => void): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    end()
    await exited
  }
  return {
    ...hello,
    pid: child.pid,
    figures: () => ask('figures'),
    members: (group) => ask('members', group),
    rows: () => ask('rows'),
    grow: (groups) => ask('grow', groups) as Promise<never>,
    stop: () => ended(() => child.disconnect()),
    kill: () => ended(() => child.kill('SIGKILL')),
  }
}
