import type { OpenProblem } from '@optimaite/scim'
import type { Command } from 'commander'
import { define, type Options } from '../cli/define.ts'
import { counted, minuteOf, printable } from '../cli/format.ts'
import { type Invocation, placeHint } from '../cli/invocation.ts'
import { withLibrary } from '../cli/library.ts'
import { PROGRAM } from '../cli/name.ts'
import { print, printJson, say } from '../cli/output.ts'

/** Groups named in one line. */
const SHOWN = 5

/** Adds `problems`. */
export function addProblems(program: Command): void {
  define(program, {
    usage: 'problems <workspace>',
    description: 'show what only a person can put right, each with what to do',
    options: [['--dismiss <id>', 'put an id aside that nobody stands behind, until a provider names it anew']],
    anywhere: true,
    action: problems,
  })
}

async function problems(invocation: Invocation, [slug = '']: readonly string[], { dismiss }: Options): Promise<void> {
  if (dismiss !== undefined) return putAside(invocation, slug, String(dismiss))
  const open = await withLibrary(invocation, ({ problems }) => problems.list(slug))
  if (invocation.json) return printJson(open)
  if (open.length === 0) return say(`Nothing is open in "${slug}".`)
  const hint = placeHint(invocation)
  for (const problem of open) {
    const [what, fix] = problemText(problem, slug, hint)
    print(`${printable(what)}\n  Fix: ${printable(fix)}\n`)
  }
}

async function putAside(invocation: Invocation, slug: string, id: string): Promise<void> {
  await withLibrary(invocation, ({ problems }) => problems.dismiss(slug, id))
  if (invocation.json) return printJson({ id, dismissed: true })
  print(`Put ${id} aside. Its memberships stay stored, and it comes back when a provider names it anew.\n`)
}

function problemText(problem: OpenProblem, slug: string, hint: string): readonly [what: string, fix: string] {
  switch (problem.kind) {
    case 'unresolved_member': {
      const { id, since, removed, groups } = problem
      const why = removed ? 'its account was removed' : 'nobody of that id is known'
      const when = since === null ? '' : ` since ${minuteOf(since)}`
      return [
        `${id} is named in ${groupsText(groups)}, and ${why}${when}.`,
        `Add the person, or remove the id in the provider, or put it aside: ${PROGRAM} problems ${slug} --dismiss ${id}${hint}`,
      ]
    }
    case 'claim_ambiguous':
      return [
        `${problem.userName} (${problem.id}) is pending, and could be any of ${problem.accounts.join(', ')}.`,
        'Leave the address verified on the one account that it is, and add that account again.',
      ]
    case 'pending_name_taken':
      return [
        `${problem.id} is pending, and an account has taken its userName.`,
        'Give one of the two another userName: the pending person in the provider, the account in the host application.',
      ]
    case 'token_expiring':
      return [
        `The token "${problem.label}" (${problem.id}) ends at ${minuteOf(problem.expiresAt)}.`,
        `Issue its successor: ${PROGRAM} token rotate ${slug} ${problem.id}${hint}`,
      ]
  }
}

function groupsText(groups: readonly { readonly displayName: string }[]): string {
  const names = groups.slice(0, SHOWN).map(({ displayName }) => `"${displayName}"`)
  const rest = groups.length - names.length
  return names.join(', ') + (rest > 0 ? ` and ${counted(rest, 'other group')}` : '')
}
