/** A store cannot be copied, and nothing was; the message says why. */
export class CopyRefused extends Error {
  override readonly name = 'CopyRefused'
  readonly code:
    | 'source_missing'
    | 'source_outdated'
    | 'source_changing'
    | 'target_outdated'
    | 'target_used'
    | 'positions_collide'
    | 'copy_differs'

  constructor(code: CopyRefused['code'], message: string) {
    super(message)
    this.code = code
  }
}
