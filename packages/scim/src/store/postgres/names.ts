import { createHash } from 'node:crypto'

/** Prepared statements of a connection: the server keeps each until the connection ends. */
const NAMED_LIMIT = 400

/**
 * Names under which the server keeps statements prepared: a text has the same on every connection and in every process,
 * and nobody else's, since a pool may be shared with the host. A text that is used once is not worth one.
 */
export class Names {
  #count = 0

  of(sql: string, usedBefore: boolean): string | undefined {
    if (!usedBefore || this.#count >= NAMED_LIMIT) return undefined
    this.#count += 1
    return `scim_${createHash('sha256').update(sql).digest('base64url').slice(0, 22)}`
  }
}
