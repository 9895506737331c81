export interface Row {
  readonly userName: string
  readonly displayName?: string
  readonly emails: readonly { readonly value: string; readonly verified: boolean }[]
}

const NAMED = /^(.*?)\s*<([^<>\s]+)>$/

/** People as they are pasted, one a line: `ana@example.com`, or `Ana Lima <ana@example.com>` as mail programs write them. */
export function rowsOf(text: string): Row[] {
  return text
    .split(/[\n;]+/)
    .map((line) => line.trim().replace(/,$/, ''))
    .filter((line) => line !== '')
    .map(rowOf)
}

function rowOf(line: string): Row {
  const [, name = '', address = line] = NAMED.exec(line) ?? []
  const displayName = name.replace(/^"|"$/g, '').trim()
  const emails = address.includes('@') ? [{ value: address, verified: true }] : []
  return { userName: address, ...(displayName !== '' && { displayName }), emails }
}
