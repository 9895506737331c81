import { SingleBar } from 'cli-progress'

/** How far a long piece of work is. */
export interface Progress {
  at(done: number): void
  done(): void
}

const SILENT: Progress = { at: () => {}, done: () => {} }

/** A bar on a terminal; nothing where nobody watches. */
export function showProgress(what: string, total: number): Progress {
  if (!process.stderr.isTTY) return SILENT
  const bar = new SingleBar({
    format: `${what} [{bar}] {value} of {total}`,
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
    barCompleteChar: '█',
    barIncompleteChar: '░',
  })
  bar.start(total, 0)
  return { at: (done) => bar.update(done), done: () => bar.stop() }
}
