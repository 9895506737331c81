import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import type { Surroundings } from './candidates.ts'

const require = createRequire(import.meta.url)

/** This machine, as `candidates` asks about it. */
export function surroundings(): Surroundings {
  return {
    variables: process.env,
    platform: process.platform,
    arch: process.arch,
    list: (folder) => attempt(() => readdirSync(folder)) ?? [],
    isFile: (path) => attempt(() => statSync(path).isFile()) ?? false,
    pgConfig: () => {
      const { status, stdout } = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' })
      return status === 0 ? stdout.trim() : undefined
    },
    // The package shows its entry only, which lies in a folder of its own.
    packageFolder: (name) => attempt(() => dirname(dirname(require.resolve(name)))),
  }
}

function attempt<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch {
    return undefined
  }
}
