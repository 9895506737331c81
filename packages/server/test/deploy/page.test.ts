import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { OPTIONS } from '../../src/options.ts'
import { startServer } from '../support/server.ts'

const DOCS = fileURLToPath(new URL('../../../../docs/', import.meta.url))
const PAGE = readFileSync(`${DOCS}deployment.md`, 'utf8')
const SCALING = readFileSync(`${DOCS}scaling.md`, 'utf8')

interface Rules {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[]
}

/** The first fenced block of a language. */
function block(language: string): string {
  return new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(PAGE)?.[1] ?? ''
}

const rules = (parse(block('yaml')) as Rules).groups.flatMap((group) => group.rules)

test('every metric that it alerts on is one that the service has, and every problem a code of its errors', async () => {
  const service = await startServer()
  try {
    const metrics = await (await fetch(`${service.url}/metrics`)).text()
    const known = new Set(Array.from(metrics.matchAll(/^# TYPE (\w+) /gm), ([, name]) => name))
    // What stands in quotation marks are values of labels.
    const text = `${rules.map(({ expr }) => expr.replaceAll(/"[^"]*"/g, '')).join(' ')} ${SCALING}`
    const named = text.match(/\b(scim|nodejs|process)_\w+/g) ?? []
    expect(named.length).toBeGreaterThan(8)
    // A histogram has series of its own names.
    expect(named.map((name) => name.replace(/_bucket$/, '')).filter((name) => !known.has(name))).toEqual([])

    const errors = readFileSync(`${DOCS}reference/errors.md`, 'utf8')
    const problems = rules.flatMap(({ expr }) => /problem=~?"([^"]+)"/.exec(expr)?.[1]?.split('|') ?? [])
    expect(problems.filter((code) => !errors.includes(`{#${code}}`))).toEqual([])
  } finally {
    await service.close()
  }
})

test('every alert is explained', () => {
  for (const { alert } of rules) expect(PAGE).toMatch(new RegExp(`^\\| ${alert} \\| .{40}`, 'm'))
})

test('the proxy takes what the service takes, and keeps connections for less than the service does', () => {
  const nginx = block('nginx')
  const limit = Number(/\| Request body \| (\d+) MiB/.exec(readFileSync(`${DOCS}reference/limits.md`, 'utf8'))?.[1])
  expect(Number(/client_max_body_size (\d+)m/.exec(nginx)?.[1])).toBeGreaterThan(limit)
  expect(Number(/max_size (\d+)MiB/.exec(block('txt'))?.[1])).toBeGreaterThan(limit)
  const server = readFileSync(new URL('../../src/http/server.ts', import.meta.url), 'utf8')
  const kept = Number(/keepAliveTimeout: (\d+) \* SECOND/.exec(server)?.[1])
  for (const seconds of [/keepalive_timeout (\d+)s/.exec(nginx)?.[1], /keepalive (\d+)s/.exec(block('txt'))?.[1]]) {
    expect(Number(seconds)).toBeGreaterThan(0)
    expect(Number(seconds)).toBeLessThan(kept)
  }
})

test('every variable that it names is a setting of the service', () => {
  const known = new Set(Object.values(OPTIONS).map(({ env }) => env))
  const named = Array.from(PAGE.matchAll(/`(?:\w+ )?([A-Z]+_[A-Z]+)(?:=[^`]*)?`/g), ([, name = '']) => name)
  expect(named.length).toBeGreaterThan(4)
  expect(named.filter((name) => !known.has(name as (typeof OPTIONS)['host']['env']))).toEqual([])
})
