/** `2026-01-31T12:00Z`: UTC, to the minute. */
export function minuteOf(milliseconds: number | null): string {
  return milliseconds === null ? '–' : `${new Date(milliseconds).toISOString().slice(0, 16)}Z`
}

/** `2026-01-31T12:00:05Z`: UTC, to the second. */
export function secondOf(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`
}

/** `1 group`, `3 groups`, `1,200 people`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`
}

/** Text from elsewhere without what would move the cursor, start a line or turn the direction of writing. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, '�')
}

/** What a library object is in JSON for scripts: moments, kept under names such as `createdAt`, become dateTimes. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (key, item: unknown) =>
    typeof item === 'number' && /^(at|since|until)$|At$/.test(key) ? new Date(item).toISOString() : item,
  )
}
