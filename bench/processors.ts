import { readdirSync, readFileSync } from 'node:fs'

/** Of a clock tick, which Linux counts processor time in for programs. */
const MICROSECONDS = 10_000

/**
 * Microseconds of processor time that a process and its children have used, such as PostgreSQL's postmaster and its
 * connections; undefined where the system does not say so in `/proc`.
 */
export function processorTime(parent: number | undefined): number | undefined {
  if (parent === undefined || process.platform !== 'linux') return undefined
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const used = pids.flatMap((pid) => {
    const known = statOf(pid)
    if (!known || (Number(pid) !== parent && known.parent !== parent)) return []
    // Of the parent also what children had used that have ended.
    return [known.own + (Number(pid) === parent ? known.ended : 0)]
  })
  return used.reduce((sum, ticks) => sum + ticks, 0) * MICROSECONDS
}

function statOf(pid: string): { parent: number; own: number; ended: number } | undefined {
  let text: string
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'latin1')
  } catch {
    return undefined
  }
  // The name of the program, in parentheses, may hold blanks.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  const [parent = 0, user = 0, system = 0, endedUser = 0, endedSystem = 0] = [1, 11, 12, 13, 14].map((n) => fields[n])
  return { parent, own: user + system, ended: endedUser + endedSystem }
}
