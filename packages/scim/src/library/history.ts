import type { Call, Context } from '../provisioning/call.ts'
import {
  changePeople,
  type EntryPage,
  groupEntries,
  type HistoryPerson,
  type PageQuery,
  personEntries,
  shownPeople,
} from '../provisioning/history/entries.ts'
import { type Erased, erasePerson } from '../provisioning/history/erase.ts'
import { type Explanation, explain } from '../provisioning/history/explain.ts'
import { membersAfter } from '../provisioning/history/membersAt.ts'
import { pushedBy } from '../provisioning/history/pushedBy.ts'
import { unknownGroup, unknownPerson } from '../provisioning/history/refused.ts'
import { planRestore, type Restored, restore } from '../provisioning/history/restore.ts'
import { type Language, sentenceOf } from '../provisioning/history/sentences.ts'
import {
  findGroup,
  findPerson,
  type GroupSubject,
  type Incarnation,
  incarnationsOf,
} from '../provisioning/history/subjects.ts'
import type { Provider } from '../provisioning/tokens/tokens.ts'
import { lastChangeAt } from '../store/history.ts'
import { breathe } from '../store/store.ts'
import type { WorkspaceRow } from '../store/workspaces.ts'
import { keyOf, limitOf, textOf, timeOf } from './given.ts'
import { existingWorkspace } from './workspaces.ts'

/** An explanation with its sentence in every language. */
export type Explained = Explanation & { readonly sentence: Readonly<Record<Language, string>> }

export type GroupHistory = EntryPage & {
  readonly group: GroupSubject
  /** Other groups of the same name or externalId, there or gone: the same one to those who created it again. */
  readonly incarnations: readonly Incarnation[]
}

export type PersonHistory = EntryPage & { readonly person: HistoryPerson }

/** A time, in milliseconds since the epoch, or the moment after a change. */
export type Moment = number | { readonly position: number }

export interface MembersAt {
  readonly group: GroupSubject
  readonly count: number
  /** All members of the moment, named as they are now, in pieces. */
  readonly pieces: AsyncIterable<readonly HistoryPerson[]>
  /** Some of them: `limit`, after the first `start`. */
  page(start: number, limit: number): Promise<readonly HistoryPerson[]>
}

export interface RestorePreview {
  readonly group: GroupSubject
  /** The group's version that the preview is of. */
  readonly version: number
  readonly added: { readonly count: number; readonly people: readonly HistoryPerson[] }
  readonly removed: { readonly count: number; readonly people: readonly HistoryPerson[] }
  /** Members of then behind whose ids nobody stands any more: they are not added. */
  readonly missing: { readonly count: number; readonly people: readonly HistoryPerson[] }
  /** The provider whose next push would win over what is restored, `other` where it is not known; null where none has the group. */
  readonly pushedBy: Provider | null
  /** What {@link History.restore} confirms with. */
  readonly key: string
}

/**
 * What happened, why, and the way back. Groups are named by id or name, also those that are gone; people by id, former id
 * or userName. What cannot be found is refused with `HistoryRefused`.
 */
export interface History {
  /** Why a person has access by a group or has not; for whatever is unknown too. */
  explain(workspace: string, person: string, group: string): Promise<Explained>
  /** The newest first; `next` asks for the page after. */
  ofGroup(workspace: string, group: string, query?: PageQuery): Promise<GroupHistory>
  ofPerson(workspace: string, person: string, query?: PageQuery): Promise<PersonHistory>
  /** Everybody whom an entry is about; it is named by its position. */
  people(
    workspace: string,
    position: number,
    query?: PageQuery,
  ): Promise<{ people: readonly HistoryPerson[]; next: number | undefined }>
  /** The members of a group at any earlier moment. */
  membersAt(workspace: string, group: string, moment: Moment): Promise<MembersAt>
  /** What {@link restore} would do; names the first `limit` people of each kind. */
  previewRestore(
    workspace: string,
    group: string,
    at: number,
    query?: { readonly limit?: number },
  ): Promise<RestorePreview>
  /** Brings back the members of a moment as one delta; the group's name stays. A key that fits no more is refused. */
  restore(
    workspace: string,
    group: string,
    at: number,
    options: { readonly confirm: string; readonly admin: string },
  ): Promise<Restored>
  /**
   * Replaces a person's names everywhere, in the store's files too, and takes the person out of all groups; `by` is the
   * admin's name. The id alone stays. All or nothing: a call that was stopped may be repeated.
   */
  erase(workspace: string, person: string, options: { readonly by: string }): Promise<Erased>
}

