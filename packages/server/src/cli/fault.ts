/** What ends a command: the problem and the next step, both in whole sentences, for the person who typed it. */
export class Fault extends Error {
  override readonly name = 'Fault'
  readonly next: string
  /** 1: it failed; 2: it was asked for in a way that cannot be. */
  readonly exitCode: 1 | 2
  /** What is behind it, one thing a line, such as the bad lines of a file. */
  readonly details: readonly string[]

  constructor(problem: string, next: string, exitCode: 1 | 2 = 1, details: readonly string[] = []) {
    super(problem)
    this.next = next
    this.exitCode = exitCode
    this.details = details
  }
}

/** A fault in what was typed. */
export function misused(problem: string, next: string): Fault {
  return new Fault(problem, next, 2)
}
