import { hash } from 'node:crypto'
import type { StoredColumn } from '../tables.ts'
import type { Row } from './ends.ts'

/**
 * The number of a table's rows and the sum of their digests, each row taken as one canonical text: the same on every
 * store, in whatever order it reads them.
 */
export class Checksum {
  count = 0
  readonly #sum = new Uint32Array(8)

  add(columns: readonly StoredColumn[], row: Row): void {
    // As a text, which lives and goes in the heap: a million buffers outside would stay for long.
    const digest = hash('sha256', canonical(columns, row), 'binary')
    for (let lane = 0; lane < this.#sum.length; lane++) {
      this.#sum[lane] = (this.#sum[lane] as number) + wordAt(digest, 4 * lane)
    }
    this.count += 1
  }

  equals(other: Checksum): boolean {
    return this.count === other.count && this.text === other.text
  }

  get text(): string {
    return Array.from(this.#sum, (lane) => lane.toString(16).padStart(8, '0')).join('')
  }
}

function wordAt(digest: string, at: number): number {
  const byte = (offset: number): number => digest.charCodeAt(at + offset) << (8 * offset)
  return byte(0) | byte(1) | byte(2) | byte(3)
}

/** A row as one text. Documents are compared by what they say: PostgreSQL keeps names in an order of its own. */
export function canonical(columns: readonly StoredColumn[], row: Row): string {
  return JSON.stringify(
    columns.map(({ name, kind }) => {
      const value = row[name] ?? null
      if (value === null) return null
      if (kind === 'json') return sorted(JSON.parse(String(value)))
      return kind === 'bytes' ? Buffer.from(value as Uint8Array).toString('hex') : value
    }),
  )
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, inner]) => [name, sorted(inner)] as const)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}
