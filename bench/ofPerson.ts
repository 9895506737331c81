import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createScim } from '@optimaite/scim'
import Database from 'better-sqlite3'
import type { Plan } from './plan.ts'
import { median } from './report/statistics.ts'

const GROUPS = 1_000
const EACH = 10

export interface OfPerson {
  readonly memberships: number
  /** Calls for each second of processor time, medians of the rounds. */
  readonly ours: number
  readonly floor: number
  /** The median of the rounds' own, since the machine's speed drifts between rounds. */
  readonly ratio: number
}

/** `groups.ofPerson`, with everybody in ten groups, beside a bare prepared select of the same rows. Rounds alternate. */
export async function measureOfPerson({ rounds, calls, people: count }: Plan['ofPerson']): Promise<OfPerson> {
  const folder = mkdtempSync(join(tmpdir(), 'scim-of-person-'))
  try {
    const file = join(folder, 'scim.db')
    const scim = await createScim({ database: `sqlite:${file}`, publicUrl: 'http://127.0.0.1' })
    await scim.workspaces.create('bench', { name: 'Bench' })
    const people = Array.from({ length: count }, (_, n) => ({ id: `usr_${n}`, userName: `person${n}@bench.example` }))
    await scim.people.upsert('bench', people)
    fill(file, count)
    const bare = new Database(file, { readonly: true })
    bare.pragma('cache_size = -16384')
    const select = bare.prepare(`
      select g.id, g.display_name, g.external_id from scim_people p
      join scim_memberships m on m.workspace_id = 1 and m.person_key = p.key
      join scim_groups g on g.workspace_id = 1 and g.key = m.group_key
      where p.workspace_id = 1 and p.id = ? order by m.group_key`)
    const ours: number[] = []
    const floor: number[] = []
    for (let round = 0; round <= rounds; round++) {
      const ids = Array.from({ length: calls }, (_, n) => `usr_${(n * 7_919 + round * 31) % count}`)
      const [a, rows] = await rate(ids, async (id) => (await scim.groups.ofPerson('bench', id)).length)
      // Awaited as well: an answer of a library is a promise whatever is behind it.
      const [b, same] = await rate(ids, async (id) => select.all(id).length)
      if (rows !== same || rows !== calls * EACH) throw new Error(`not the same rows: ${rows} and ${same}`)
      // The first round warms up.
      if (round > 0) {
        ours.push(a)
        floor.push(b)
      }
    }
    bare.close()
    await scim.close()
    const ratio = median(ours.map((rate, round) => rate / (floor[round] as number)))
    return { memberships: count * EACH, ours: median(ours), floor: median(floor), ratio }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Calls for each second of processor time, which other programs on the machine do not take; and rows in all. */
async function rate(ids: readonly string[], call: (id: string) => Promise<number>): Promise<[number, number]> {
  const start = process.cpuUsage()
  let rows = 0
  for (const id of ids) rows += await call(id)
  const { user, system } = process.cpuUsage(start)
  return [(ids.length * 1_000_000) / (user + system), rows]
}

function fill(file: string, people: number): void {
  const database = new Database(file)
  const addGroup = database.prepare(`
    insert into scim_groups (workspace_id, id, display_name, name, version, managed, member_count, created_at, updated_at)
    values (1, ?, ?, ?, 1, 1, ?, 0, 0)`)
  // Person n is in ten groups, spread over all of them.
  const addMembers = database.prepare(`
    insert into scim_memberships (workspace_id, group_key, person_key)
    select 1, 1 + (p.key * 97 + e.value * 101) % ?, p.key from scim_people p, json_each(?) e where p.workspace_id = 1
    order by 2, 3`)
  database.transaction(() => {
    for (let n = 1; n <= GROUPS; n++)
      addGroup.run(`grp_${String(n).padStart(26, '0')}`, `Group ${n}`, `group ${n}`, (people * EACH) / GROUPS)
    addMembers.run(GROUPS, JSON.stringify(Array.from({ length: EACH }, (_, i) => i)))
  })()
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
}
