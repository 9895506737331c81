import type { Command } from 'commander'
import { define, type Options } from '../cli/define.ts'
import { Fault } from '../cli/fault.ts'
import { printable } from '../cli/format.ts'
import { type Invocation, placeHint } from '../cli/invocation.ts'
import { type ToldExplanation, withLibrary } from '../cli/library.ts'
import { PROGRAM } from '../cli/name.ts'
import { print, printJson, say } from '../cli/output.ts'
import { choice } from '../cli/values.ts'

const LANGUAGES = ['en', 'de'] as const

/** Adds `explain`. */
export function addExplain(program: Command): void {
  define(program, {
    usage: 'explain <workspace> <person> <group>',
    description: 'say why a person has access by a group, or has not; each named by id or name',
    options: [['--language <language>', `of the sentence: ${LANGUAGES.join(', ')} (default: en)`]],
    anywhere: true,
    action: explain,
  })
}

async function explain(invocation: Invocation, args: readonly string[], options: Options): Promise<void> {
  const [slug = '', person = '', group = ''] = args
  const language = choice('--language', options.language, LANGUAGES) ?? 'en'
  const explained = await withLibrary(invocation, ({ history }) => history.explain(slug, person, group))
  const next = nextStep(explained, slug, placeHint(invocation))
  // A script asks to read the status, also that of an unknown person; whoever types a name wrongly wants to hear of it.
  if (invocation.json) return printJson(explained)
  const sentence = printable(explained.sentence[language])
  if (explained.status === 'person_unknown' || explained.status === 'group_unknown') throw new Fault(sentence, next)
  print(`${sentence}\n`)
  say(next)
}

function nextStep({ status, person, group }: ToldExplanation, slug: string, hint: string): string {
  if (status === 'person_unknown') return `"${PROGRAM} user list ${slug}${hint}" shows the people there are.`
  if (status === 'group_unknown') return `"${PROGRAM} group list ${slug}${hint}" shows the groups there are.`
  if (status === 'unresolved' || status === 'account_removed') return `What is open: ${PROGRAM} problems ${slug}${hint}`
  const subject = person && status.startsWith('suspended') ? person.id : (group?.id ?? '')
  return `All that happened: ${PROGRAM} history ${slug} ${subject}${hint}`
}
