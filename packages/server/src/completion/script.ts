import type { Node, Shell } from './tree.ts'

/** The name that the shells complete: `npx` has a completion of its own. */
const NAME = 'optimaite-scim'

/** The script that teaches a shell to complete the program. */
export function completionScript(shell: Shell, tree: readonly Node[]): string {
  switch (shell) {
    case 'bash':
      return bash(tree)
    case 'zsh':
      return zsh(tree)
    case 'fish':
      return fish(tree)
  }
}

// Every word is one of the program's own names: letters, digits, hyphens. Nothing has to be quoted but by position.

function bash(tree: readonly Node[]): string {
  return `# bash completion for ${NAME}: source it, or put it into /etc/bash_completion.d
_optimaite_scim() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" at='' word words
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$at/$word" in
      ${steps(tree)}) at="\${at:+$at }$word" ;;
    esac
  done
  COMPREPLY=()
  case "$at/$previous" in
${valueCases(tree, (values) => `words='${values.join(' ')}'`, 'COMPREPLY=($(compgen -f -- "$current")); return')}
    *)
      case "$at" in
${nodeCases(tree, (words) => `words='${words.join(' ')}'`)}
      esac
      ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _optimaite_scim ${NAME}
`
}

function zsh(tree: readonly Node[]): string {
  return `#compdef ${NAME}
# zsh completion for ${NAME}: put it into a folder of $fpath as _${NAME}
_optimaite_scim() {
  local previous="\${words[CURRENT-1]}" at='' word
  local -a found
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$at/$word" in
      ${steps(tree)}) at="\${at:+$at }$word" ;;
    esac
  done
  case "$at/$previous" in
${valueCases(tree, (values) => `found=(${values.join(' ')})`, '_files; return')}
    *)
      case "$at" in
${nodeCases(tree, (words) => `found=(${words.join(' ')})`)}
      esac
      ;;
  esac
  compadd -- "\${found[@]}" || _files
}
compdef _optimaite_scim ${NAME}
`
}

function fish(tree: readonly Node[]): string {
  const lines = tree.flatMap((node) => {
    const here = `complete -c ${NAME} -n '__optimaite_scim_at "${node.path}"'`
    const words = node.words.length > 0 ? [`${here} -f -a '${node.words.join(' ')}'`] : []
    return [...words, ...node.options.map((option) => `${here} -l ${option.flag.slice(2)}${fishValue(option)}`)]
  })
  return `# fish completion for ${NAME}: put it into ~/.config/fish/completions/${NAME}.fish
function __optimaite_scim_at
  set -l at ''
  for word in (commandline -opc)[2..-1]
    switch "$at/$word"
      case ${tree.flatMap(stepsOf).join(' ')}
        set at (string trim "$at $word")
    end
  end
  test "$at" = "$argv[1]"
end
${lines.join('\n')}
`
}

function fishValue({ takesValue, values }: Node['options'][number]): string {
  if (!takesValue) return ''
  return values.length > 0 ? ` -x -a '${values.join(' ')}'` : ' -r'
}

/** What moves on to another command, as alternatives of a case. */
function steps(tree: readonly Node[]): string {
  return tree.flatMap(stepsOf).join(' | ')
}

function stepsOf({ path, commands }: Node): string[] {
  return commands.map((name) => `'${path}/${name}'`)
}

function valueCases(tree: readonly Node[], offer: (values: readonly string[]) => string, anything: string): string {
  const cases = tree.flatMap(({ path, options }) =>
    options
      .filter(({ takesValue }) => takesValue)
      .map(({ flag, values }) => `    '${path}/${flag}') ${values.length > 0 ? offer(values) : anything} ;;`),
  )
  return cases.join('\n')
}

function nodeCases(tree: readonly Node[], offer: (words: readonly string[]) => string): string {
  return tree
    .map(({ path, words, options }) => `        '${path}') ${offer([...words, ...options.map(({ flag }) => flag)])} ;;`)
    .join('\n')
}
