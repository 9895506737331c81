import { expect } from 'vitest'
import { add, type Client, type Reply, remove } from './client.ts'

/** What a client has been told of its own people in a group, and whom it does not know to be in it or not. */
export class Told {
  readonly members = new Set<string>()
  readonly uncertain = new Set<string>()
  acknowledged = 0
  readonly #name: string
  #step = 0

  constructor(name: string) {
    this.#name = name
  }

  /** Adds people of its own to the group and takes every third out again, as long as `goesOn`. */
  async work(client: Client, group: string, goesOn: () => boolean): Promise<void> {
    while (goesOn()) {
      const adds = this.#step++ % 3 !== 2
      const person = adds ? `usr_c${this.#name}x${this.#step}` : [...this.members][0]
      if (person === undefined) continue
      let reply: Reply | undefined
      try {
        reply = await client.patch(group, adds ? add(person) : remove(person))
      } catch (error) {
        // The service is gone.
        if (!(error instanceof Error && 'code' in error)) throw error
      }
      if (reply?.status === 204) {
        this.acknowledged += 1
        if (adds) this.members.add(person)
        else this.members.delete(person)
        continue
      }
      this.members.delete(person)
      this.uncertain.add(person)
      if (!reply) return
      expect(reply.status).toBe(503)
      expect(reply.headers['retry-after']).toMatch(/^\d+$/)
    }
  }

  /** Nothing that was acknowledged is missing, and nobody is there whom nobody asked for. */
  compare(stored: ReadonlySet<string>): void {
    expect([...this.members].filter((person) => !stored.has(person))).toEqual([])
    const mine = [...stored].filter((person) => person.startsWith(`usr_c${this.#name}x`))
    expect(mine.filter((person) => !this.members.has(person) && !this.uncertain.has(person))).toEqual([])
  }
}
