import { sql } from 'kysely'
import type { SignInDatabase } from './database.ts'
import { type Invitation, type Invitations, invitationUrl } from './invitations.ts'
import type { Role, Roles, WorkspaceMark } from './roles.ts'

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

/** better-auth's part in removing somebody. */
export interface Accounts {
  remove(user: string): Promise<void>
}

export interface NewAdmin {
  readonly email: string
  readonly name?: string | undefined
}

/** Who signs in. A workspace stands for its admins, and null for operators. */
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

  /** Operators, or the admins of a workspace, of whom nothing is said but that. */
  async list(workspace: WorkspaceMark | null): Promise<Admin[]> {
    const all = await this.all()
    if (workspace === null) return all.filter(({ role }) => role === 'operator')
    const { slug } = workspace
    return all
      .filter(({ role, workspaces }) => role === 'workspace_admin' && workspaces.includes(slug))
      .map((admin) => ({ ...admin, workspaces: [slug] }))
  }

  /** Everybody, those who are invited last. */
  async all(now = Date.now()): Promise<Admin[]> {
    const accounts = await this.#accountsInDatabase()
    const active = await Promise.all(accounts.map((account) => this.#active(account)))
    const invited = (await this.#invitations.list()).map((invitation) => invitedAdmin(invitation, now))
    return [...active, ...invited]
  }

  /** Answers the address of a link to be handed over; null for whoever can sign in already. */
  async invite(
    workspaces: readonly WorkspaceMark[] | null,
    { email: given, name }: NewAdmin,
    by: string,
    now = Date.now(),
  ): Promise<{ readonly admin: Admin; readonly url: string | null }> {
    const email = given.trim().toLowerCase()
    const role: Role = workspaces === null ? 'operator' : 'workspace_admin'
    const known = (await this.all(now)).find((admin) => admin.state === 'active' && admin.email === email)
    if (known === undefined) {
      const powers = { role, workspaces: workspaces ?? [] }
      const { invitation, secret } = await this.#invitations.make({ ...powers, email, name: name ?? null }, by, now)
      return { admin: invitedAdmin(invitation, now), url: invitationUrl(this.#publicUrl, secret) }
    }
    if (known.role === 'operator') throw new AdminsRefused(`${email} is an operator already, who has all workspaces.`)
    if (workspaces?.every(({ slug }) => known.workspaces.includes(slug)))
      throw new AdminsRefused(`${email} is an admin there already.`)
    await this.#roles.give(known.id, { role, workspaces: workspaces ?? [] }, now)
    const admin = (await this.all(now)).find(({ id }) => id === known.id)
    return { admin: admin ?? known, url: null }
  }

  /** Takes a workspace, or null for everything, from an account or an invitation; answers whether there was one. */
  async remove(workspace: WorkspaceMark | null, id: string): Promise<boolean> {
    const invitation = (await this.#invitations.list()).find((one) => one.id === id)
    if (invitation !== undefined) return this.#removeInvitation(workspace, invitation)
    if (workspace === null) {
      const powers = await this.#roles.of(id)
      return powers?.role === 'operator' ? this.removeAccount(id) : false
    }
    const outcome = await this.#roles.takeWorkspace(id, workspace.slug)
    if (outcome === 'last') await this.#accounts.remove(id)
    return outcome !== 'none'
  }

  /** Removes an account whatever its role is; its sessions end at once. */
  async removeAccount(id: string): Promise<boolean> {
    const outcome = await this.#roles.takeAll(id)
    if (outcome === 'last_operator')
      throw new AdminsRefused('This is the last operator: invite another before, or nobody could sign in any more.')
    if (outcome === 'gone') await this.#accounts.remove(id)
    return outcome === 'gone'
  }

  #removeInvitation(workspace: WorkspaceMark | null, invitation: Invitation): Promise<boolean> | boolean {
    const isOperator = invitation.role === 'operator'
    if (workspace === null) return isOperator ? this.#invitations.remove(invitation.id) : false
    return isOperator ? false : this.#invitations.withoutWorkspace(invitation, workspace.slug)
  }

  async #active(account: Account): Promise<Admin> {
    const { id, email, name, role, two_factor, created_at, last_sign_in_at } = account
    const powers = role === 'operator' ? undefined : await this.#roles.of(id)
    return {
      id,
      email,
      name: name === '' ? null : name,
      role,
      workspaces: powers?.workspaces.map(({ slug }) => slug) ?? [],
      state: 'active',
      twoFactor: two_factor === true || two_factor === 1,
      createdAt: Number(created_at),
      lastSignInAt: last_sign_in_at === null ? null : Number(last_sign_in_at),
    }
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
