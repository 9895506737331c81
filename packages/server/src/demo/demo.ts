import { SCIM_PATH, type Scim } from '@optimaite/scim'
import { counted } from '../cli/format.ts'
import { databaseHint } from '../cli/invocation.ts'
import { PROGRAM } from '../cli/name.ts'
import type { Config } from '../config.ts'
import { personOf } from '../people/person.ts'
import type { SignIn } from '../sign-in/signIn.ts'
import { DEMO_PEOPLE } from './people.ts'

const SLUG = 'demo'

/** What `--demo` found or made; the token only where it was issued just now. */
export interface Demo {
  readonly found: 'nothing' | 'demo' | 'others'
  readonly token?: string
  /** With a password that is new at each start. */
  readonly operator?: { readonly email: string; readonly password: string }
}

/** Fills an empty store with a workspace, its people, a token and an operator. A store that holds others stays as it is. */
export async function makeDemo(scim: Scim, signIn: Pick<SignIn, 'demoOperator'>): Promise<Demo> {
  const workspaces = await scim.workspaces.list()
  if (workspaces.some(({ slug }) => slug === SLUG)) {
    const operator = await signIn.demoOperator()
    return { found: 'demo', ...(operator && { operator }) }
  }
  if (workspaces.length > 0) return { found: 'others' }
  await scim.workspaces.create(SLUG, { name: 'Demo', scim: true })
  await scim.people.upsert(
    SLUG,
    DEMO_PEOPLE.map(([user, name]) => personOf({ email: `${user}@demo.example`, name })),
  )
  const { text } = await scim.tokens.issue(SLUG, { label: 'Demo', createdBy: 'serve --demo' })
  const operator = await signIn.demoOperator()
  return { found: 'nothing', token: text, ...(operator && { operator }) }
}

/** What a person does with it: paste a token into a provider, or a line into a shell. */
export function demoText(demo: Demo | undefined, { localUrl }: { readonly localUrl: string }, config: Config): string {
  if (demo === undefined) return ''
  if (demo.found === 'others') return 'The store was not empty, so --demo added nothing.\n'
  if (demo.token === undefined) {
    const issue = `${PROGRAM} token issue ${SLUG} --label NAME${databaseHint(config)}`
    const before = `The workspace "${SLUG}" is here from before; its token was shown then. Issue another with:\n${issue}\n`
    return before + operatorText(demo, localUrl)
  }
  const url = `${localUrl}${SCIM_PATH}/Users?count=3`
  return [
    `Made the workspace "${SLUG}" with ${counted(DEMO_PEOPLE.length, 'person', 'people')}, and a token, shown only now:`,
    demo.token,
    'Try it:',
    `curl -sS -H 'Authorization: Bearer ${demo.token}' '${url}'`,
    operatorText(demo, localUrl),
  ].join('\n')
}

function operatorText({ operator }: Demo, localUrl: string): string {
  if (operator === undefined) return ''
  return `Sign in at ${localUrl} as ${operator.email} with the password ${operator.password}\n`
}
