import type { Command } from 'commander'
import { define, type Options } from '../cli/define.ts'
import { optionNames } from '../options.ts'

interface ServeOptions extends Options {
  readonly demo?: boolean
}

/** Adds `serve`. */
export function addServe(program: Command): void {
  define<ServeOptions>(program, {
    usage: 'serve',
    description: 'run the service',
    options: [['--demo', 'fill an empty store with a workspace to try things in']],
    settings: optionNames,
    // Metrics and logs are loaded for this command alone: the others are to be there at once.
    action: async (invocation, _, options) => (await import('../serve.ts')).serve(invocation, options),
  })
}
