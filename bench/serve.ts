import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface Figures {
  readonly rss: number
  /** Microseconds of processor time since the start. */
  readonly cpu: number
  readonly transactions?: number
  readonly commits?: number
}

export interface Served {
  readonly port: number
  figures(): Promise<Figures>
  stop(): Promise<void>
}

/** Starts one of the servers on a core of its own, where the machine lets cores be chosen. */
export async function serve(name: 'ours' | 'floor' | 'constant', file: string): Promise<Served> {
  const script = fileURLToPath(new URL(`servers/${name}.ts`, import.meta.url))
  const node = [process.execPath, ...process.execArgv, script, file]
  const [command = '', ...args] = existsSync('/usr/bin/taskset') ? ['/usr/bin/taskset', '-c', '0', ...node] : node
  const child = spawn(command, args, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const { port } = await message<{ port: number }>(child)
  return {
    port,
    figures: () => {
      const answer = message<Figures>(child)
      child.send('figures')
      return answer
    },
    stop: async () => {
      const exited = once(child, 'exit')
      child.disconnect()
      await exited
    },
  }
}

async function message<T>(child: ChildProcess): Promise<T> {
  const [received] = await once(child, 'message')
  return received as T
}
