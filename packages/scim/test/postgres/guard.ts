import { spawn } from 'node:child_process'
import { once } from 'node:events'

/**
 * A shell that does nothing but wait for the end of its input, and then takes the server and its folder away. The
 * input is a pipe from this process, and the kernel closes it however this process ends, SIGKILL included; so neither a
 * handler that was not called nor a crash leaves a server behind. It asks who has the number in `postmaster.pid`, as a
 * killed server leaves the file and the number may be another's by now. It waits no longer than ten seconds, as a process
 * that nobody reaps, in a container without an init, never goes. A server that it missed ends by itself: PostgreSQL looks
 * for its `postmaster.pid` once a minute.
 */
const SCRIPT = `
cat > /dev/null
pid=$(head -n 1 "$1/data/postmaster.pid" 2> /dev/null)
name=$(cat "/proc/$pid/comm" 2> /dev/null || ps -o comm= -p "$pid")
case "$name" in *postgres*)
  kill -CONT "$pid"
  kill -QUIT "$pid"
  waits=0
  while [ $waits -lt 100 ] && kill -0 "$pid"; do sleep 0.1; waits=$((waits + 1)); done
esac
for again in 1 2 3 4 5; do rm -rf "$1" && break; sleep 0.2; done
`

/** Lets the guard go: it takes away what is left, and is awaited. */
export type Guard = () => Promise<void>

export function guard(scratch: string): Guard {
  // A session of its own: what a terminal or a runner sends to the whole group must not reach it before its work is done.
  const shell = spawn('/bin/sh', ['-c', SCRIPT, 'guard', scratch], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  const ended = once(shell, 'exit')
  shell.unref()
  ;(shell.stdin as unknown as { unref(): void }).unref()
  return async () => {
    shell.ref()
    shell.stdin.end()
    await ended
  }
}
