/**
 * Who pastes a secret where an id or a name belongs means what it is of, and must not see it repeated: its public id.
 * A setup link may be pasted as its whole address.
 */
export function referenceIn(given: string): string {
  return /opt_(?:scim|key|setup)_([0-9A-Za-z]+)_/.exec(given)?.[1] ?? given
}
