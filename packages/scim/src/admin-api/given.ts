export type Given<T> = { [K in keyof T]: Exclude<T[K], undefined> }

/** What was sent, without what was not: absent and undefined are the same in JSON, and not in what the library takes. */
export function given<T extends object>(sent: T): Given<T> {
  return Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined)) as Given<T>
}
