import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, vi } from 'vitest'
import { OPTIONS } from '../../src/options.ts'
import { run as runProgram } from '../../src/program.ts'

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

/** How a run of the program ended. */
export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Where and with what a run takes place. */
export interface Surroundings {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
}

/** A run that goes on, such as `serve`. */
export interface Running {
  readonly pid: number
  readonly ended: Promise<Ended>
  /** Resolves with all of stdout so far, once it matches. */
  until(pattern: RegExp): Promise<string>
  /** The same of stderr. */
  untilError(pattern: RegExp): Promise<string>
  kill(signal: NodeJS.Signals): void
}

/** Runs a command line within this process, for what does not depend on a process of its own: quicker by far. */
export async function call(args: readonly string[], cwd: string): Promise<Ended> {
  const output = { stdout: '', stderr: '' }
  const capture = (name: keyof typeof output) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      output[name] += text
      return true
    })
  const before = process.cwd()
  const captured = [capture('stdout'), capture('stderr')]
  process.chdir(cwd)
  try {
    return { code: await runProgram(args), ...output }
  } finally {
    process.chdir(before)
    for (const spy of captured) spy.mockRestore()
  }
}

/** Runs the real program to its end. */
export function run(args: readonly string[], surroundings: Surroundings): Promise<Ended> {
  return start(args, surroundings).ended
}

/** Starts the real program. */
export function start(args: readonly string[], { cwd, env = {}, input = '' }: Surroundings): Running {
  const child = spawn(process.execPath, ['--conditions=source', MAIN, ...args], {
    cwd,
    env: { ...process.env, NODE_COMPILE_CACHE: compiled, ...env },
  })
  living.add(child)
  child.stdin.on('error', () => {}).end(input)
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text
  })
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      living.delete(child)
      resolve({ code, ...output })
    })
  })
  const until = (name: keyof typeof output, pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (pattern.test(output[name])) resolve(output[name])
      }
      child[name].on('data', look)
      child.once('close', () => reject(new Error(`ended before ${pattern}: ${output.stdout}${output.stderr}`)))
      look()
    })
  return {
    pid: child.pid ?? 0,
    ended,
    kill: (signal) => child.kill(signal),
    until: (pattern) => until('stdout', pattern),
    untilError: (pattern) => until('stderr', pattern),
  }
}

// Most of a short run is reading its own source; each run after the first finds it read.
const compiled = mkdtempSync(join(tmpdir(), 'optimaite-scim-compiled-'))

afterAll(() => rmSync(compiled, { recursive: true, force: true }))

// What would set the program up is for each test to say.
for (const { env } of Object.values(OPTIONS)) delete process.env[env]

const living = new Set<ChildProcessWithoutNullStreams>()
const folders: string[] = []

afterEach(async () => {
  for (const child of living) child.kill('SIGKILL')
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

/** A folder that is gone after the test. */
export async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'optimaite-scim-'))
  folders.push(folder)
  return folder
}
