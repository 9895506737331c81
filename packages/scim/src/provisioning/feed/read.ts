import { ScimError } from '../../base/errors.ts'
import { changesFrom, type FeedRow, newestChange, numberChanges, type TouchedRow, touchedBy } from '../../store/feed.ts'
import type { Reader, Store } from '../../store/store.ts'
import { markOf, type Position, printPosition, readPosition } from './position.ts'

/** A change, or a part of one that is too large to be read at once. */
export interface FeedPart {
  readonly change: FeedRow
  readonly touched: readonly TouchedRow[]
  /** Whether nothing of the change comes after this part. */
  readonly whole: boolean
}

export interface FeedPage {
  readonly parts: readonly FeedPart[]
  readonly position: string
  readonly more: boolean
}

/** Changes of a page at the most. */
const CHANGES = 100

/**
 * The feed after a position. It transfers states rather than steps: a part says of every membership that its change
 * touches whether it is effective *now*. Changes are read before the states are, so whatever happens to a membership
 * afterwards is a later change; so a consumer that has come to the end holds exactly what is effective, wherever it
 * stopped on its way.
 */
export async function readFeed(
  store: Store,
  workspace: number,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<FeedPage> {
  let position = readPosition(after)
  await numberChanges(store, workspace)
  const changes = await changesAfter(store, workspace, position)
  const parts: FeedPart[] = []
  let room = limit
  for (const change of changes.slice(0, CHANGES)) {
    if (room <= 0) break
    const start = position?.change === change.position ? position.within : undefined
    const part = await readPart(store, workspace, change, start, room)
    parts.push(part)
    position = positionAfter(part)
    room -= Math.max(part.touched.length, 1)
    if (!part.whole) break
  }
  const read = parts.filter(({ whole }) => whole).length
  return { parts, position: printPosition(position), more: read < changes.length }
}

/** The end of the feed: for a consumer that begins with what is effective, and goes on from here. */
export async function endOfFeed(store: Store, workspace: number): Promise<string> {
  await numberChanges(store, workspace)
  const newest = await newestChange(store, workspace)
  return printPosition(newest && { change: newest.position, mark: markOf(newest.id) })
}

/** One more than a page holds, so that it is known whether there is another. */
async function changesAfter(reader: Reader, workspace: number, position: Position | undefined): Promise<FeedRow[]> {
  if (!position) return changesFrom(reader, workspace, 0, CHANGES + 1)
  const changes = await changesFrom(reader, workspace, position.change, CHANGES + 2)
  const [last] = changes
  // Of another workspace, or of a store that has been set back since: going on would miss what came in between.
  if (last?.position !== position.change || markOf(last.id) !== position.mark)
    throw new ScimError('feed_position_unknown', { position: printPosition(position) })
  return position.within ? changes : changes.slice(1)
}

async function readPart(
  reader: Reader,
  workspace: number,
  change: FeedRow,
  { person, group }: NonNullable<Position['within']> = { person: 0, group: 0 },
  room: number,
): Promise<FeedPart> {
  // The end of a group ends all that is in it: its former members need not be named one by one.
  if (change.people_count === 0 || change.kind === 'group_deleted') return { change, touched: [], whole: true }
  const rows = await touchedBy(reader, workspace, change, { person, group, limit: room + 1 })
  return { change, touched: rows.slice(0, room), whole: rows.length <= room }
}

function positionAfter({ change, touched, whole }: FeedPart): Position {
  const position = { change: change.position, mark: markOf(change.id) }
  const last = touched.at(-1)
  return whole || !last ? position : { ...position, within: { person: last.person_key, group: last.group_key } }
}
