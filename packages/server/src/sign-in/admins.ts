import { sql } from 'kysely'
import type { SignInDatabase } from './database.ts'
import { type Invitation, type Invitations, invitationUrl } from './invitations.ts'
import { isAmong, type Role, type Roles, type WorkspaceMark } from './roles.ts'

/** Somebody who signs in, or is invited to. */
export interface Admin {
  readonly id: string
  readonly email: string
  readonly name: string | null
  readonly role: Role
  /** Slugs; an operator's list is empty, and means all. */
  readonly workspaces: string[]
  readonly state: 'active' | 'invited' | 'expired'
  readonly twoFactor: boolean
  readonly createdAt: number
  readonly lastSignInAt: number | null
}

/** An admin cannot be invited or removed; the message says why. */
export class AdminsRefused extends Error {
  override readonly name = 'AdminsRefused'
  readonly code: 'operator' | 'admin' | 'last_operator'
  /** Whose, where it is about an address. */
  readonly email: string

  constructor(code: AdminsRefused['code'], message: string, email = '') {
    super(message)
    this.code = code
    this.email = email
  }
}

interface Account {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly two_factor: unknown
  readonly created_at: unknown
  readonly last_sign_in_at: unknown
}

interface Entry {
  readonly admin: Admin
  readonly marks: readonly WorkspaceMark[]
}

/** better-auth's part in removing somebody. */
export interface Accounts {
  remove(user: string): Promise<void>
}

export interface NewAdmin {
  readonly email: string
  readonly name?: string | undefined
}

/** Who signs in. */
export class Admins {
  readonly #database: SignInDatabase
  readonly #roles: Roles
  readonly #invitations: Invitations
  readonly #accounts: Accounts
  readonly #publicUrl: string

  constructor(database: SignInDatabase, roles: Roles, invitations: Invitations, accounts: Accounts, publicUrl: string) {
    this.#database = database
    this.#roles = roles
    this.#invitations = invitations
    this.#accounts = accounts
    this.#publicUrl = publicUrl
  }

  /** Everybody, or the admins of a workspace, of whom nothing is said but that. */
  async list(workspace: WorkspaceMark | null, now = Date.now()): Promise<Admin[]> {
    const all = await this.#entries(now)
    if (workspace === null) return all.map(({ admin }) => admin)
    return all
      .filter(({ admin, marks }) => admin.role === 'workspace_admin' && isAmong(workspace, marks))
      .map(({ admin }) => ({ ...admin, workspaces: [workspace.slug] }))
  }

  /**
   * Answers the address of a link to be handed over. Whoever has an account has no more by this: accounts may be others' than the
   * owner's of their address, and only the owner is given the link. Of the account nothing is answered.
   */
  async invite(
    workspaces: readonly WorkspaceMark[] | null,
    { email: given, name }: NewAdmin,
    by: string,
    now = Date.now(),
  ): Promise<{ readonly admin: Admin; readonly url: string }> {
    const email = given.trim().toLowerCase()
    const role: Role = workspaces === null ? 'operator' : 'workspace_admin'
    const found = (await this.#entries(now)).find(({ admin }) => admin.state === 'active' && admin.email === email)
    if (found?.admin.role === 'operator')
      throw new AdminsRefused('operator', `${email} is an operator already, who has all workspaces.`, email)
    if (found && workspaces?.every((workspace) => isAmong(workspace, found.marks)))
      throw new AdminsRefused('admin', `${email} is an admin there already.`, email)
    const powers = { role, workspaces: workspaces ?? [] }
    const { invitation, secret } = await this.#invitations.make({ ...powers, email, name: name ?? null }, by, now)
    return { admin: invitedAdmin(invitation, now), url: invitationUrl(this.#publicUrl, secret) }
  }

  /** Takes a workspace, or null for everything, from an account or an invitation; answers whether there was one. */
  async remove(workspace: WorkspaceMark | null, id: string): Promise<boolean> {
    const invitation = (await this.#invitations.list()).find((one) => one.id === id)
    if (invitation !== undefined) return this.#removeInvitation(workspace, invitation)
    if (workspace === null) return this.#removeAccount(id)
    const outcome = await this.#roles.takeWorkspace(id, workspace.slug)
    if (outcome === 'last') await this.#accounts.remove(id)
    return outcome !== 'none'
  }

  /** Its sessions end at once. */
  async #removeAccount(id: string): Promise<boolean> {
    const outcome = await this.#roles.takeAll(id)
    if (outcome === 'last_operator')
      throw new AdminsRefused(
        'last_operator',
        'This is the last operator: invite another before, or nobody could sign in any more.',
      )
    if (outcome === 'gone') await this.#accounts.remove(id)
    return outcome === 'gone'
  }

  #removeInvitation(workspace: WorkspaceMark | null, invitation: Invitation): Promise<boolean> | boolean {
    if (workspace === null) return this.#invitations.remove(invitation.id)
    return invitation.role === 'operator' ? false : this.#invitations.withoutWorkspace(invitation, workspace.slug)
  }

  /** Those who are invited last. */
  async #entries(now: number): Promise<Entry[]> {
    const accounts = await this.#accountsInDatabase()
    const active = await Promise.all(accounts.map((account) => this.#active(account)))
    const invitations = await this.#invitations.list()
    const invited = invitations.map((one) => ({ admin: invitedAdmin(one, now), marks: one.workspaces }))
    return [...active, ...invited]
  }

  async #active({ id, email, name, role, two_factor, created_at, last_sign_in_at }: Account): Promise<Entry> {
    const marks = role === 'operator' ? [] : ((await this.#roles.of(id))?.workspaces ?? [])
    const admin: Admin = {
      id,
      email,
      name: name === '' ? null : name,
      role,
      workspaces: marks.map(({ slug }) => slug),
      state: 'active',
      twoFactor: two_factor === true || two_factor === 1,
      createdAt: Number(created_at),
      lastSignInAt: last_sign_in_at === null ? null : Number(last_sign_in_at),
    }
    return { admin, marks }
  }

  async #accountsInDatabase(): Promise<Account[]> {
    const { kysely, table } = this.#database
    const { rows } = await sql<Account>`
      select u.id, u.email, u.name, a.role, u.${sql.id('twoFactorEnabled')} as two_factor, a.created_at, a.last_sign_in_at
      from ${table('admins')} a join ${table('users')} u on u.id = a.user_id
      order by a.created_at, u.email`.execute(kysely)
    return rows
  }
}

function invitedAdmin({ id, email, name, role, workspaces, createdAt, expiresAt }: Invitation, now: number): Admin {
  return {
    id,
    email: email ?? '',
    name,
    role,
    workspaces: workspaces.map(({ slug }) => slug),
    state: expiresAt > now ? 'invited' : 'expired',
    twoFactor: false,
    createdAt,
    lastSignInAt: null,
  }
}
