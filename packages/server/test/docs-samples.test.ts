import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { chmod, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { type Sample, samplesOf } from './docs-sample.ts'
import { startServer } from './support/server.ts'

const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url))
const MAIN = join(REPOSITORY, 'packages/server/src/main.ts')

const files = [
  'README.md',
  'packages/scim/README.md',
  ...readdirSync(join(REPOSITORY, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
].map((name) => ({ name, samples: samplesOf(readFileSync(join(REPOSITORY, name), 'utf8')) }))

const withSamples = files.filter(({ samples }) => samples.length > 0)

test('the pages with samples are those that should have some', () => {
  const names = withSamples.map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['README.md', 'docs/usage.md', 'docs/en/scim.md', 'docs/de/scim.md']))
})

test('samples in TypeScript are right by its types, too', async () => {
  // Within the repository, so that packages and their sources are found from there.
  const folder = await mkdtemp(join(REPOSITORY, 'node_modules/.samples-'))
  try {
    const names: string[] = []
    for (const { name, samples } of withSamples)
      for (const { language, line, text, notRun } of samples) {
        if (language !== 'ts' || notRun !== undefined) continue
        const file = `${name.replaceAll('/', '-')}-${line}.ts`
        await writeFile(join(folder, file), `${text}\nexport {}\n`)
        names.push(file)
      }
    expect(names.length).toBeGreaterThan(4)
    const config = { extends: join(REPOSITORY, 'tsconfig.check.json'), include: names, exclude: [] }
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config))
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
    await execute(process.execPath, [join(REPOSITORY, 'node_modules/typescript/bin/tsc'), '-p', folder], folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test('the life of an integration takes at most 40 lines', () => {
  const [first] = withSamples.find(({ name }) => name === 'docs/usage.md')?.samples ?? []
  expect(first?.text.split('\n').length).toBeLessThanOrEqual(40)
})

describe.each(withSamples)('$name', ({ samples }) => {
  test.each(samples)('line $line, $language: $opening', async (sample) => {
    if (sample.notRun !== undefined) return expect(sample.notRun).toMatch(/\w{3,}/)
    await inSurroundings(async (folder, env) => {
      const output =
        sample.language === 'ts' ? await runTypeScript(sample, folder) : await runShell(sample, folder, env)
      for (const expected of sample.prints) expect(output).toContain(expected)
      if (sample.answer !== undefined)
        expect(shapeOf(JSON.parse(output))).toMatchObject(shapeOf(sample.answer) as object)
    })
  })
})

type Environment = Readonly<Record<string, string>>

/** A folder, and a service that runs, with a workspace, people, a group and a token as the samples have them. */
async function inSurroundings(use: (folder: string, env: Environment) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'optimaite-scim-sample-'))
  const server = await startServer()
  const { scim } = server
  try {
    await scim.workspaces.create('sample', { name: 'Sample', scim: true })
    const people = [{ id: 'usr_jane', userName: 'jane.doe@acme.example', displayName: 'Jane Doe' }]
    await scim.people.upsert('sample', people)
    await scim.groups.create('sample', { displayName: 'Engineering', members: ['usr_jane'] })
    const scopes = ['people:read', 'people:write', 'groups:read', 'changes:read'] as const
    const key = await scim.apiKeys.issue({ name: 'Billing', scopes, workspace: 'sample', expiresAt: null, by: 'test' })
    const { text } = await scim.tokens.issue('sample', { label: 'Sample', createdBy: 'test' })
    await symlink(join(REPOSITORY, 'node_modules'), join(folder, 'node_modules'))
    await writeFile(join(folder, 'people.csv'), 'email,name\nana@acme.example,Ana Lima\nravi@acme.example,Ravi Patel\n')
    await use(folder, {
      DATABASE_URL: `sqlite:${scim.store.location}`,
      PUBLIC_URL: server.url,
      BASE_URL: server.baseUrl,
      TOKEN: text,
      API_KEY: key.text,
    })
  } finally {
    await server.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function runTypeScript({ text }: Sample, folder: string): Promise<string> {
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  await writeFile(join(folder, 'sample.ts'), text)
  return execute(
    process.execPath,
    ['--conditions=source', '--disable-warning=ExperimentalWarning', 'sample.ts'],
    folder,
  )
}

/**
 * In a shell that stops at the first failure; `npx` runs the program from its sources, and a refused `curl` fails. The
 * service is not on its usual port here, so `rehearse` is told where it runs.
 */
async function runShell({ text }: Sample, folder: string, env: Environment): Promise<string> {
  const where = '[ "$1" = rehearse ] && set -- "$@" --url "$PUBLIC_URL"'
  const npx = `#!/bin/sh\nshift\n${where}\nexec '${process.execPath}' --conditions=source '${MAIN}' "$@"\n`
  const curl = '#!/bin/sh\nPATH="$REAL_PATH" exec curl --fail-with-body "$@"\n'
  for (const [name, script] of Object.entries({ npx, curl })) {
    await writeFile(join(folder, name), script)
    await chmod(join(folder, name), 0o755)
  }
  const path = process.env.PATH ?? ''
  return execute('bash', ['-euo', 'pipefail', '-c', text], folder, {
    ...env,
    PATH: folder + delimiter + path,
    REAL_PATH: path,
  })
}

function execute(program: string, args: readonly string[], cwd: string, env: Environment = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { cwd, env: { ...process.env, ...env }, timeout: 280_000 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${error.message}\n${stdout}${stderr}`))
      else resolve(stdout)
    })
  })
}

/** A JSON value with its texts and numbers replaced by their types: an answer has other ids than its example. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf)
  if (typeof value !== 'object' || value === null) return typeof value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shapeOf(item)]))
}
