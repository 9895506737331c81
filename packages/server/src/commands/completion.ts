import type { Command } from 'commander'
import { define } from '../cli/define.ts'
import { misused } from '../cli/fault.ts'
import { nearest } from '../cli/nearest.ts'
import { print, printJson, say } from '../cli/output.ts'
import { completionScript } from '../completion/script.ts'
import { SHELLS, type Shell, treeOf } from '../completion/tree.ts'

const HOW: Readonly<Record<Shell, string>> = {
  bash: 'source <(optimaite-scim completion bash)',
  zsh: 'source <(optimaite-scim completion zsh)',
  fish: 'optimaite-scim completion fish | source',
}

/** Adds `completion`. */
export function addCompletion(program: Command): void {
  define(program, {
    usage: 'completion <shell>',
    description: `print a script that completes commands and options in a shell: ${SHELLS.join(', ')}`,
    action: async ({ json }, [given = '']) => {
      const shell = shellOf(given)
      const script = completionScript(shell, treeOf(program))
      if (json) return printJson({ shell, script })
      print(script)
      // Where a person reads it, rather than a shell.
      if (process.stdout.isTTY) say(`Use it in this shell with: ${HOW[shell]}`)
    },
  })
}

function shellOf(given: string): Shell {
  const shell = SHELLS.find((known) => known === given)
  if (shell !== undefined) return shell
  const near = nearest(given, SHELLS)
  const next = near === undefined ? `Choose from: ${SHELLS.join(', ')}.` : `Did you mean "${near}"?`
  throw misused(`There is no completion for "${given}".`, next)
}
