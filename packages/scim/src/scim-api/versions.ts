import type { Precondition } from '../provisioning/precondition.ts'

export function etag(version: number): string {
  return `W/"${version}"`
}

/** Reads `If-Match` or `If-None-Match` (RFC 9110 §13.1); weak comparison. What is no version of ours matches nothing. */
export function readVersions(header: string | undefined): Precondition {
  if (header === undefined || header.trim() === '') return undefined
  if (header.trim() === '*') return '*'
  return header.split(',').flatMap((tag) => {
    const version = /^\s*(?:W\/)?"?(\d{1,15})"?\s*$/.exec(tag)?.[1]
    return version === undefined ? [] : [Number(version)]
  })
}

/** Whether the client has this version already (304). */
export function isKnown(ifNoneMatch: string | undefined, version: number): boolean {
  const versions = readVersions(ifNoneMatch)
  return versions === '*' || (versions?.includes(version) ?? false)
}
