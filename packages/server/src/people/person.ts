import type { HostPerson } from '@optimaite/scim'

/** Somebody as a person on the command line, or a file, names them. */
export interface NamedPerson {
  readonly email: string
  readonly name: string
  readonly id?: string | undefined
}

/** Whoever has the command line vouches for the address: the account is found and claimed by it. */
export function personOf({ email, name, id }: NamedPerson): HostPerson {
  return {
    userName: email,
    displayName: name,
    emails: [{ value: email, verified: true, primary: true }],
    ...(id !== undefined && { id }),
  }
}
