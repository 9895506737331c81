import { createHash } from 'node:crypto'
import { ScimError } from '../../base/errors.ts'
import { fold } from '../../base/fold.ts'
import { type AccountRow, accountsPage } from '../../store/accounts.ts'
import { breathe, type Reader } from '../../store/store.ts'
import type { Call, Context } from '../call.ts'
import type { AccountInput } from './account.ts'
import { decide } from './fates.ts'
import type { PreparedAccount } from './prepare.ts'
import { removeInPieces } from './remove.ts'
import { PIECE, upsertInPieces } from './upsertInPieces.ts'

/** Somebody whom a reconciliation is about; a person without an id gets one when added. */
export interface Named {
  readonly id: string | undefined
  readonly userName: string
}

/** What it takes to make the workspace's accounts those of the host. */
export interface Reconciliation {
  /** Of these rows and these accounts; what confirms the preview. */
  readonly key: string
  readonly add: readonly Named[]
  readonly change: readonly Named[]
  readonly remove: readonly Named[]
  readonly unchanged: number
  /** Whether it has been done, rather than only looked at. */
  readonly done: boolean
}

/**
 * Says what would be added, changed and removed; with the key of that answer, does it. Pending people are the provider's,
 * and stay. Nobody is removed who was not in the preview as it was there: accounts that come or change while it is being
 * done are left alone.
 */
export async function reconcileAccounts(
  context: Context,
  call: Call,
  inputs: readonly PreparedAccount[],
  confirm: string | undefined,
): Promise<Reconciliation> {
  const workspace = call.workspace.key
  const accounts = await allAccounts(context.store, workspace)
  const plan = compare(inputs, accounts)
  const leaving = new Set(plan.remove.map(({ key }) => key))
  await decide(context.store, workspace, inputs, { leaving })
  const key = keyOf(inputs, accounts)
  const answer = { ...plan, key, remove: plan.remove.map(toNamed) }
  if (confirm === undefined) return { ...answer, done: false }
  if (confirm !== key) throw new ScimError('reconcile_outdated')
  // First, so that the names of those who go are free.
  const seen = new Map(plan.remove.map((account) => [account.id, linesOf(accountOf(account))]))
  const removed = new Set(
    await removeInPieces(context, call, [...seen.keys()], (row) => seen.get(row.id) === linesOf(accountOf(row))),
  )
  await upsertInPieces(context, call, inputs)
  return { ...answer, remove: answer.remove.filter(({ id }) => removed.has(id ?? '')), done: true }
}

async function allAccounts(reader: Reader, workspace: number): Promise<AccountRow[]> {
  const accounts: AccountRow[] = []
  let page: AccountRow[]
  do {
    page = await accountsPage(reader, workspace, { after: accounts.at(-1)?.id ?? '', limit: PIECE })
    for (const account of page) accounts.push(account)
    await breathe()
  } while (page.length === PIECE)
  return accounts
}

interface Comparison {
  readonly add: readonly Named[]
  readonly change: readonly Named[]
  readonly remove: readonly AccountRow[]
  readonly unchanged: number
}

function compare(inputs: readonly AccountInput[], accounts: readonly AccountRow[]): Comparison {
  const byId = new Map(accounts.map((account) => [account.id, account]))
  const byName = new Map(accounts.map((account) => [fold(account.user_name ?? ''), account]))
  const leaving = new Set(accounts)
  const add: Named[] = []
  const change: Named[] = []
  for (const input of inputs) {
    const account = input.id === undefined ? byName.get(input.name) : byId.get(input.id)
    if (!account) {
      add.push({ id: input.id, userName: input.userName })
      continue
    }
    leaving.delete(account)
    if (linesOf(input) !== linesOf(accountOf(account))) change.push({ id: account.id, userName: input.userName })
  }
  const unchanged = inputs.length - add.length - change.length
  return { add, change, remove: [...leaving], unchanged }
}

type Said = Pick<AccountInput, 'userName' | 'displayName' | 'emails'>

function accountOf({
  user_name,
  display_name,
  emails,
}: Pick<AccountRow, 'user_name' | 'display_name' | 'emails'>): Said {
  return { userName: user_name ?? '', displayName: display_name, emails }
}

function linesOf({ userName, displayName, emails }: Said): string {
  return JSON.stringify([userName, displayName, emails])
}

function toNamed({ id, user_name }: AccountRow): Named {
  return { id, userName: user_name ?? '' }
}

/** Whatever the order of the rows. */
function keyOf(inputs: readonly AccountInput[], accounts: readonly AccountRow[]): string {
  const hash = createHash('sha256')
  const rows = inputs.map((input) => JSON.stringify([input.id ?? null, linesOf(input)]))
  for (const row of rows.sort()) hash.update(`${row}\n`)
  hash.update('\n')
  for (const account of accounts) hash.update(`${JSON.stringify([account.id, linesOf(accountOf(account))])}\n`)
  return hash.digest('base64url')
}
