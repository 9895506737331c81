import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createScim } from '@optimaite/scim'
import Database from 'better-sqlite3'

/** Groups of these sizes, besides the many of ten. */
export const SIZES = [10, 1_000, 10_000, 100_000] as const

export interface Fixture {
  readonly folder: string
  readonly file: string
  /** A copy for the floor, so that the two do not wait for each other's writes. */
  readonly floorFile: string
  readonly token: string
  /** A person who is in no group. */
  readonly outsider: string
  /** Ids of the groups of {@link SIZES}. */
  readonly sized: Readonly<Record<number, string>>
  /** How many groups of ten there are. */
  readonly groups: number
  remove(): void
}

/** A store with 100,000 people and `groups` groups of ten members, beside one of each of {@link SIZES}. */
export async function makeFixture(groups: number): Promise<Fixture> {
  const folder = mkdtempSync(join(tmpdir(), 'scim-bench-'))
  const file = join(folder, 'scim.db')
  const scim = await createScim({ database: `sqlite:${file}`, publicUrl: 'http://127.0.0.1' })
  await scim.workspaces.create('bench', { name: 'Bench', scim: true })
  for (let start = 0; start < 100_000; start += 10_000) {
    const people = Array.from({ length: 10_000 }, (_, i) => person(start + i))
    await scim.people.upsert('bench', people)
  }
  const outsider = (await scim.people.upsert('bench', [person(100_000)])).ids[0] as string
  const { text: token } = await scim.tokens.issue('bench', { label: 'bench', createdBy: 'bench' })
  await scim.close()
  const sized = fill(file, groups)
  const floorFile = join(folder, 'floor.db')
  copyFileSync(file, floorFile)
  return {
    folder,
    file,
    floorFile,
    token,
    outsider,
    sized,
    groups,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function person(n: number) {
  const userName = `person${n}@bench.example`
  return { id: `usr_${n}`, userName, displayName: `Person Number ${n}`, emails: [{ value: userName, verified: true }] }
}

export function groupName(n: number): string {
  return `Group ${String(n).padStart(6, '0')}`
}

function fill(file: string, groups: number): Record<number, string> {
  const database = new Database(file)
  const insertGroup = database.prepare(`
    insert into scim_groups (workspace_id, id, display_name, name, version, managed, member_count, created_at, updated_at)
    values (1, ?, ?, ?, 1, 1, ?, 0, 0)`)
  const insertMembers = database.prepare(`
    insert into scim_memberships (workspace_id, group_key, person_key)
    select 1, ?, p.key from (select key from scim_people where workspace_id = 1 order by key limit ? offset ?) p`)
  const sized: Record<number, string> = {}
  let count = 0
  const add = (name: string, members: number, offset: number): string => {
    const id = `grp_${String(++count).padStart(26, '0')}`
    const { lastInsertRowid } = insertGroup.run(id, name, name.toLowerCase(), members)
    insertMembers.run(lastInsertRowid, members, offset)
    return id
  }
  database.transaction(() => {
    for (let n = 0; n < groups; n++) add(groupName(n), 10, (n * 10) % 90_000)
    for (const size of SIZES) sized[size] = add(`Sized ${size}`, size, 0)
  })()
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
  return sized
}
