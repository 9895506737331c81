import { PROVIDERS, type Provider } from './api/types.ts'

/** What each page keeps in its address. Whatever is not known there is left out. */

type Given = Record<string, unknown>

export interface Found {
  readonly search?: string
  readonly after?: string
}

export interface SignIn {
  readonly next?: string
  /** Comes back from a sign-in elsewhere that failed. */
  readonly error?: string
  /** An invitation was, with an account that was there before. */
  readonly accepted?: true
}

export function signIn(given: Given): SignIn {
  return clean({ next: text(given.next), error: text(given.error), accepted: given.accepted === true || undefined })
}

export function found(given: Given): Found {
  return clean({ search: text(given.search), after: text(given.after) })
}

export const HEALTH_STATES = ['failing', 'silent', 'waiting', 'healthy', 'off'] as const

export function workspaces(given: Given): Found & { readonly state?: (typeof HEALTH_STATES)[number] } {
  return clean({ ...found(given), state: oneOf(HEALTH_STATES, given.state) })
}

/** The page of what is held. */
export function overview(given: Given): { readonly after?: string } {
  return clean({ after: text(given.after) })
}

export function connect(given: Given): { readonly provider?: Provider } {
  return clean({ provider: oneOf(PROVIDERS, given.provider) })
}

/** The two tokens of a rotation that is under way. */
export function tokens(given: Given): { readonly rotating?: string; readonly to?: string } {
  return clean({ rotating: text(given.rotating), to: text(given.to) })
}

export const GROUP_TABS = ['members', 'history', 'scim'] as const

export function group(given: Given): Found & { readonly tab?: (typeof GROUP_TABS)[number] } {
  return clean({ ...found(given), tab: oneOf(GROUP_TABS, given.tab) })
}

export const PEOPLE_STATES = ['account', 'suspended', 'pending'] as const

export function people(given: Given): Found & { readonly state?: (typeof PEOPLE_STATES)[number] } {
  return clean({ ...found(given), state: oneOf(PEOPLE_STATES, given.state) })
}

export const PERSON_TABS = ['access', 'record', 'history'] as const

export function person(given: Given): {
  readonly tab?: (typeof PERSON_TABS)[number]
  readonly why?: string
  readonly after?: string
} {
  return clean({ tab: oneOf(PERSON_TABS, given.tab), why: text(given.why), after: text(given.after) })
}

export const OUTCOMES = ['ok', 'failed'] as const
export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

export interface ActivityFilter {
  readonly outcome?: (typeof OUTCOMES)[number]
  readonly method?: (typeof METHODS)[number]
  readonly token?: string
  readonly person?: string
  readonly group?: string
  /** The code of an error. */
  readonly problem?: string
  /** Local times as `datetime-local` writes them. */
  readonly from?: string
  readonly to?: string
  readonly after?: string
}

export function activity(given: Given): ActivityFilter {
  return clean({
    outcome: oneOf(OUTCOMES, given.outcome),
    method: oneOf(METHODS, given.method),
    token: text(given.token),
    person: text(given.person),
    group: text(given.group),
    problem: text(given.problem),
    from: text(given.from),
    to: text(given.to),
    after: text(given.after),
  })
}

export const SETTINGS_TABS = ['general', 'guard', 'admins', 'keys', 'audit'] as const

export interface Audited {
  /** The audit trail shows reads too. */
  readonly reads?: true
  readonly after?: string
}

export function settings(given: Given): Audited & { readonly tab?: (typeof SETTINGS_TABS)[number] } {
  return clean({ tab: oneOf(SETTINGS_TABS, given.tab), ...audited(given) })
}

export const SERVICE_TABS = ['admins', 'keys', 'audit'] as const

export function serviceSettings(given: Given): Audited & { readonly tab?: (typeof SERVICE_TABS)[number] } {
  return clean({ tab: oneOf(SERVICE_TABS, given.tab), ...audited(given) })
}

function audited(given: Given): Audited {
  return clean({ reads: given.reads === true || undefined, after: text(given.after) })
}

function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

function oneOf<T extends string>(known: readonly T[], value: unknown): T | undefined {
  return known.find((one) => one === value)
}

type Clean<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> }

function clean<T extends object>(values: T): Clean<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Clean<T>
}
