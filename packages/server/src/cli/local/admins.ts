import type { Scim } from '@optimaite/scim'
import { type Config, publicUrlOf } from '../../config.ts'
import type { Admin, Admins } from '../../sign-in/admins.ts'
import type { WorkspaceMark } from '../../sign-in/roles.ts'
import { Fault } from '../fault.ts'
import { existingWorkspace, type Library } from '../library.ts'
import { PROGRAM } from '../name.ts'
import { whoTypes } from '../whoTypes.ts'
import type { Recorded } from './recorded.ts'

interface Opened {
  readonly admins: Admins
  close(): Promise<void>
}

/** The accounts beside a store, opened when they are first asked for. */
export class LocalAdmins implements Closing {
  readonly #scim: Scim
  readonly #config: Config
  readonly #recorded: Recorded
  #opened: Opened | undefined

  constructor(scim: Scim, config: Config, recorded: Recorded) {
    this.#scim = scim
    this.#config = config
    this.#recorded = recorded
  }

  async list(slug: string | null): Promise<Admin[]> {
    const mark = slug === null ? null : await this.#markOf(slug)
    return this.#with((admins) => admins.list(mark))
  }

  async invite(slugs: readonly string[] | null, admin: { readonly email: string; readonly name?: string | undefined }) {
    const [only, ...others] = slugs ?? []
    const isOfOne = only !== undefined && others.length === 0
    return this.#recorded({
      ...(isOfOne ? { action: 'inviteWorkspaceAdmin', workspace: only } : { action: 'inviteAdmin', workspace: null }),
      status: 201,
      noted: ({ admin: { id, role } }) => ({
        target: { admin: id },
        details: { role, workspaces: slugs?.join(' ') ?? 'all' },
      }),
      perform: async () => {
        const marks = slugs === null ? null : await Promise.all([...new Set(slugs)].map((slug) => this.#markOf(slug)))
        return this.#with((admins) => admins.invite(marks, admin, whoTypes()))
      },
    })
  }

  async remove(slug: string | null, id: string): Promise<void> {
    await this.#recorded({
      ...{ action: slug === null ? 'removeAdmin' : 'removeWorkspaceAdmin', workspace: slug },
      ...{ target: { admin: id }, status: 204 },
      none: (isRemoved) => !isRemoved,
      perform: async () => {
        const mark = slug === null ? null : await this.#markOf(slug)
        return this.#with((admins) => admins.remove(mark, id))
      },
    })
  }

  async close(): Promise<void> {
    await this.#opened?.close()
  }

  async #with<T>(use: (admins: Admins) => Promise<T>): Promise<T> {
    const { admins } = await this.#open()
    try {
      return await use(admins)
    } catch (error) {
      const isRefused = error instanceof Error && error.name === 'AdminsRefused'
      throw isRefused ? new Fault(error.message, `"${PROGRAM} admin list" shows who there is.`) : error
    }
  }

  async #open(): Promise<Opened> {
    if (this.#opened) return this.#opened
    // Loaded here, so that other commands need not wait for it.
    const { openSignIn } = await import('../../sign-in/signIn.ts')
    const { default: pino } = await import('pino')
    this.#opened = await openSignIn(this.#config, publicUrlOf(this.#config), this.#scim, pino({ level: 'silent' }))
    return this.#opened
  }

  async #markOf(slug: string): Promise<WorkspaceMark> {
    const { createdAt } = await existingWorkspace(this.#scim, slug)
    return { slug, createdAt }
  }
}

type Closing = Library['admins'] & { close(): Promise<void> }
