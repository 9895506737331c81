import { afterEach, expect, test } from 'vitest'
import { createScim } from '../../src/scim.ts'
import { openDatabase } from '../../src/store/open.ts'
import { Statements } from '../load/statements.ts'
import { addWorkspace, type Client } from '../people/support.ts'
import { emptyStore } from '../stores.ts'
import { changeGuard, people } from './support.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

async function observed(): Promise<{ client: Client; statements: Statements }> {
  const statements = new Statements()
  const { database, folder, discard } = await emptyStore()
  const clock = { now: Date.UTC(2026, 0, 31, 12) }
  const scim = await createScim({
    database: statements.wrap(await openDatabase({ database })),
    publicUrl: 'https://scim.example',
    clock: () => clock.now,
  })
  ends.push(
    () => scim.close(),
    () => discard(),
  )
  return { client: await addWorkspace({ scim, folder, clock }, 'acme'), statements }
}

/** What taking members out runs, for a group of a size. */
async function removing({ client, statements }: { client: Client; statements: Statements }, size: number) {
  const members = await people(client, size)
  const group = await client.group(`Of ${size}`, ...members)
  const one = await statements.during(() => client.removeMembers(group, members[0] ?? ''))
  const some = await statements.during(() => client.removeMembers(group, ...members.slice(1, 9)))
  const person = await statements.during(() => client.delete(`/Users/${members[9]}`))
  const rest = await statements.during(() => client.delete(`/Groups/${group}`))
  return [one, some, person, rest].map((texts) => texts.filter((text) => !/\{tokens\}|\{workspaces\} where/.test(text)))
}

const GUARD = /\{holds\}|sum\(c\.lost\)/

test('without the guard nothing is asked for it, and with it as much for any size of group', async () => {
  const service = await observed()
  const off = await removing(service, 20)
  expect(off.flat().filter((text) => GUARD.test(text))).toEqual([])
  await changeGuard(service.client, { on: true, limit: 1_000_000 })
  const few = await removing(service, 20)
  const many = await removing(service, 900)
  const lengths = (all: readonly string[][]) => all.map((texts) => texts.length)
  expect(lengths(many)).toEqual(lengths(few))
  expect(lengths(few)).toEqual(lengths(off).map((length) => length + 3))
  for (const texts of few) expect(texts.filter((text) => GUARD.test(text))).toHaveLength(2)
})
