import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const SRC = fileURLToPath(new URL('../src', import.meta.url))

/** The floors of the house (ARCHITECTURE.md); files directly in src/ are its roof. */
const FLOORS: Readonly<Record<string, number>> = {
  base: 0,
  protocol: 1,
  store: 2,
  provisioning: 3,
  'scim-api': 4,
  library: 4,
  'admin-api': 5,
  adapters: 5,
  '': 6,
}

/** Packages that each room may use; whatever is not named may use none. */
const PACKAGES: Readonly<Record<string, readonly RegExp[]>> = {
  base: [/^ulid$/, /^node:crypto$/],
  protocol: [],
  store: [/^better-sqlite3$/, /^pg$/, /^node:/],
  provisioning: [/^node:(crypto|util|zlib)$/],
  'scim-api': [],
  library: [],
  'admin-api': [/^hono$/, /^@hono\/zod-openapi$/],
  adapters: [/^node:(http|net)$/],
  '': [],
}

interface Import {
  readonly from: string
  readonly to: string
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? sources(path) : path.endsWith('.ts') ? [path] : []
  })
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8')
  return Array.from(text.matchAll(/^(?:import|export)\b[^'"]*?from '([^']+)'/gm), ([, to = '']) => ({ from: file, to }))
}

function roomOf(file: string): string {
  const parts = relative(SRC, file).split(sep)
  return parts.length === 1 ? '' : (parts[0] ?? '')
}

const imports = sources(SRC).flatMap(importsOf)

test('the rooms are those of the plan', () => {
  expect([...new Set(sources(SRC).map(roomOf))].sort()).toEqual(Object.keys(FLOORS).sort())
  expect(imports.length).toBeGreaterThan(100)
})

test('imports point down, or stay on their floor', () => {
  const up = imports
    .filter(({ to }) => to.startsWith('.'))
    .filter(({ from, to }) => {
      const [here, there] = [roomOf(from), roomOf(resolve(dirname(from), to))]
      const [floor = -1, other = 99] = [FLOORS[here], FLOORS[there]]
      return other > floor || (other === floor && here !== there)
    })
    .map(({ from, to }) => `${relative(SRC, from)} imports ${to}`)
  expect(up).toEqual([])
})

test('a room uses the packages that it is meant to', () => {
  const foreign = imports
    .filter(({ to }) => !to.startsWith('.'))
    .filter(({ from, to }) => !PACKAGES[roomOf(from)]?.some((pattern) => pattern.test(to)))
    .map(({ from, to }) => `${relative(SRC, from)} uses ${to}`)
  expect(foreign).toEqual([])
})

test('files import each other without circles', () => {
  const graph = new Map<string, string[]>()
  for (const { from, to } of imports) {
    if (to.startsWith('.')) graph.set(from, [...(graph.get(from) ?? []), resolve(dirname(from), to)])
  }
  const state = new Map<string, 'open' | 'done'>()
  const circles: string[] = []
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === 'open') circles.push([...path, file].map((step) => relative(SRC, step)).join(' → '))
    if (state.has(file)) return
    state.set(file, 'open')
    for (const next of graph.get(file) ?? []) visit(next, [...path, file])
    state.set(file, 'done')
  }
  for (const file of graph.keys()) visit(file, [])
  expect(circles).toEqual([])
})
