/** The words in which an entry of the activity is told. */
export interface ActivityWords {
  readonly locale: string
  /** Of a token that is not there any more. */
  readonly gone: string
  readonly refused: string
  refusedOn(target: string): string
  readonly all: string
  lookedUp(filter: string, found: string): string
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
  refused: 'refused',
  refusedOn: (target) => `refused, on ${target}`,
  all: 'all',
  lookedUp: (filter, found) => `looked up ${filter}, found ${found}`,
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
