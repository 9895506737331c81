import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('peers', import.meta.url))

/** Peers have packages of their own, pinned by their own lock file; installed the first time that they are needed. */
export function installPeers(): void {
  if (existsSync(`${FOLDER}/node_modules/.package-lock.json`)) return
  console.error('installing the peers, once')
  const { status } = spawnSync('npm', ['ci', '--prefix', FOLDER], { stdio: 'inherit', cwd: FOLDER })
  if (status !== 0) throw new Error('npm ci --prefix bench/peers has failed: peers cannot be measured')
}

export function peerVersion(name: string): string {
  return JSON.parse(readFileSync(`${FOLDER}/node_modules/${name}/package.json`, 'utf8')).version
}