/** People of one piece, and those that a preview names unless told otherwise. */
const PIECE = 1_000
const PREVIEWED = 100

/** `flush` writes the activity that is still gathered in memory, before names are taken out of it. */
export function historyOf(context: Context, flush: () => Promise<void>): History {
  const { store } = context
  const groupOf = async (workspace: WorkspaceRow, name: string): Promise<GroupSubject> => {
    const group = await findGroup(store, workspace.key, textOf('A group', name))
    if (!group) throw unknownGroup(name)
    return group
  }
  return {
    explain: async (slug, person, group) => {
      const explanation = await explain(
        store,
        await existingWorkspace(context, slug),
        textOf('A person', person),
        textOf('A group', group),
      )
      const sentence = { en: sentenceOf(explanation, 'en'), de: sentenceOf(explanation, 'de') }
      return { ...explanation, sentence }
    },
    ofGroup: async (slug, name, query) => {
      const workspace = await existingWorkspace(context, slug)
      const group = await groupOf(workspace, name)
      const incarnations = await incarnationsOf(store, workspace.key, group)
      return { group, incarnations, ...(await groupEntries(store, workspace.key, group.key, pageOf(query))) }
    },
    ofPerson: async (slug, name, query) => {
      const { key } = await existingWorkspace(context, slug)
      const row = await findPerson(store, key, textOf('A person', name))
      if (!row) throw unknownPerson(name)
      const person = { id: row.id, displayName: row.shown_name }
      return { person, ...(await personEntries(store, key, row.key, pageOf(query))) }
    },
    people: async (slug, position, query) =>
      changePeople(store, (await existingWorkspace(context, slug)).key, keyOf(position), pageOf(query)),
    membersAt: async (slug, name, moment) => {
      const workspace = await existingWorkspace(context, slug)
      const group = await groupOf(workspace, name)
      const until =
        typeof moment === 'object' && moment !== null
          ? keyOf(moment.position)
          : await lastChangeAt(store, workspace.key, group.key, timeOf(moment))
      const members = await membersAfter(store, workspace.key, group, until)
      return {
        group,
        count: members.length,
        pieces: inShownPieces(context, workspace.key, members),
        page: (start, limit) => shownPeople(store, workspace.key, members.slice(start, start + limitOf(limit, PIECE))),
      }
    },
    previewRestore: async (slug, name, at, query = {}) => {
      const limit = limitOf(query.limit, PREVIEWED)
      const workspace = await existingWorkspace(context, slug)
      const group = await groupOf(workspace, name)
      const plan = await planRestore(store, workspace.key, group, timeOf(at))
      const shown = async (keys: readonly number[]) => ({
        count: keys.length,
        people: await shownPeople(store, workspace.key, keys.slice(0, limit)),
      })
      const [added, removed, missing] = [await shown(plan.added), await shown(plan.removed), await shown(plan.missing)]
      const provider = await pushedBy(store, workspace.key, plan.group)
      return { group, version: plan.group.version, added, removed, missing, pushedBy: provider, key: plan.key }
    },
    restore: async (slug, name, at, { confirm, admin }) => {
      const workspace = await existingWorkspace(context, slug)
      const group = await groupOf(workspace, name)
      return restore(context, adminCall(context, workspace, admin), group, timeOf(at), confirm)
    },
    erase: async (slug, person, { by }) => {
      const workspace = await existingWorkspace(context, slug)
      await flush()
      return erasePerson(context, adminCall(context, workspace, by), textOf('A person', person))
    },
  }
}

/** Refuses what is no page. */
function pageOf({ after, limit }: PageQuery = {}): PageQuery {
  return {
    after: after === undefined ? undefined : keyOf(after),
    limit: limit === undefined ? undefined : limitOf(limit, PIECE),
  }
}

async function* inShownPieces(
  { store }: Context,
  workspace: number,
  members: readonly number[],
): AsyncGenerator<readonly HistoryPerson[]> {
  for (let start = 0; start < members.length; start += PIECE) {
    yield await shownPeople(store, workspace, members.slice(start, start + PIECE))
    await breathe()
  }
}

function adminCall(context: Context, workspace: WorkspaceRow, admin: string): Call {
  return { workspace, actor: { kind: 'admin', label: admin }, request: null, at: context.clock() }
}
