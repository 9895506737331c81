import { Fault } from '../cli/fault.ts'
import type { Config } from '../config.ts'

/** Why a service cannot listen where it was told to; any other error as it is. */
export function explainListening(error: unknown, { host, port }: Config): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException
  // Of several processes it is the primary one that listens, and `bind` that fails.
  if (syscall === undefined || !/^(listen|bind|getaddrinfo)$/.test(syscall)) return error
  if (code === 'EADDRINUSE') {
    const problem = `Port ${port} on ${host} is in use by another program, perhaps by this service already.`
    return new Fault(
      problem,
      `Choose another with --port ${port < 65_535 ? port + 1 : 4000}, or --port 0 for any free one.`,
    )
  }
  if (code === 'EACCES') {
    return new Fault(`This user may not listen on port ${port}.`, 'Choose one above 1023, such as --port 4000.')
  }
  const problem = `${host} is no address of this machine that can be listened on (${code}).`
  return new Fault(problem, 'Use --host 127.0.0.1, or --host 0.0.0.0 for every address of this machine.')
}
