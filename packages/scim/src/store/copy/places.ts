import type { Source } from './ends.ts'
import { CopyRefused } from './refused.ts'

/**
 * What is to be added to each workspace's places in the feed so that they can be keys of an SQLite store, where no two
 * workspaces may have the same: nothing where they differ already, as with one workspace or in a store that came from
 * SQLite. Else positions that hosts keep are not true any more, which has to be wanted.
 */
export async function basesOf(source: Source, mayChange: boolean): Promise<Map<number, number>> {
  const [unnumbered] = await source.ask('select 1 as found from {changes} c where c.position is null limit 1')
  if (unnumbered)
    throw new CopyRefused(
      'source_changing',
      'Something writes to the store that is to be copied: stop the service first.',
    )
  const [shared] = await source.ask(
    'select c.position from {changes} c group by c.position having count(*) > 1 limit 1',
  )
  const bases = new Map<number, number>()
  if (!shared) return bases
  if (!mayChange)
    throw new CopyRefused(
      'positions_collide',
      'Several workspaces have the same positions in their feeds, which cannot be in one SQLite store.',
    )
  let base = 0
  for (const { key, last } of await source.ask(
    `select w.key, greatest(w.feed_position, (select max(c.position) from {changes} c where c.workspace_id = w.key)) as last
      from {workspaces} w order by w.key`,
  )) {
    bases.set(Number(key), base)
    base += Number(last)
  }
  return bases
}
