import { execFile, execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const BIN = fileURLToPath(new URL('../bin/optimaite-scim.js', import.meta.url))
const SYSTEM_NODE = '/usr/bin/node'

let folder: string
let copy: string

/** A copy in a folder without a build, and with one that only says that it ran. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'optimaite-scim-'))
  mkdirSync(join(folder, 'bin'))
  copy = join(folder, 'bin', 'optimaite-scim.js')
  copyFileSync(BIN, copy)
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
})

afterAll(() => rmSync(folder, { recursive: true }))

interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

function run(node: string, args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(node, args, (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr }))
  })
}

/** This Node, saying that it is another. */
function pretending(version: string): string[] {
  const file = join(folder, `node-${version}.mjs`)
  const versions = `{ value: { ...process.versions, node: '${version}' } }`
  writeFileSync(file, `Object.defineProperty(process, 'versions', ${versions})`)
  return ['--import', pathToFileURL(file).href]
}

function olderNode(): boolean {
  try {
    return Number(execFileSync(SYSTEM_NODE, ['-p', 'process.versions.node.split(".")[0]'], { encoding: 'utf8' })) < 22
  } catch {
    return false
  }
}

describe('the program checks its Node first', () => {
  test.each(['12.22.12', '20.19.0', '22.17.9'])('and refuses %s in one sentence', async (version) => {
    const { code, stdout, stderr } = await run(process.execPath, [...pretending(version), copy, 'serve'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^optimaite-scim needs Node 22\.18 or newer, and this is Node .*https:\/\/nodejs\.org.*\n$/)
    expect(stderr).toContain(`this is Node ${version}:`)
  })

  test.skipIf(!olderNode())('and refuses a real one that is too old', async () => {
    const { code, stderr } = await run(SYSTEM_NODE, [copy, 'serve'])
    expect(code).toBe(1)
    expect(stderr).toMatch(/^optimaite-scim needs Node 22\.18 or newer, and this is Node \d+\.\d+\.\d+: .*\n$/)
  })

  test('and says how to build it where it is not built', async () => {
    const { code, stderr } = await run(process.execPath, [copy, 'serve'])
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'optimaite-scim is not built yet. Run "npm run build" in the repository first.\n',
    })
  })

  test('and says how to go on where a module is missing', async () => {
    const built = mkdtempSync(join(folder, 'broken-'))
    for (const name of ['bin', 'dist']) mkdirSync(join(built, name))
    copyFileSync(BIN, join(built, 'bin', 'optimaite-scim.js'))
    writeFileSync(join(built, 'package.json'), '{ "type": "module" }')
    writeFileSync(join(built, 'dist', 'main.js'), 'import "absent-module"')
    const { code, stderr } = await run(process.execPath, [join(built, 'bin', 'optimaite-scim.js')])
    expect(code).toBe(1)
    expect(stderr).toMatch(/^optimaite-scim cannot be loaded: .*absent-module.* Run "npm ci" .*\n$/)
  })

  test.each(['22.18.0', '24.0.0', process.versions.node])('and runs with %s', async (version) => {
    const built = mkdtempSync(join(folder, 'built-'))
    for (const name of ['bin', 'dist']) mkdirSync(join(built, name))
    copyFileSync(BIN, join(built, 'bin', 'optimaite-scim.js'))
    writeFileSync(join(built, 'package.json'), '{ "type": "module" }')
    writeFileSync(join(built, 'dist', 'main.js'), 'console.log(process.argv.slice(2).join(" "))')
    const args = [...pretending(version), join(built, 'bin', 'optimaite-scim.js'), 'token', 'list']
    expect(await run(process.execPath, args)).toEqual({ code: 0, stdout: 'token list\n', stderr: '' })
  })
})
