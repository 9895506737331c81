/** What the browser remembers between visits; one that refuses to is no reason to fail. */
export function recall(name: string): string | null {
  try {
    return localStorage.getItem(`optimaite.${name}`)
  } catch {
    return null
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(`optimaite.${name}`, value)
  } catch {
    // The choice holds for this visit.
  }
}
