import type { Person, PersonFound } from '../library/people.ts'
import type { Reconciliation } from '../provisioning/people/reconcile.ts'
import type { Upserted } from '../provisioning/people/upsert.ts'

export function toPerson({ id, state, suspended, userName, displayName, emails }: Person) {
  return {
    ...{ id, state, suspended, userName, displayName },
    emails: emails.map(({ value, verified }) => ({ value, verified })),
  }
}

export function toDetail(person: PersonFound) {
  const { account, record, view, groups } = person
  return {
    ...toPerson(person),
    account: account && { ...account, emails: [...account.emails] },
    ...{ record, view },
    groups: groups.map(({ id, displayName }) => ({ id, displayName })),
  }
}

export function toUpserted({ ids, created, updated, unchanged }: Upserted) {
  return { ids: [...ids], added: created, changed: updated, unchanged }
}

export function toReconciliation({ key, add, change, remove, unchanged, done }: Reconciliation) {
  const named = (people: typeof add) => people.map(({ id, userName }) => ({ id: id ?? null, userName }))
  return { key, add: named(add), change: named(change), remove: named(remove), unchanged, done }
}
