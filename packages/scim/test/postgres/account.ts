import { chownSync, readFileSync } from 'node:fs'

/** Whom the server runs as. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

/** initdb and postgres refuse root, so root gives them to whoever of these two has a line in /etc/passwd. */
export function unprivileged(
  uid: number | undefined = process.getuid?.(),
  passwd: () => string = () => readFileSync('/etc/passwd', 'utf8'),
): Account | undefined {
  if (uid !== 0) return undefined
  const accounts = new Map(
    passwd()
      .split('\n')
      .map((line) => line.split(':'))
      .map(([name = '', , user, group]) => [name, { uid: id(user), gid: id(group) }]),
  )
  const account = accounts.get('postgres') ?? accounts.get('nobody')
  if (account === undefined || account.uid === 0) {
    throw new Error('PostgreSQL does not run as root, and /etc/passwd names neither "postgres" nor "nobody".')
  }
  return account
}

export function giveTo(account: Account | undefined, path: string): void {
  if (account !== undefined) chownSync(path, account.uid, account.gid)
}

/** macOS writes -2 for nobody. */
function id(text = ''): number {
  return Number(text) >>> 0
}
