/** A number with the word for one or for several; both languages of the panel tell these two apart. */
export function many(count: number, one: string, several: string): string {
  return `${count} ${count === 1 ? one : several}`
}
