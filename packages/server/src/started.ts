import type { Logger } from 'pino'
import { counted } from './cli/format.ts'
import { databaseHint, type Invocation } from './cli/invocation.ts'
import { PROGRAM } from './cli/name.ts'
import { print, printJson } from './cli/output.ts'
import type { Config } from './config.ts'
import { type Demo, demoText, makeDemo } from './demo/demo.ts'
import type { Service } from './service.ts'
import { type FirstOperator, offerFirstOperator } from './sign-in/firstOperator.ts'

/** What there is to say of a service that has started. */
export interface Started {
  readonly localUrl: string
  readonly baseUrl: string
  readonly database: string
  readonly workspaces: number
  readonly demo?: Demo
  readonly firstOperator?: FirstOperator
}

/** What the process that started first does besides. */
export interface FirstWork {
  readonly demo: boolean
  readonly log: Logger
  /** Whether secrets may be shown where output goes. */
  readonly isTerminal: boolean
}

/** Makes the demo and the first operator's link where they are wanted. A service whose store is gone again by now is closed. */
export async function startedOf(service: Service, config: Config, first: FirstWork | undefined): Promise<Started> {
  const { localUrl, scim, signIn } = service
  try {
    const demo = first?.demo ? await makeDemo(scim, signIn) : undefined
    const firstOperator = first && (await offerFirstOperator(signIn, config, first.log, first.isTerminal))
    const workspaces = (await scim.workspaces.list()).length
    const { baseUrl, store } = scim
    return {
      localUrl,
      baseUrl,
      database: store.location,
      workspaces,
      ...(demo && { demo }),
      ...(firstOperator && { firstOperator }),
    }
  } catch (error) {
    await service.close()
    throw error
  }
}

export function announce(started: Started, { config, json }: Invocation, processes: number): void {
  const { localUrl, baseUrl, database, workspaces, demo, firstOperator } = started
  if (json) {
    const several = processes > 1 && { processes }
    const token = demo?.token && { demoToken: demo.token }
    const operator = demo?.operator && { demoOperator: demo.operator }
    const link = firstOperator && 'file' in firstOperator && { firstOperatorLinkFile: firstOperator.file }
    printJson({ listening: localUrl, baseUrl, database, ...several, ...token, ...operator, ...link })
    return
  }
  const create = `${PROGRAM} workspace create SLUG --name NAME --scim on${databaseHint(config)}`
  const held =
    workspaces === 0 ? `No workspace yet. Create one with: ${create}` : `Holds ${counted(workspaces, 'workspace')}.`
  const lines = [
    `Listening on ${localUrl}${processes > 1 ? `, with ${counted(processes, 'process', 'processes')}` : ''}`,
    `Base URL for providers: ${baseUrl}`,
    `Database: ${database}`,
    ...firstOperatorLines(firstOperator),
    held,
    '',
  ]
  print(lines.join('\n') + demoText(demo, started, config))
}

function firstOperatorLines(first: FirstOperator | undefined): string[] {
  if (first === undefined) return []
  const how = 'Become the first operator, once and within 24 hours, with'
  return 'url' in first ? [`${how} this link:`, first.url] : [`${how} the link in ${first.file}`]
}
