/** What a request was to do, and to what. */
export type Attempt = 'read' | 'search' | 'create' | 'change' | 'delete' | 'other'
export type Kind = 'group' | 'user'

/** The words in which an entry of the activity is told. */
export interface ActivityWords {
  readonly locale: string
  /** Of a token that is not there any more. */
  readonly gone: string
  /** A refusal: who, what was to be done, and why not; without a reason where none is kept. */
  refused(who: string, attempt: string, reason: string): string
  /** Why, where only the status is known. */
  answered(status: number): string
  readonly one: Readonly<Record<Kind, string>>
  readonly several: Readonly<Record<Kind, string>>
  readonly couldNot: Readonly<Record<Attempt, (what: string) => string>>
  lookedUp(filter: string, found: string): string
  /** Without a filter. */
  listed(found: string): string
  readonly read: string
  readOf(target: string): string
  readonly nothing: string
  readonly created: string
  readonly deleted: string
  renamed(from: string, to: string): string
  externalId(to: string | null): string
  added(count: string, one: boolean): string
  removed(count: string, one: boolean): string
  readonly suspended: string
  readonly resumed: string
  wrote(attributes: string): string
}

/** In English. */
export const ENGLISH: ActivityWords = {
  locale: 'en',
  gone: 'a token that is gone',
  refused: (who, attempt, reason) => `${who} ${attempt}: ${reason}`,
  answered: (status) => `answered with ${status}`,
  one: { group: 'the group', user: 'the user' },
  several: { group: 'groups', user: 'users' },
  couldNot: {
    read: (what) => `could not read ${what}`,
    search: (what) => `could not look up ${what}`,
    create: (what) => `could not create ${what}`,
    change: (what) => `could not change ${what}`,
    delete: (what) => `could not delete ${what}`,
    other: (what) => `asked in vain for ${what}`,
  },
  lookedUp: (filter, found) => `looked up ${filter}, found ${found}`,
  listed: (found) => `looked up all, found ${found}`,
  read: 'read',
  readOf: (target) => `read ${target}`,
  nothing: 'nothing to change',
  created: 'created',
  deleted: 'deleted',
  renamed: (from, to) => `renamed from "${from}" to "${to}"`,
  externalId: (to) => `externalId ${to ?? 'cleared'}`,
  added: (count, one) => `${count} member${one ? '' : 's'} added`,
  removed: (count, one) => `${count} member${one ? '' : 's'} removed`,
  suspended: 'suspended',
  resumed: 'active again',
  wrote: (attributes) => `wrote ${attributes}`,
}
