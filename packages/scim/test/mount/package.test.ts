import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url))
const ROOT = join(PACKAGE, '../..')

interface Packed {
  readonly filename: string
  readonly size: number
  readonly unpackedSize: number
  readonly files: readonly { readonly path: string }[]
}

let folder: string
let project: string
let packed: Packed

/** The Node of this test for everything, whatever stands first on the path. */
const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}` }

async function run(cwd: string, command: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args, { cwd, env, maxBuffer: 1 << 24 }).catch((error) => {
    throw new Error(`${command} ${args.join(' ')}: ${error.message}\n${error.stdout}\n${error.stderr}`)
  })
  return stdout
}

/** The package as it would be published, installed in a project that has nothing else. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'scim-package-'))
  project = join(folder, 'project')
  mkdirSync(project)
  const output = await run(PACKAGE, 'npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', folder)
  const answer: unknown = JSON.parse(output)
  packed = Object.values(answer as Record<string, Packed>)[0] as Packed
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }')
  const tarball = join(folder, packed.filename.replace('@', '').replace('/', '-'))
  await run(project, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', tarball)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the package holds what was built, its README and LICENSE, and nothing else', () => {
  const paths = packed.files.map(({ path }) => path)
  expect(paths).toEqual(
    expect.arrayContaining(['LICENSE', 'README.md', 'package.json', 'dist/index.js', 'dist/index.d.ts']),
  )
  const other = paths.filter((path) => !/^(LICENSE|README\.md|package\.json|dist\/.+\.(js|d\.ts))$/.test(path))
  expect(other).toEqual([])
  expect(JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'))).toMatchObject({
    license: 'Apache-2.0',
    types: './dist/index.d.ts',
    sideEffects: false,
    dependencies: { 'better-sqlite3': expect.stringMatching(/^\d/), ulid: expect.stringMatching(/^\d/) },
  })
})

test('it is as small as its README states, and needs no more', () => {
  const stated =
    /About (\d+) kB packed and (\d+) kB unpacked \(.*?below (\d+) and (\d+)\)\. (\w+) dependencies.*?(\w+) packages in all/s.exec(
      readFileSync(join(PACKAGE, 'README.md'), 'utf8'),
    ) ?? []
  const [aboutPacked, aboutUnpacked, mostPacked, mostUnpacked] = stated.slice(1, 5).map(Number) as number[]
  expect(packed.size).toBeLessThan((mostPacked as number) * 1_000)
  expect(packed.unpackedSize).toBeLessThan((mostUnpacked as number) * 1_000)
  // "About" is within a tenth.
  expect(Math.abs(packed.size / 1_000 / (aboutPacked as number) - 1)).toBeLessThan(0.1)
  expect(Math.abs(packed.unpackedSize / 1_000 / (aboutUnpacked as number) - 1)).toBeLessThan(0.1)
  const { dependencies } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'))
  const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six']
  expect(stated[5]?.toLowerCase()).toBe(words[Object.keys(dependencies).length])
  const modules = join(project, 'node_modules')
  const installed = readdirSync(modules).flatMap((name) =>
    name.startsWith('@')
      ? readdirSync(join(modules, name)).map((part) => `${name}/${part}`)
      : name.startsWith('.')
        ? []
        : [name],
  )
  expect(stated[6]).toBe(words[installed.length])
  expect(installed.sort()).toEqual(['@optimaite/scim', 'better-sqlite3', 'node-addon-api', 'ulid'])
})

/** Serves one request; then tells every module that was loaded. */
const PROGRAM = `
  import { registerHooks } from 'node:module'
  const loaded = []
  registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context) } })
  const { createScim, isScimPath } = await import('@optimaite/scim')
  const { nodeListener } = await import('@optimaite/scim/node')
  const { routeHandlers } = await import('@optimaite/scim/next')
  const scim = await createScim({ database: 'sqlite:./data/scim.db', publicUrl: 'https://app.example.com' })
  const { GET } = routeHandlers(async () => scim)
  const { status } = await GET(new Request(scim.baseUrl + '/ServiceProviderConfig'))
  await scim.close()
  console.log(JSON.stringify({ status, listener: typeof nodeListener(scim.handle), ours: isScimPath('/api/auth/scim/v2'), loaded }))
`

test('imported as ESM it serves, and draws in neither sign-in nor panel nor command line', async () => {
  writeFileSync(join(project, 'program.js'), PROGRAM)
  const { loaded, ...rest } = JSON.parse(await run(project, process.execPath, 'program.js'))
  expect(rest).toEqual({ status: 200, listener: 'function', ours: true })
  const packages = loaded
    .filter((url: string) => url.startsWith('file:'))
    .map((url: string) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1])
  expect([...new Set(packages)].sort()).toEqual(['@optimaite/scim', 'better-sqlite3', 'ulid'])
})

const CONSUMER = `
  import { createServer } from 'node:http'
  import { createScim, ScimError, type Scim } from '@optimaite/scim'
  import { routeHandlers } from '@optimaite/scim/next'
  import { nodeListener } from '@optimaite/scim/node'

  const scim: Scim = await createScim({ database: 'sqlite:./scim.db', publicUrl: 'https://a.example', tablePrefix: 'x_' })
  createServer(nodeListener(scim.handle))
  export const { GET } = routeHandlers(async () => scim)
  const response: Response = await scim.fetch(new Request('https://a.example'))
  const groups = await scim.groups.list('acme', { limit: 5 })
  const names: string[] = groups.map((group) => group.displayName)
  // @ts-expect-error the store has no such group: the types are there, and not any
  groups[0].colour
  export { names, response, ScimError }
`

test.each([
  ['nodenext', 'nodenext'],
  ['preserve', 'bundler'],
])('type-checked strictly, libraries too, with module %s and resolution %s', async (module, moduleResolution) => {
  writeFileSync(join(project, 'consumer.ts'), CONSUMER)
  const compilerOptions = {
    ...{ module, moduleResolution, strict: true, noEmit: true, target: 'es2024', skipLibCheck: false },
    // Only Node's own types: those of better-sqlite3 must not be needed.
    typeRoots: [join(ROOT, 'node_modules/@types')],
    types: ['node'],
  }
  const name = `tsconfig.${moduleResolution}.json`
  writeFileSync(join(project, name), JSON.stringify({ compilerOptions, files: ['consumer.ts'] }))
  expect(await run(project, process.execPath, join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', name)).toBe('')
})

test('no declaration that a consumer reaches names better-sqlite3', () => {
  const dist = join(project, 'node_modules/@optimaite/scim/dist')
  const seen = new Set<string>()
  const visit = (file: string): void => {
    if (seen.has(file)) return
    seen.add(file)
    const text = readFileSync(file, 'utf8')
    expect([file, /better-sqlite3/.test(text)]).toEqual([file, false])
    for (const [, to = ''] of text.matchAll(/(?:from |import\()['"](\.[^'"]+)['"]/g))
      visit(join(dirname(file), to.replace(/\.(?:js|ts)$/, '.d.ts')))
  }
  for (const entry of ['index', 'adapters/node', 'adapters/next', 'admin-api/index']) visit(join(dist, `${entry}.d.ts`))
  expect(seen.size).toBeGreaterThan(10)
})
