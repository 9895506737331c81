import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { SignInDatabase } from './database.ts'
import { isWithin, type Powers, type Role, type WorkspaceMark } from './roles.ts'

const HOUR = 3_600_000
/** How long a link waits for who was invited. */
export const INVITATION_LIFETIME = 7 * 24 * HOUR
/** The first operator's link lies in a file or on a screen, so it lives shortly. */
export const FIRST_OPERATOR_LIFETIME = 24 * HOUR

/** Who invites where nobody can yet. */
const FIRST = 'first operator'

/** A link that was made, without its secret: of that only a digest is stored. */
export interface Invitation extends Powers {
  readonly id: string
  /** Absent of the first operator, who says it. */
  readonly email: string | null
  readonly name: string | null
  readonly createdAt: number
  readonly expiresAt: number
}

interface Row {
  readonly id: string
  readonly email: string | null
  readonly name: string | null
  readonly role: Role
  readonly workspaces: string
  readonly created_at: unknown
  readonly expires_at: unknown
}

const COLUMNS = sql`id, email, name, role, workspaces, created_at, expires_at`

/** Links by which people get an account; there is no other way to one. */
export class Invitations {
  readonly #database: SignInDatabase

  constructor(database: SignInDatabase) {
    this.#database = database
  }

  /**
   * Answers the secret of the link, 256 bits, shown this once. It offers what was asked for and never more: whoever invites may
   * know nothing of other invitations of the address. Those end that offer no more than this one.
   */
  async make(
    { email, name, role, workspaces }: Powers & { readonly email: string; readonly name: string | null },
    by: string,
    now: number,
  ): Promise<{ readonly invitation: Invitation; readonly secret: string }> {
    const powers = { role, workspaces }
    const ending = (await this.list()).filter((other) => other.email === email && isWithin(other, powers))
    const made = await this.#insert({ ...powers, email, name }, by, now, INVITATION_LIFETIME)
    for (const { id } of ending) await this.remove(id)
    return made
  }

  /** The first operator's; those made before it end. */
  async makeFirst(now: number): Promise<string> {
    const { kysely, table } = this.#database
    await sql`delete from ${table('invitations')} where invited_by = ${FIRST} and used_at is null`.execute(kysely)
    const powers = { role: 'operator', workspaces: [], email: null, name: null } as const
    return (await this.#insert(powers, FIRST, now, FIRST_OPERATOR_LIFETIME)).secret
  }

  /** The invitation behind a secret, where it can still be used. */
  async find(secret: string, now: number): Promise<Invitation | undefined> {
    const { kysely, table } = this.#database
    const { rows } = await sql<Row>`select ${COLUMNS} from ${table('invitations')}
      where digest = ${digestOf(secret)} and used_at is null and expires_at > ${now} and ${this.#counts()}`.execute(
      kysely,
    )
    return rows[0] && toInvitation(rows[0])
  }

  /** Uses it up, and answers it as it is by now; of several at once one succeeds. */
  async use(id: string, now: number): Promise<Invitation | undefined> {
    const { kysely, table } = this.#database
    const { rows } = await sql<Row>`update ${table('invitations')} set used_at = ${now}
      where id = ${id} and used_at is null and expires_at > ${now} and ${this.#counts()}
      returning ${COLUMNS}`.execute(kysely)
    return rows[0] && toInvitation(rows[0])
  }

  /** The first operator's link counts only while there is none: it would make a second, whoever has found it since. */
  #counts() {
    const { table } = this.#database
    return sql`(email is not null or not exists (select 1 from ${table('admins')} where role = 'operator'))`
  }

  /** Takes its use back, where it came to nothing. */
  async restore(id: string): Promise<void> {
    const { kysely, table } = this.#database
    await sql`update ${table('invitations')} set used_at = null where id = ${id}`.execute(kysely)
  }

  /** Those that nobody has used, but the first operator's; also expired ones, until they are removed. */
  async list(): Promise<Invitation[]> {
    const { kysely, table } = this.#database
    const { rows } = await sql<Row>`select ${COLUMNS} from ${table('invitations')}
      where used_at is null and email is not null order by created_at, id`.execute(kysely)
    return rows.map(toInvitation)
  }

  async remove(id: string): Promise<boolean> {
    const { kysely, table } = this.#database
    const { numAffectedRows } = await sql`delete from ${table('invitations')}
      where id = ${id} and used_at is null`.execute(kysely)
    return numAffectedRows === 1n
  }

  /** What is left of an invitation that named a workspace which it shall name no more. */
  async withoutWorkspace({ id, role, workspaces }: Invitation, slug: string): Promise<boolean> {
    const left = workspaces.filter((workspace) => workspace.slug !== slug)
    if (left.length === workspaces.length) return false
    if (left.length === 0 && role !== 'operator') return this.remove(id)
    const { kysely, table } = this.#database
    await sql`update ${table('invitations')} set workspaces = ${JSON.stringify(left)} where id = ${id}`.execute(kysely)
    return true
  }

  async #insert(
    { email, name, role, workspaces }: Powers & { readonly email: string | null; readonly name: string | null },
    by: string,
    now: number,
    lifetime: number,
  ): Promise<{ readonly invitation: Invitation; readonly secret: string }> {
    const { kysely, table } = this.#database
    const secret = randomBytes(32).toString('base64url')
    const id = randomUUID()
    const expiresAt = now + lifetime
    await sql`insert into ${table('invitations')}
      (id, email, name, role, workspaces, digest, invited_by, created_at, expires_at)
      values (${id}, ${email}, ${name}, ${role}, ${JSON.stringify(workspaces)}, ${digestOf(secret)}, ${by}, ${now}, ${expiresAt})`.execute(
      kysely,
    )
    return { invitation: { id, email, name, role, workspaces, createdAt: now, expiresAt }, secret }
  }
}

/** Where a link leads; the secret stands behind the `#`, which browsers send to nobody. */
export function invitationUrl(publicUrl: string, secret: string): string {
  return `${publicUrl.replace(/\/+$/, '')}/invite#${secret}`
}

function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

function toInvitation({ id, email, name, role, workspaces, created_at, expires_at }: Row): Invitation {
  const marks = JSON.parse(workspaces) as WorkspaceMark[]
  return { id, email, name, role, workspaces: marks, createdAt: Number(created_at), expiresAt: Number(expires_at) }
}
