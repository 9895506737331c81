/** A moment as `<input type="datetime-local">` has it: in the browser's time zone, to the second. */
export function toLocal(at: string): string {
  const date = new Date(at)
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19)
}

/** The moment that such an input names; nothing while it is incomplete. */
export function fromLocal(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined
  const date = new Date(text)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}
