import { fold } from '../../base/fold.ts'
import {
  type FormerGroupRow,
  formerGroupById,
  formerGroupsByExternalId,
  formerGroupsByName,
} from '../../store/formerGroups.ts'
import { type GroupRow, groupByExternalId, groupById, groupByName } from '../../store/groups.ts'
import { type PersonRow, peopleByNames, personById } from '../../store/people.ts'
import type { Reader } from '../../store/store.ts'

/** A group that there is or was. */
export interface GroupSubject {
  readonly key: number
  readonly id: string
  readonly displayName: string
  readonly externalId: string | null
  readonly createdAt: number
  readonly deletedAt: number | null
}

/** Another group that history holds for the same one, created again. */
export interface Incarnation extends GroupSubject {
  readonly sameName: boolean
  readonly sameExternalId: boolean
}

/** Groups created again and again are told of up to so many. */
const INCARNATIONS = 20

/** By id, or by name in any case; a group that there is comes before those that are gone, of which the last counts. */
export async function findGroup(
  reader: Reader,
  workspace: number,
  idOrName: string,
): Promise<GroupSubject | undefined> {
  const name = fold(idOrName)
  const living = (await groupById(reader, workspace, idOrName)) ?? (await groupByName(reader, workspace, name))
  if (living) return livingSubject(living)
  const former =
    (await formerGroupById(reader, workspace, idOrName)) ?? (await formerGroupsByName(reader, workspace, name, 1))[0]
  return former && formerSubject(former)
}

/** By id, former id or userName; whoever is known by an id alone is found too. */
export async function findPerson(
  reader: Reader,
  workspace: number,
  idOrUserName: string,
): Promise<PersonRow | undefined> {
  const byId = await personById(reader, workspace, idOrUserName)
  return byId ?? (await peopleByNames(reader, workspace, [fold(idOrUserName)]))[0]
}

/** The other groups of the same name or externalId, the newest first. */
export async function incarnationsOf(reader: Reader, workspace: number, group: GroupSubject): Promise<Incarnation[]> {
  const name = fold(group.displayName)
  const [named, linked] = [
    [await groupByName(reader, workspace, name), ...(await formerGroupsByName(reader, workspace, name, INCARNATIONS))],
    group.externalId === null
      ? []
      : [
          await groupByExternalId(reader, workspace, group.externalId),
          ...(await formerGroupsByExternalId(reader, workspace, group.externalId, INCARNATIONS)),
        ],
  ]
  const found = new Map<number, GroupSubject>()
  for (const row of [...named, ...linked])
    if (row && row.key !== group.key) found.set(row.key, 'deleted_at' in row ? formerSubject(row) : livingSubject(row))
  return [...found.values()]
    .sort((left, right) => right.key - left.key)
    .slice(0, INCARNATIONS)
    .map((other) => ({
      ...other,
      sameName: fold(other.displayName) === name,
      sameExternalId: group.externalId !== null && other.externalId === group.externalId,
    }))
}

function livingSubject({ key, id, display_name, external_id, created_at }: GroupRow): GroupSubject {
  return { key, id, displayName: display_name, externalId: external_id, createdAt: created_at, deletedAt: null }
}

function formerSubject({ key, id, display_name, external_id, created_at, deleted_at }: FormerGroupRow): GroupSubject {
  return { key, id, displayName: display_name, externalId: external_id, createdAt: created_at, deletedAt: deleted_at }
}
