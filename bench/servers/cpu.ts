/** Microseconds of processor time that this process has used: steadier than the clock on a shared machine. */
export function cpu(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}
