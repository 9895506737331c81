import { userInfo } from 'node:os'

/** How history names whoever types a command. */
export function whoTypes(): string {
  try {
    return `command line (${userInfo().username})`
  } catch {
    // A container's user may have no name.
    return 'command line'
  }
}
