import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'

/** Runs a script of ours in a process of its own. */
export function run(script: URL, ...parameters: string[]): ChildProcess {
  return fork(script, parameters, { execArgv: ['--conditions=source'] })
}

/** The next message; refuses where the process ends before it. */
export async function messageOf<T>(child: ChildProcess): Promise<T> {
  const waiting = new AbortController()
  const ended = once(child, 'exit', waiting).then(([code, signal]) => {
    throw new Error(`the process ended before it said anything: ${signal ?? `exit code ${code}`}`)
  })
  ended.catch(() => {})
  const [message] = (await Promise.race([once(child, 'message', waiting), ended])) as [T]
  waiting.abort()
  return message
}
