/** A setup link, or its session, opens nothing; the message says why. */
export class SetupRefused extends Error {
  override readonly name = 'SetupRefused'
  readonly code: 'unknown' | 'revoked' | 'expired' | 'claimed'
  /** Which link it was, and its workspace's slug, where a claim's secret was that of one. */
  readonly link: { readonly id: string; readonly workspace: string } | null

  constructor(code: SetupRefused['code'], link: SetupRefused['link'] = null) {
    super(REASONS[code])
    this.code = code
    this.link = link
  }
}

const REASONS: Readonly<Record<SetupRefused['code'], string>> = {
  unknown: 'This setup link is not known here. Copy the whole link again, or ask for a new one.',
  revoked: 'This setup link was revoked. Ask for a new one.',
  expired: 'This setup link has expired. Ask for a new one.',
  claimed: 'This setup link has been opened in another browser already. Ask for a new one.',
}
