/** How a PostgreSQL store is laid out. */
export interface Distribution {
  /** `partial`: some tables are distributed by workspace, and others, such as those of a newer step, are not. */
  readonly layout: 'plain' | 'distributed' | 'partial'
  /** Those that are not, without their prefix, where the store is not plain. */
  readonly missing: readonly string[]
}

/** A store cannot be distributed; the message says why, and its last sentence what to do. */
export class DistributionRefused extends Error {
  override readonly name = 'DistributionRefused'
  readonly code: 'not_postgres' | 'citus_missing'

  constructor(code: DistributionRefused['code'], message: string) {
    super(message)
    this.code = code
  }
}
